import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { isBlank, stimulusColor } from '../../../style/stimulus-colors.ts';
import { formatNumber, plural, t } from '../../../texts/translate.ts';
import type { Range } from '../model/range.ts';
import { goTo, type TraceStore } from '../trace-store.ts';
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
  const range = useStore(store, (state) => state.range);
  const stimuli = useShownStimuli(source, visible);
  if (stimuli.length === 0) return null;
  const rows = [...new Set(stimuli.map(({ probe }) => probe))];
  return (
    <div className={classes.rows} role="group" aria-label={t('Stimuli')} data-testid="stimulus-row">
      {rows.map((probe) => (
        <Row
          key={probe}
          probe={probe}
          range={range}
          stimuli={stimuli.filter((one) => one.probe === probe && one.to >= range.t0 && one.from <= range.t1)}
          onChoose={({ from, to }) => {
            const length = Math.max(to - from, 1e-3);
            goTo(store, { t0: from - length * MARGIN, t1: to + length * MARGIN });
          }}
        />
      ))}
    </div>
  );
}

interface RowProps {
  readonly probe: string;
  readonly range: Range;
  readonly stimuli: readonly ShownStimulus[];
  readonly onChoose: (stimulus: ShownStimulus) => void;
}

function Row({ probe, range, stimuli, onChoose }: RowProps) {
  const length = range.t1 - range.t0;
  const place = ({ from, to }: ShownStimulus) => {
    const [left, right] = [Math.max(from, range.t0), Math.min(to, range.t1)];
    return { left: `${((left - range.t0) / length) * 100}%`, width: `max(2px, ${((right - left) / length) * 100}%)` };
  };
  return (
    <div className={classes.row} role="group" aria-label={probe} onKeyDown={moveFocus}>
      {stimuli.length > MOST_BLOCKS ? (
        <span className={classes.quiet}>
          {plural(stimuli.length, '{{count}} stimulus of {{probe}}', '{{count}} stimuli of {{probe}}: zoom in', {
            probe,
          })}
        </span>
      ) : (
        stimuli.map((one, index) => {
          const words = describe(one);
          return (
            <button
              key={`${one.from} ${one.stimulusId ?? ''}`}
              type="button"
              className={classes.block}
              tabIndex={index === 0 ? 0 : -1}
              style={{ ...place(one), borderColor: stimulusColor(one.stimulusId, isBlank(one.parameters)) }}
              title={words}
              aria-label={words}
              onClick={() => onChoose(one)}
            >
              <span
                className={classes.fill}
                style={{ background: stimulusColor(one.stimulusId, isBlank(one.parameters)) }}
                aria-hidden
              />
              <span className={classes.id}>{one.stimulusId ?? ''}</span>
            </button>
          );
        })
      )}
    </div>
  );
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
