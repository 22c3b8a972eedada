import { useCallback, useEffect, useMemo } from 'react';
import type { Epoch } from '../../../shared/contract/sessions.ts';
import type { Place } from '../../state/place.ts';
import { layOutOnDevice, type DeviceClock } from './model/device-clock.ts';
import { recordedKey, type TimelineEpoch } from './model/epochs.ts';
import { layOutTimeline } from './model/layout.ts';
import type { TimelineStore } from './timeline-store.ts';
import { usePlacedEpochs } from './use-placed-epochs.ts';

/** Lays the epochs out on the chosen clock and tells the store; until it is known where the others lie, each stands by its own. */
export function useTimelineLayout(
  session: Place,
  store: TimelineStore,
  epochs: readonly Epoch[],
  shown: readonly TimelineEpoch[],
  reference: DeviceClock | null,
  clock: string,
) {
  const placing = usePlacedEpochs(session, epochs, reference);
  const placed = placing.status === 'ready' ? placing.value : null;
  const converted = reference !== null && placed !== null;
  const timeline = useMemo(() => {
    if (reference === null || placed === null) return layOutTimeline(shown, clock);
    const order = epochs.filter(({ device }) => device === reference.device).map(({ epochId }) => epochId);
    return layOutOnDevice(shown, reference.clock, placed, order);
  }, [shown, epochs, reference, placed, clock]);
  useEffect(() => {
    store.setState({ timeline, shown: converted ? reference : { device: null, clock } });
  }, [store, timeline, converted, reference, clock]);
  const reasons = useMemo(() => new Map(placed?.map((one) => [recordedKey(one), one.reason])), [placed]);
  const whyUnplaced = useCallback(
    (epoch: TimelineEpoch) => (converted ? (reasons.get(recordedKey(epoch)) ?? null) : null),
    [converted, reasons],
  );
  return { placing, whyUnplaced };
}
