import { formatSeconds, plural, t } from '../../texts/translate.ts';
import type { DeviceClock } from './model/device-clock.ts';
import type { Timeline } from './model/layout.ts';
import type { usePlacedEpochs } from './use-placed-epochs.ts';
import type { ShownEpochs } from './use-timeline-epochs.ts';

/** What the axis is, or what keeps it from being so. */
export function describeTimeline(
  shown: ShownEpochs,
  placing: ReturnType<typeof usePlacedEpochs>,
  timeline: Timeline,
  reference: DeviceClock | null,
  clock: string,
): string {
  if (shown.status === 'loading') return t('Reading the probes and elements…');
  if (shown.error !== undefined) return shown.error.message;
  if (timeline.lanes.length === 0) return t('No probe or element has an epoch.');
  if (reference !== null && placing.status === 'loading') return t('Relating the clocks of the devices…');
  if (reference !== null && placing.status === 'failed') return placing.error.message;
  if (timeline.axis !== null) {
    const length = formatSeconds(timeline.axis.t1 - timeline.axis.t0);
    const name = reference === null ? clock : `${reference.device}: ${reference.clock}`;
    return t('{{length}} on the clock {{clock}}', { length, clock: name });
  }
  if (reference === null) {
    return t('Each epoch runs on its own device clock: they stand one after the other by number.');
  }
  return t('Each epoch of {{device}} with all that ran during it, by the sync graph; they stand one after the other.', {
    device: reference.device,
  });
}

/** The picture in a sentence, for those who cannot see it. */
export function summarise({ lanes }: Timeline): string {
  const sum = (of: (lane: Timeline['lanes'][number]) => number) => lanes.reduce((total, lane) => total + of(lane), 0);
  const [gaps, overlaps, unplaced] = [
    sum((lane) => lane.gaps.length),
    sum((lane) => lane.overlaps.length),
    sum((lane) => lane.unplaced.length),
  ];
  return [
    plural(lanes.length, '{{count}} lane', '{{count}} lanes'),
    plural(
      sum(({ bars }) => bars.length),
      '{{count}} epoch',
      '{{count}} epochs',
    ),
    gaps === 0 ? '' : plural(gaps, '{{count}} gap', '{{count}} gaps'),
    overlaps === 0 ? '' : plural(overlaps, '{{count}} overlap', '{{count}} overlaps'),
    unplaced === 0 ? '' : plural(unplaced, '{{count}} unsynchronised', '{{count}} unsynchronised'),
  ]
    .filter((part) => part !== '')
    .join(', ');
}
