import type { CSSProperties } from 'react';
import type { Epoch } from '../../../../shared/contract/sessions.ts';
import type { StimulusEpoch } from '../../../../shared/contract/stimuli.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import { formatSeconds, plural, t } from '../../../texts/translate.ts';
import { StimulusStrip } from '../stimuli/stimulus-strip.tsx';
import { durationOf, spanOn } from './timeline-model.ts';
import classes from './timeline.module.css';

interface EpochBarProps {
  readonly epoch: Epoch;
  /** What the stimulators on its device showed in it. */
  readonly stimuli: readonly StimulusEpoch[];
  /** Fractions of the visible axis; without them the epoch stands outside of it. */
  readonly at?: { readonly from: number; readonly to: number };
  readonly tabStop: boolean;
  readonly onFocus: () => void;
  readonly onOpen: (epoch: Epoch) => void;
}

/** One epoch in its lane; opens the traces. */
export function EpochBar({ epoch, stimuli, at, tabStop, onFocus, onOpen }: EpochBarProps) {
  const duration = durationOf(epoch);
  const title = t('Epoch {{number}} of {{device}}: {{id}}, {{duration}}. Show its signals.', {
    number: epoch.number,
    device: epoch.device,
    id: epoch.epochId,
    duration: duration === null ? t('length unknown') : formatSeconds(duration),
  });
  const shown = stimuli.reduce((sum, { presentations }) => sum + presentations.length, 0);
  const words = shown === 0 ? title : `${title} ${plural(shown, '{{count}} stimulus.', '{{count}} stimuli.')}`;
  const style: CSSProperties =
    at === undefined
      ? {}
      : {
          left: `${at.from * 100}%`,
          width: `max(3px, ${(at.to - at.from) * 100}%)`,
          // The label stands where the bar is seen.
          ...(at.from < 0 && at.to > 0 ? { paddingLeft: `calc(${-at.from * 100}% + 4px)` } : {}),
        };
  return (
    <button
      type="button"
      className={at === undefined ? classes.loose : classes.bar}
      style={style}
      title={words}
      aria-label={words}
      tabIndex={tabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => {
        onOpen(epoch);
      }}
    >
      <ElidedText text={epoch.epochId} />
      {at !== undefined &&
        stimuli.map((one) => {
          const span = spanOn(epoch, one.clock);
          return span === null ? null : (
            <span key={one.probe} className={classes.stimuli}>
              <StimulusStrip epoch={one} span={span} />
            </span>
          );
        })}
    </button>
  );
}
