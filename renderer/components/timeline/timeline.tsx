import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutBottombarExpand, IconTable } from '@tabler/icons-react';
import { useCallback, useMemo, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { Epoch } from '../../../shared/contract/sessions.ts';
import type { StimulusEpoch } from '../../../shared/contract/stimuli.ts';
import { openEpoch } from '../../state/open-epoch.ts';
import { openPanel, usePanel } from '../../state/panels.ts';
import type { Place } from '../../state/place.ts';
import { selectSpan, useSpanOf } from '../../state/time-span.ts';
import { t } from '../../texts/translate.ts';
import { ClockChoice, LanesChoice } from './choices.tsx';
import { deviceClocksOf } from './model/device-clock.ts';
import { EpochTable } from './epoch-table.tsx';
import { chooseBar } from './gestures.ts';
import { Lanes } from './lanes.tsx';
import { recordedKey, sourceOf, type TimelineEpoch } from './model/epochs.ts';
import { clocksOf, LOCAL_CLOCK } from './model/layout.ts';
import { stretchOf, withTimes } from './model/span.ts';
import { wholeTimeline, zoomWindow } from './model/timeline-window.ts';
import { SpanBar } from './span-bar.tsx';
import { cursorAt, moveTo, stepBy } from './steps.ts';
import { describeTimeline, summarise } from './summary.ts';
import { createTimelineStore, type TimelineStore } from './timeline-store.ts';
import { useTimelineCommands } from './use-timeline-commands.ts';
import { useTimelineEpochs, type LaneKind } from './use-timeline-epochs.ts';
import { useTimelineLayout } from './use-timeline-layout.ts';
import classes from './timeline.module.css';

interface TimelineProps {
  readonly session: Place;
  readonly epochs: readonly Epoch[];
  /** Shown as coloured blocks in the epochs of the stimulators' devices. */
  readonly stimuli: readonly StimulusEpoch[];
  /** It is a panel of its own: it fills its room, and the wheel alone zooms. */
  readonly docked: boolean;
}

const ZOOM_STEP = 1.5;

/**
 * The epochs of every device or element in lanes on one clock. A drag chooses a stretch of time, which all views of the
 * session follow. One stop of the Tab key; arrows move between epochs, Space chooses one, Enter opens its signals, `[`
 * and `]` choose the one before and after; `+`, `-` and `0` zoom.
 */
export function Timeline({ session: place, epochs, stimuli, docked }: TimelineProps) {
  const { path, sessionId } = place;
  const session = useMemo<Place>(() => (sessionId === undefined ? { path } : { path, sessionId }), [path, sessionId]);
  const [store] = useState(createTimelineStore);
  const [kind, setKind] = useState<LaneKind>('devices');
  const [chosen, setChosen] = useState<string | null>(null);
  const [tableOpen, setTableOpen] = useState(false);
  const visible = usePanel()?.visible ?? true;
  // There may be thousands of epochs: what each notch of the wheel does not change is worked out once.
  const clocks = useMemo(() => clocksOf(epochs), [epochs]);
  const references = useMemo(() => deviceClocksOf(epochs), [epochs]);
  const stimuliByEpoch = useMemo(() => Map.groupBy(stimuli, recordedKey), [stimuli]);
  const reference = references.find(({ device, clock }) => `${device}/${clock}` === chosen) ?? null;
  const clock = chosen !== null && clocks.includes(chosen) ? chosen : (clocks[0] ?? LOCAL_CLOCK);
  const shownEpochs = useTimelineEpochs(session, epochs, kind);
  const { placing, whyUnplaced } = useTimelineLayout(session, store, epochs, shownEpochs.value, reference, clock);
  const timeline = useStore(store, (state) => state.timeline);
  const span = useSpanOf(session);
  const open = useCallback((epoch: TimelineEpoch) => openEpoch(sourceOf(session, epoch), epoch), [session]);
  useTimelineCommands(session, store, { toggleTable: () => setTableOpen((before) => !before) });
  return (
    <div className={docked ? classes.docked : classes.timeline} data-key-scope="timeline">
      <div className={classes.head}>
        <ClockChoice clocks={clocks} references={references} reference={reference} clock={clock} onChoose={setChosen} />
        <LanesChoice kind={kind} onChoose={setKind} />
        <span className={`${classes.quiet ?? ''} ${classes.status ?? ''}`} role="status">
          {describeTimeline(shownEpochs, placing, timeline, reference, clock)}
        </span>
        <Tooltip label={t('Show the epochs in sight as a table')}>
          <ActionIcon
            aria-label={t('Show the epochs in sight as a table')}
            aria-pressed={tableOpen}
            onClick={() => setTableOpen(!tableOpen)}
          >
            <IconTable size={16} />
          </ActionIcon>
        </Tooltip>
        {!docked && (
          <Tooltip label={t('Dock the timeline below')}>
            <ActionIcon
              aria-label={t('Dock the timeline below')}
              onClick={() => openPanel('timeline', session, { place: 'bottom' })}
            >
              <IconLayoutBottombarExpand size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {span !== null && (
        <SpanBar
          session={session}
          span={span}
          epochs={epochs}
          onTimes={(t0, t1) => {
            const state = store.getState();
            selectSpan(withTimes(state.timeline, state.shown, span, t0, t1));
          }}
          onZoom={() => {
            const state = store.getState();
            const stretch = stretchOf(state.timeline, state.shown, span);
            if (stretch !== null) store.setState({ window: around(stretch) });
          }}
        />
      )}
      <div className={classes.body} onKeyDown={(event) => onKey(event, session, store)}>
        <Lanes
          {...{ session, store, visible, whyUnplaced }}
          stimuli={stimuliByEpoch}
          wheelZooms={docked}
          summary={summarise(timeline)}
          onOpen={open}
        />
      </div>
      <p className={classes.hint}>
        {docked
          ? t(
              'Drag chooses a time · wheel zooms, Shift+wheel pans · double click shows all · [ ] step · B bookmark · T table',
            )
          : t(
              'Drag chooses a time · Ctrl+wheel zooms, Shift+wheel pans · double click shows all · [ ] step · B bookmark',
            )}
      </p>
      {tableOpen && <EpochTable store={store} whyUnplaced={whyUnplaced} onOpen={open} />}
    </div>
  );
}

/** A stretch with a little room beside it. */
function around({ from, to }: { readonly from: number; readonly to: number }) {
  const room = (to - from) * 0.05;
  const [start, end] = [Math.max(0, from - room), Math.min(1, to + room)];
  return zoomWindow({ from: start, to: Math.max(end, start + 1e-12) }, 1, (start + end) / 2);
}

/** Flags and links among them have a use of their own for Space. */
function isBar(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.classList.contains(classes.bar ?? '');
}

/** What the keys do among the epochs; letters and brackets are commands, which a person may bind anew. */
function onKey(event: KeyboardEvent<HTMLElement>, session: Place, store: TimelineStore): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const { window } = store.getState();
  const middle = (window.from + window.to) / 2;
  const at = cursorAt(store.getState());
  if (event.key === '+' || event.key === '=') store.setState({ window: zoomWindow(window, 1 / ZOOM_STEP, middle) });
  else if (event.key === '-') store.setState({ window: zoomWindow(window, ZOOM_STEP, middle) });
  else if (event.key === '0') store.setState({ window: wholeTimeline });
  else if (event.key === ' ' && at !== undefined && isBar(event.target)) chooseBar(session, store, at.lane, at.bar);
  else {
    const next = at === undefined ? undefined : stepBy(event.key, store.getState(), at);
    if (next === undefined) return;
    moveTo(store, next);
  }
  event.preventDefault();
}
