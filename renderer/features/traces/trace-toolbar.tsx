import { Popover, UnstyledButton } from '@mantine/core';
import {
  IconActivity,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsHorizontal,
  IconArrowsVertical,
  IconChartHistogram,
  IconChevronLeft,
  IconChevronRight,
  IconMinus,
  IconMovie,
  IconPlus,
  IconTable,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useStore } from 'zustand';
import { CommandButton } from '../../components/command-button.tsx';
import { gravest } from '../../components/problems/merge-problems.ts';
import { GradeBadge } from '../../components/problems/grade-badge.tsx';
import { ProblemList } from '../../components/problems/problem-list.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { formatNumber, plural, t } from '../../texts/translate.ts';
import { formatTime } from './model/time-axis.ts';
import { parseTimeOnClocks } from './model/other-clocks.ts';
import { parseDuration, writeDuration } from './model/typed-times.ts';
import { coverOf, goToSpan, goToTime, rangeOf, type TraceState, type TraceStore } from './trace-store.ts';
import { BookmarkMenu } from './bookmarks/bookmark-menu.tsx';
import { ExportMenu } from './export/export-menu.tsx';
import { LookMenu } from './look-menu.tsx';
import { ProcessingMenu } from './processing-menu.tsx';
import { TypedField } from './typed-field.tsx';
import { useCalmly } from './use-calmly.ts';
import type { EpochSteps } from './use-epoch-steps.ts';
import classes from './trace-toolbar.module.css';

interface TraceToolbarProps {
  readonly store: TraceStore;
  /** Short name of what is shown. */
  readonly title: string;
  readonly steps: EpochSteps;
  readonly tableOpen: boolean;
}

/** One row in panels of 1010 pixels and more; narrower ones wrap, always at the same place: every value has its width. */
export function TraceToolbar({ store, title, steps, tableOpen }: TraceToolbarProps) {
  return (
    <div className={classes.bar}>
      <Toolbar label={t('Trace view')}>
        {steps.possible && <Epoch store={store} title={title} />}
        <TimeFields store={store} />
        <span className={classes.group}>
          <CommandButton command="traces.zoomOut" icon={<IconZoomOut size={16} />} />
          <CommandButton command="traces.zoomIn" icon={<IconZoomIn size={16} />} />
          <CommandButton command="traces.fit" icon={<IconArrowsHorizontal size={16} />} />
          <CommandButton command="traces.back" icon={<IconArrowBackUp size={16} />} />
          <CommandButton command="traces.forward" icon={<IconArrowForwardUp size={16} />} />
        </span>
        <Gain store={store} />
        <ProcessingMenu store={store} />
        <ToolbarSpace />
        <Problems store={store} />
        <SharpnessBadge store={store} />
        <span className={classes.group}>
          <LookMenu store={store} />
          <BookmarkMenu store={store} />
          <SideButtons store={store} />
          <CommandButton
            command="traces.table"
            icon={<IconTable size={16} />}
            variant={tableOpen ? 'default' : 'subtle'}
          />
          <CommandButton command="traces.figure" icon={<IconChartHistogram size={16} />} />
          <ExportMenu store={store} title={title} />
        </span>
      </Toolbar>
    </div>
  );
}

function SideButtons({ store }: { readonly store: TraceStore }) {
  const units = useStore(store, (state) => state.settings.units.open);
  const movie = useStore(store, (state) => state.settings.movie.open);
  return (
    <>
      <CommandButton command="traces.units" icon={<IconActivity size={16} />} variant={units ? 'default' : 'subtle'} />
      <CommandButton command="traces.movie" icon={<IconMovie size={16} />} variant={movie ? 'default' : 'subtle'} />
    </>
  );
}

/** Which epoch is shown, between the ways to its neighbours. */
function Epoch({ store, title }: { readonly store: TraceStore; readonly title: string }) {
  const { source } = store.getState();
  const whole = [source.path, source.element, source.device, source.epoch].filter(Boolean).join(' · ');
  return (
    <span className={classes.group}>
      <CommandButton command="traces.previousEpoch" icon={<IconChevronLeft size={16} />} />
      <span className={classes.epoch} title={whole} translate="no" data-testid="epoch">
        {/* The session's name stands in the tab. */}
        {title.split(' · ').slice(1).join(' · ')}
      </span>
      <CommandButton command="traces.nextEpoch" icon={<IconChevronRight size={16} />} />
    </span>
  );
}

