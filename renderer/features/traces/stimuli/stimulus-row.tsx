import { useLayoutEffect, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { isBlank, stimulusColor } from '../../../style/stimulus-colors.ts';
import { formatNumber, plural, t } from '../../../texts/translate.ts';
import { clamped, span, type Range } from '../model/range.ts';
import { goTo, rangeOf, type TraceState, type TraceStore } from '../trace-store.ts';
import { useCalmly } from '../use-calmly.ts';
import { type ShownStimulus, useShownStimuli } from './use-shown-stimuli.ts';
import classes from './stimulus-row.module.css';

interface StimulusRowProps {
  readonly store: TraceStore;
  readonly visible: boolean;
}

/** More blocks than these would be narrower than what they could say. */
const MOST_BLOCKS = 400;
/** Share of a view that a stimulus fills when it was chosen. */
const MARGIN = 0.5;

/** Stimuli as coloured blocks over the traces, one row a stimulator; a click shows the stimulus in full. */
export function StimulusRow({ store, visible }: StimulusRowProps) {
  const source = useStore(store, (state) => state.source);
  const range = useCalmly(store, rangeOf);
  const stimuli = useShownStimuli(source, visible);
  if (stimuli.length === 0) return null;
  const rows = [...new Set(stimuli.map(({ probe }) => probe))];
  return (
    <div className={classes.rows} role="group" aria-label={t('Stimuli')} data-testid="stimulus-row">
      {rows.map((probe) => (
        <Row key={probe} store={store} probe={probe} range={range} stimuli={stimuli} />
      ))}
    </div>
  );
}

interface RowProps {
  readonly store: TraceStore;
  readonly probe: string;
  /** Of a moment ago: the blocks are moved without being drawn anew. */
  readonly range: Range;
  /** Of all stimulators. */
  readonly stimuli: readonly ShownStimulus[];
}

function Row({ store, probe, range, stimuli }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => keepInPlace(store, row.current), [store]);
  const within = (room: number) =>
    stimuli.filter((one) => one.probe === probe && one.to >= range.t0 - room && one.from <= range.t1 + room);
  const seen = within(0);
  return (
    <div ref={row} className={classes.row} role="group" aria-label={probe} onKeyDown={moveFocus}>
      {seen.length > MOST_BLOCKS ? (
        <span className={classes.quiet}>
          {plural(seen.length, '{{count}} stimulus of {{probe}}', '{{count}} stimuli of {{probe}}: zoom in', {
            probe,
          })}
        </span>
      ) : (
        // Some that a gesture may bring into view before the next are drawn.
        within(span(range)).map((one) => (
          <Block key={`${one.from} ${one.stimulusId ?? ''}`} store={store} stimulus={one} isStop={one === seen[0]} />
        ))
      )}
    </div>
  );
}

interface BlockProps {
  readonly store: TraceStore;
  readonly stimulus: ShownStimulus;
  /** Whether the Tab key stops here. */
  readonly isStop: boolean;
}

function Block({ store, stimulus, isStop }: BlockProps) {
  const { from, to, stimulusId, parameters } = stimulus;
  const words = describe(stimulus);
  const color = stimulusColor(stimulusId, isBlank(parameters));
  const show = () => {
    const length = Math.max(to - from, 1e-3);
    goTo(store, { t0: from - length * MARGIN, t1: to + length * MARGIN });
  };
  const bringIntoView = () => {
    const { range, extent } = store.getState();
    if (to < range.t0 || from > range.t1) goTo(store, clamped({ t0: from, t1: from + span(range) }, extent), 'repeat');
  };
  return (
    <button
      type="button"
      className={classes.block}
      tabIndex={isStop ? 0 : -1}
      style={{ '--from': from, '--to': to, borderColor: color } as CSSProperties}
      title={words}
      aria-label={words}
      onClick={show}
      onFocus={bringIntoView}
    >
      <span className={classes.fill} style={{ background: color }} aria-hidden />
      <span className={classes.id}>{stimulusId ?? ''}</span>
    </button>
  );
}

/** Tells a row the visible range, from which the style sheet works out where its blocks lie. */
function keepInPlace(store: TraceStore, row: HTMLElement | null): () => void {
  const place = ({ range }: TraceState) => {
    row?.style.setProperty('--t0', String(range.t0));
    row?.style.setProperty('--percent-a-second', String(100 / span(range)));
  };
  place(store.getState());
  return store.subscribe((state, before) => {
    if (state.range !== before.range) place(state);
  });
}

/** One stop of the Tab key; the arrows go from block to block instead of panning. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const blocks = [...event.currentTarget.querySelectorAll('button')];
  const at = blocks.findIndex((block) => block === document.activeElement);
  const next = { ArrowLeft: blocks[at - 1], ArrowRight: blocks[at + 1], Home: blocks[0], End: blocks.at(-1) };
  if (!Object.hasOwn(next, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  next[event.key as keyof typeof next]?.focus();
}

function describe({ probe, stimulusId, from, to, parameters }: ShownStimulus): string {
  const seconds = (time: number) => formatNumber(Math.round(time * 1e4) / 1e4);
  const told = Object.entries(parameters ?? {})
    .slice(0, 6)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
  const head = t('{{probe}}: stimulus {{id}}, {{from}} to {{to}} s', {
    probe,
    id: stimulusId ?? '–',
    from: seconds(from),
    to: seconds(to),
  });
  return told === '' ? head : `${head} (${told})`;
}
