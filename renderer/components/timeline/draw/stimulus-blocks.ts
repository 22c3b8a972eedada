import type { StimulusEpoch } from '../../../../shared/contract/stimuli.ts';
import { isBlank, stimulusColor } from '../../../style/stimulus-colors.ts';

/** A stimulus along its epoch; positions are fractions of it. */
export interface StimulusBlock {
  readonly from: number;
  readonly to: number;
  /** CSS colour. */
  readonly color: string;
}

const known = new WeakMap<StimulusEpoch, readonly StimulusBlock[]>();

/** The stimuli of an epoch in order; worked out once. @param span start and end of the epoch on their clock */
export function stimulusBlocks(epoch: StimulusEpoch, span: { t0: number; t1: number }): readonly StimulusBlock[] {
  const found = known.get(epoch);
  if (found !== undefined) return found;
  const length = span.t1 - span.t0;
  const blocks = !(length > 0)
    ? []
    : epoch.presentations.flatMap(({ stimulusId, onset, offset }) => {
        const start = onset ?? offset;
        if (start === null) return [];
        const from = Math.max(0, (start - span.t0) / length);
        const to = Math.min(1, ((offset ?? start) - span.t0) / length);
        if (from > 1 || to < 0) return [];
        return [{ from, to, color: stimulusColor(stimulusId, isBlank(epoch.parameters[(stimulusId ?? 0) - 1])) }];
      });
  blocks.sort((a, b) => a.from - b.from);
  known.set(epoch, blocks);
  return blocks;
}
