import { firstNotBefore } from '../../../../shared/model/rising.ts';
import type { Unit } from '../../../../shared/contract/units.ts';
import type { TraceState } from '../trace-store.ts';
import { colorIndex, COLORS } from './colors.ts';
import type { ViewSettings } from './settings.ts';
import type { Site } from './sites.ts';

export type UnitSort = ViewSettings['units']['sort'];
export const unitSorts = ['depth', 'rate', 'id'] as const;

/** The chosen units with their spikes that are loaded. */
export function spikesOf({
  units,
  spikes,
}: Pick<TraceState, 'units' | 'spikes'>): { unit: Unit; times: Float64Array }[] {
  if (spikes === null) return [];
  const known = unitsById(units);
  return spikes.frame.header.units.flatMap(({ id, at, count }) => {
    const unit = known.get(id);
    return unit === undefined ? [] : [{ unit, times: spikes.frame.times.subarray(at, at + count) }];
  });
}

/** How many times of a rising list lie in a range. */
export function countWithin(times: Float64Array, { t0, t1 }: { readonly t0: number; readonly t1: number }): number {
  return firstNotBefore(times, t1) - firstNotBefore(times, t0);
}

const byId = new WeakMap<readonly Unit[], ReadonlyMap<string, Unit>>();
const placesById = new WeakMap<readonly Unit[], ReadonlyMap<string, number>>();

export function unitsById(units: readonly Unit[]): ReadonlyMap<string, Unit> {
  const known = byId.get(units) ?? new Map(units.map((unit) => [unit.id, unit]));
  byId.set(units, known);
  return known;
}

function placesOf(units: readonly Unit[]): ReadonlyMap<string, number> {
  const places = placesById.get(units) ?? new Map(units.map(({ id }, index) => [id, index]));
  placesById.set(units, places);
  return places;
}

/** Data colour of each unit: the one chosen, else by its place in the list, but never that of the trace it is drawn on. */
export function unitColorIndex({
  info,
  settings,
  units,
}: Pick<TraceState, 'info' | 'settings' | 'units'>): (id: string) => number {
  const places = placesOf(units);
  const known = unitsById(units);
  const colorOf = colorIndex(info, settings);
  return (id) => {
    const chosen = settings.units.colors[id];
    if (chosen !== undefined) return chosen % COLORS;
    const color = (places.get(id) ?? 0) % COLORS;
    const unit = known.get(id);
    const [channel] = unit === undefined || unit.carried ? [] : unit.channels;
    return channel !== undefined && colorOf(channel) === color ? (color + 3) % COLORS : color;
  };
}

/** Depth of a unit in µm: what the sorter says, else that of the contact with its largest spikes. */
export function depthOf(unit: Unit, sites: ReadonlyMap<string, Site>): number | null {
  if (unit.depth !== null) return unit.depth;
  const [channel] = unit.carried ? [] : unit.channels;
  return channel === undefined ? null : (sites.get(channel)?.depth ?? null);
}

/** Units by the wanted order, those of which it is not known last; only those that hold every word of the filter. */
export function listUnits(
  units: readonly Unit[],
  sort: UnitSort,
  sites: ReadonlyMap<string, Site>,
  filter: string,
): Unit[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = units.filter((unit) => {
    const text = `${unit.name} ${unit.quality} ${unit.device} ${unit.probe} ${unit.channels.join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (sort === 'id') return found;
  const rank = (unit: Unit) => (sort === 'rate' ? -(unit.ratePerSec ?? -1) : (depthOf(unit, sites) ?? Infinity));
  return found
    .map((unit) => ({ unit, rank: rank(unit) }))
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ unit }) => unit);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
