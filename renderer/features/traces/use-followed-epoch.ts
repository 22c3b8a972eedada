import { useEffect, useRef, useState } from 'react';
import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { usePanel } from '../../state/panels.ts';
import { isSpanOf, useTimeSpan } from '../../state/time-span.ts';
import { isEpochOf, type SourceEpoch } from './use-source-epochs.ts';

/** Which choice on a timeline a panel has gone to last. */
export interface Followed {
  readonly isNew: (serial: number) => boolean;
  readonly done: (serial: number) => void;
}

function followedUpTo(first: number): Followed {
  let last = first;
  return {
    isNew: (serial) => serial !== last,
    done: (serial) => {
      last = serial;
    },
  };
}

/** Before every choice. */
const NONE = -1;

/**
 * Steps a panel to the first epoch of its device or element in what was chosen on a timeline, unless its own lies there.
 * @param epochs of its device or element; undefined while they are not known
 * @param toSpan whether the choice of the moment counts, which was made before the panel was opened
 * @returns what the panel has gone to; it outlives the view, which ends with its epoch
 */
export function useFollowedEpoch(
  source: SignalSource,
  epochs: readonly SourceEpoch[] | undefined,
  toSpan: boolean,
  onStep: (to: SignalSource) => void,
): Followed {
  const visible = usePanel()?.visible ?? true;
  const [followed] = useState(() => followedUpTo(toSpan ? NONE : useTimeSpan.getState().serial));
  const step = useRef(onStep);
  useEffect(() => {
    step.current = onStep;
  });
  useEffect(() => {
    if (!visible || epochs === undefined || source.epoch === undefined) return;
    const follow = ({ span, settled, serial }: ReturnType<typeof useTimeSpan.getState>) => {
      if (span === null || !settled || !followed.isNew(serial) || !isSpanOf(span, source)) return;
      const lies = (epoch: SourceEpoch) =>
        span.epochs.some(({ device, epochId }) => epoch.epochId === epochId && epoch.device === device);
      const own = epochs.find((epoch) => isEpochOf(source, epoch));
      if (own === undefined || lies(own)) return;
      const next = epochs.find(lies);
      if (next !== undefined) step.current({ ...source, device: next.device, epoch: next.epochId });
    };
    follow(useTimeSpan.getState());
    return useTimeSpan.subscribe(follow);
  }, [visible, epochs, source, followed]);
  return followed;
}
