import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { RecordingInfo, SignalSource } from '../../../shared/contract/recordings.ts';
import { Splitter } from '../../components/splitter.tsx';
import { FetchingNote } from '../../components/transfers/fetching-note.tsx';
import { saveViewState } from '../../state/cache/database.ts';
import { LateSave } from '../../state/cache/late-save.ts';
import { usePanel } from '../../state/panels.ts';
import { sourceKey } from '../../state/source-key.ts';
import { ChannelColumn } from './channels/channel-column.tsx';
import { FigureDialog } from './figure/figure-dialog.tsx';
import { SignalLoader } from './load/signal-loader.ts';
import { SETTINGS_VERSION, type ViewSettings } from './model/settings.ts';
import { MoviePanel } from './movie/movie-panel.tsx';
import { OtherDevicesRow } from './other-devices/other-devices-row.tsx';
import { OverviewProgress } from './overview-progress.tsx';
import { Overview } from './plot/overview.tsx';
import { Plot } from './plot/plot.tsx';
import { Readout } from './plot/readout.tsx';
import { StimulusRow } from './stimuli/stimulus-row.tsx';
import { SnippetLine } from './snippet-line.tsx';
import { ValuesTable } from './table/values-table.tsx';
import { UnitPanel } from './units/unit-panel.tsx';
import { useUnitList } from './units/use-unit-list.ts';
import { createTraceStore, type TraceStore } from './trace-store.ts';
import { TraceToolbar } from './trace-toolbar.tsx';
import { useFollowSpan } from './use-follow-span.ts';
import { useLinkedCrosshair } from './use-linked-crosshair.ts';
import type { Followed } from './use-followed-epoch.ts';
import type { EpochSteps } from './use-epoch-steps.ts';
import { useTraceCommands } from './use-trace-commands.ts';
import { ViewNotice } from './view-notice.tsx';
import classes from './trace-view.module.css';

interface TraceViewProps {
  readonly source: SignalSource;
  readonly info: RecordingInfo;
  readonly kept: ViewSettings | undefined;
  readonly title: string;
  readonly steps: EpochSteps;
  readonly followed: Followed;
}

/** How long a view rests before it is remembered. */
const SAVE_AFTER_MS = 400;
/** A narrow window, or one at 200 %, still tells the names of channels and units. */
const LEAST_CHANNELS_PX = 132;
const LEAST_SIDE_PX = 168;

/** The trace viewer: bar, channels, overview, traces or their table, read-out. */
export function TraceView({ source, info, kept, title, steps, followed }: TraceViewProps) {
  const [store] = useState(() => createTraceStore(source, info, kept));
  const [loader] = useState(() => new SignalLoader(store));
  const [tableOpen, setTableOpen] = useState(false);
  const [figureOpen, setFigureOpen] = useState(false);
  const visible = usePanel()?.visible ?? true;
  useRemembered(store);
  useLinkedCrosshair(store, visible);
  useFollowSpan(store, visible, followed);
  useEffect(() => (visible ? loader.start() : undefined), [loader, visible]);
  useTraceCommands(store, {
    toggleTable: () => setTableOpen((open) => !open),
    openFigure: () => setFigureOpen(true),
  });
  const unitsOpen = useStore(store, (state) => state.settings.units.open);
  const units = useUnitList(store, visible);
  const movieOpen = useStore(store, (state) => state.settings.movie.open);
  const stage = (
    <div key="plot" className={classes.stage}>
      <Overview store={store} visible={visible} />
      <StimulusRow store={store} visible={visible} />
      <OtherDevicesRow store={store} visible={visible} />
      <div className={classes.stack}>
        <Plot store={store} visible={visible && !tableOpen} />
        {tableOpen && <ValuesTable store={store} />}
      </div>
      <SnippetLine store={store} />
      <Readout store={store} />
    </div>
  );

  const unitPanel = <UnitPanel key="units" store={store} answer={units} />;
  const moviePanel = <MoviePanel key="movie" store={store} />;
  const side =
    unitsOpen && movieOpen ? (
      <Splitter key="both" name="traces-side" orientation="vertical" shares={[50, 50]} least={[20, 20]}>
        {[unitPanel, moviePanel]}
      </Splitter>
    ) : unitsOpen ? (
      unitPanel
    ) : (
      moviePanel
    );

  return (
    <div className={classes.view} data-trace-view>
      <TraceToolbar store={store} title={title} steps={steps} tableOpen={tableOpen} />
      <OverviewProgress store={store} />
      {info.inCloud === true && <FetchingNote />}
      <ViewNotice store={store} onRetry={() => loader.retry()} />
      <div className={classes.body}>
        <Splitter name="traces-channels" shares={[20, 80]} least={[10, 40]} leastPx={[LEAST_CHANNELS_PX]}>
          {[
            <ChannelColumn key="channels" store={store} />,
            unitsOpen || movieOpen ? (
              <Splitter key="side" name="traces-units" shares={[74, 26]} least={[40, 12]} leastPx={[0, LEAST_SIDE_PX]}>
                {[stage, side]}
              </Splitter>
            ) : (
              stage
            ),
          ]}
        </Splitter>
      </div>
      {figureOpen && <FigureDialog store={store} title={title} onClose={() => setFigureOpen(false)} />}
    </div>
  );
}

/** Keeps channels, gains and range of this source over restarts. */
function useRemembered(store: TraceStore): void {
  useEffect(() => {
    const late = new LateSave(() => {
      const { source, settings, range } = store.getState();
      void saveViewState(sourceKey(source), SETTINGS_VERSION, { ...settings, range });
    }, SAVE_AFTER_MS);
    const unsubscribe = store.subscribe((state, before) => {
      if (state.settings !== before.settings || state.range !== before.range) late.soon();
    });
    return () => {
      unsubscribe();
      late.now();
    };
  }, [store]);
}