function TimeFields({ store }: { readonly store: TraceStore }) {
  const range = useCalmly(store, rangeOf);
  const width = useStore(store, (state) => state.width);
  const others = useStore(store, (state) => state.others);
  return (
    <>
      <TypedField
        label={t('Time')}
        hint={
          others.length === 0
            ? t('Time at the left edge on the clock of the device: 12.5, 250 ms, 1:30')
            : t('Time at the left edge: 12.5, 250 ms, 1:30, or of another clock: 12.5 {{device}}', {
                device: others[0]?.device ?? '',
              })
        }
        value={formatTime(range.t0, range, width)}
        parse={(text) => parseTimeOnClocks(text, store.getState().source.device ?? '', others)}
        onValue={(time) => goToTime(store, time)}
      />
      <TypedField
        label={t('Duration')}
        hint={t('Visible duration: 250 ms, 2 s, 1 min')}
        value={writeDuration(range.t1 - range.t0)}
        parse={parseDuration}
        onValue={(seconds) => goToSpan(store, seconds)}
      />
    </>
  );
}

function Gain({ store }: { readonly store: TraceStore }) {
  const gain = useStore(store, (state) => state.settings.gain);
  return (
    <span className={classes.group} role="group" aria-label={t('Gain')}>
      <CommandButton command="traces.gainDown" icon={<IconMinus size={16} />} />
      <span className={classes.value} aria-live="polite">
        <span className={classes.word}>{t('Gain')} </span>
        {t('×{{gain}}', { gain: Number(gain.toPrecision(3)) })}
      </span>
      <CommandButton command="traces.gainUp" icon={<IconPlus size={16} />} />
      <CommandButton command="traces.autoGain" icon={<IconArrowsVertical size={16} />} />
    </span>
  );
}

function Problems({ store }: { readonly store: TraceStore }) {
  const problems = useStore(store, (state) => state.info.problems);
  const grade = gravest(problems);
  if (grade === null) return null;
  return (
    <Popover position="bottom-end" width={420} trapFocus>
      <Popover.Target>
        <UnstyledButton aria-label={t('Show the problems of this recording')}>
          <GradeBadge grade={grade} words={plural(problems.length, '{{count}} problem', '{{count}} problems')} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.problems}>
        <ProblemList problems={problems} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** How far the picture is from the samples: `raw`, `1:1000 min/max`, `refining`. */
function SharpnessBadge({ store }: { readonly store: TraceStore }) {
  const text = useCalmly(store, sharpness);
  const unfiltered = useCalmly(store, isUnfiltered);
  return (
    <span
      className={classes.badge}
      role="status"
      data-testid="sharpness"
      title={
        unfiltered
          ? t('This range is too long for the band and reference, or the sample rate too low: zoom in to see them.')
          : t('Samples in one column of the picture')
      }
    >
      {text}
    </span>
  );
}

function sharpness(state: TraceState): string {
  const { pieces, blurred } = coverOf(state);
  const sampled = pieces.reduce((share, { frame }) => Math.max(share, frame.header.sampled), 0);
  if (sampled > 0) return t('refining {{percent}} %', { percent: Math.floor((1 - sampled) * 100) });
  if (blurred !== null && state.loading) return t('refining');
  const most = Math.max(0, ...pieces.map(({ frame }) => frame.header.samplesPerColumn));
  if (pieces.length === 0) return '';
  const raw = pieces.every(({ frame }) => frame.header.channels.every(({ mode }) => mode === 'samples'));
  const scale = raw ? t('raw') : t('1:{{samples}} min/max', { samples: formatNumber(Math.round(most), 0) });
  return isUnfiltered(state) ? t('{{scale}} · unfiltered', { scale }) : scale;
}

/** Whether a band or reference is wanted and not shown. */
function isUnfiltered(state: TraceState): boolean {
  return coverOf(state).pieces.some(({ frame }) => frame.header.channels.some((channel) => channel.asIs === true));
}
