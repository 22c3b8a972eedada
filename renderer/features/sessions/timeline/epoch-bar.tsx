import type { CSSProperties } from 'react';
import type { Epoch } from '../../../../shared/contract/sessions.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import { formatSeconds, t } from '../../../texts/translate.ts';
import { durationOf } from './timeline-model.ts';
import classes from './timeline.module.css';

interface EpochBarProps {
  readonly epoch: Epoch;
  /** Fractions of the axis; without them the epoch stands outside of it. */
  readonly at?: { readonly from: number; readonly to: number };
  readonly tabStop: boolean;
  readonly onFocus: () => void;
  readonly onOpen: (epoch: Epoch) => void;
}

/** One epoch in its lane; opens the traces. */
export function EpochBar({ epoch, at, tabStop, onFocus, onOpen }: EpochBarProps) {
  const duration = durationOf(epoch);
  const title = t('Epoch {{number}} of {{device}}: {{id}}, {{duration}}. Show its signals.', {
    number: epoch.number,
    device: epoch.device,
    id: epoch.epochId,
    duration: duration === null ? t('length unknown') : formatSeconds(duration),
  });
  const style: CSSProperties =
    at === undefined ? {} : { left: `${at.from * 100}%`, width: `max(3px, ${(at.to - at.from) * 100}%)` };
  return (
    <button
      type="button"
      className={at === undefined ? classes.loose : classes.bar}
      style={style}
      title={title}
      aria-label={title}
      tabIndex={tabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => {
        onOpen(epoch);
      }}
    >
      <ElidedText text={epoch.epochId} />
    </button>
  );
}
