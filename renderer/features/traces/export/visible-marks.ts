import { NdiError } from '../../../../shared/model/errors.ts';
import { client } from '../../../state/client.ts';
import { t } from '../../../texts/translate.ts';
import { readPalette } from '../draw/palette.ts';
import { shownEvents } from '../model/settings.ts';
import { unitColorIndex, unitsById } from '../model/units.ts';
import type { TraceState } from '../trace-store.ts';
import type { VisibleColumn } from './visible-line.ts';

/** As many events as one answer may hold. */
const MOST_EVENTS = 200_000;

/**
 * Every event and spike that is shown in the visible range, not only those that the screen can tell apart: a column for
 * each channel (with what the event says of itself), for the chosen channel of another device, and for each unit.
 */
export async function visibleMarks(state: TraceState): Promise<VisibleColumn[]> {
  const { range, otherEvents } = state;
  const color = readPalette().accent;
  const others = otherEvents?.times.filter((time) => time >= range.t0 && time <= range.t1) ?? [];
  return [
    ...(await eventColumns(state, color)),
    ...(otherEvents === null
      ? []
      : [{ name: otherEvents.name, units: 'event', color, x: others, y: others.map(() => 1) }]),
    ...(await spikeColumns(state)),
  ];
}

async function eventColumns({ source, info, settings, range }: TraceState, color: string): Promise<VisibleColumn[]> {
  const names = shownEvents(info, settings).map(({ name }) => name);
  if (names.length === 0) return [];
  const request = { source, channels: names.join(','), from: range.t0, to: range.t1, limit: MOST_EVENTS };
  const { events, total } = await client.signals.events(request);
  if (total > events.length) {
    throw new NdiError({
      code: 'range.tooLarge',
      message: t('{{total}} events are in view; {{most}} can be exported at once.', { total, most: MOST_EVENTS }),
      recovery: t('Zoom in, or hide some channels with events.'),
    });
  }
  return names.map((name) => {
    const own = events.filter(({ channel }) => channel === name);
    return { name, units: 'event', color, x: own.map(({ time }) => time), y: own.map(({ value }) => value) };
  });
}

async function spikeColumns(state: TraceState): Promise<VisibleColumn[]> {
  const { source, settings, units, range } = state;
  const known = unitsById(units);
  const ids = settings.units.shown.filter((id) => known.has(id));
  if (ids.length === 0) return [];
  const trains = await client.units.times({ source, units: ids, from: range.t0, to: range.t1 });
  const palette = readPalette();
  const colorOf = unitColorIndex(state);
  return trains.map(({ id, name, times }) => {
    return { name, units: 'spike', color: palette.data[colorOf(id)] ?? palette.axis, x: times, y: times.map(() => 1) };
  });
}
