import { formatNumber, formatSeconds, plural, t } from '../../texts/translate.ts';
import { groupName, groupsOf } from './model/groups.ts';
import { shownEvents, shownTraces, unitSign } from './model/settings.ts';
import { countWithin, spikesOf } from './model/units.ts';
import { frameStatistics } from './model/statistics.ts';
import { formatTime } from './model/time-axis.ts';
import { shownDigits } from './model/value-at.ts';
import { coverOf, type TraceState, type TraceStore } from './trace-store.ts';
import { useCalmly } from './use-calmly.ts';

/** What the picture shows in one sentence or two, for those who do not see it. */
export function useSummary(store: TraceStore): string {
  return useCalmly(store, summaryOf, 300);
}

/** As {@link useSummary}, of a moment. */
export function summaryOf(state: TraceState): string {
  const { range, info, settings, events } = state;
  const channels = shownTraces(info, settings).length;
  const eventChannels = shownEvents(info, settings).length;
  const when = {
    from: formatTime(range.t0, range, state.width),
    to: formatTime(range.t1, range, state.width),
    span: formatSeconds(range.t1 - range.t0),
  };
  const parts = [
    channels === 0 && eventChannels > 0
      ? plural(
          eventChannels,
          '{{count}} channel of events from {{from}} to {{to}} ({{span}})',
          '{{count}} channels of events from {{from}} to {{to}} ({{span}})',
          when,
        )
      : plural(
          channels,
          '{{count}} channel from {{from}} to {{to}} ({{span}})',
          '{{count}} channels from {{from}} to {{to}} ({{span}})',
          when,
        ),
    ...groupsShown(state),
    ...extremes(state),
  ];
  if (eventChannels > 0) {
    const count = events?.events.filter(({ time }) => time >= range.t0 && time < range.t1).length ?? 0;
    parts.push(plural(count, '{{count}} event', '{{count}} events'));
  }
  const trains = spikesOf(state);
  if (trains.length > 0) {
    const spikes = trains.reduce((sum, { times }) => sum + countWithin(times, range), 0);
    const isWhole = state.spikes?.frame.header.units.every(({ count, total }) => count === total) === true;
    // Far away, several spikes are one tick.
    parts.push(
      isWhole
        ? plural(trains.length, '{{spikes}} spikes of {{count}} unit', '{{spikes}} spikes of {{count}} units', {
            spikes,
          })
        : plural(trains.length, 'spikes of {{count}} unit', 'spikes of {{count}} units'),
    );
  }
  return `${parts.join('; ')}.`;
}

/** Groups that are named; the others are counted. */
const MOST_GROUPS = 12;

/** The groups that are seen, with how many of their channels are; nothing where types are all that groups them. */
function groupsShown({ info, settings }: TraceState): string[] {
  const { by } = settings.groups;
  if (by === 'type') return [];
  const groups = groupsOf(shownTraces(info, settings), settings.groups);
  const named = groups.slice(0, MOST_GROUPS).map(({ key, channels }) => `${groupName(by, key)} (${channels.length})`);
  const more = groups.length - named.length;
  const rest = more > 0 ? [plural(more, '{{count}} more group', '{{count}} more groups')] : [];
  return groups.length === 0 ? [] : [[...named, ...rest].join(', ')];
}

/** Least and greatest value of each unit. */
function extremes(state: TraceState): string[] {
  const byUnit = new Map<string, { min: number; max: number }>();
  const frames = coverOf(state).pieces.map((piece) => piece.frame);
  for (const channel of shownTraces(state.info, state.settings)) {
    if (channel.units === '') continue;
    for (const frame of frames) {
      const found = frameStatistics(frame).get(channel.name);
      if (found === undefined) continue;
      const known = byUnit.get(channel.units) ?? { min: Infinity, max: -Infinity };
      byUnit.set(channel.units, { min: Math.min(known.min, found.min), max: Math.max(known.max, found.max) });
    }
  }
  return [...byUnit].map(([units, { min, max }]) =>
    t('{{min}} to {{max}} {{unit}}', {
      min: formatNumber(shownDigits(min)),
      max: formatNumber(shownDigits(max)),
      unit: unitSign(units),
    }),
  );
}
