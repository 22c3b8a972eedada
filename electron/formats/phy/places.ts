import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withFile } from '../file-bytes.ts';
import { allNpyNumbers, readNpyHeader, readNpyNumbers } from '../npy.ts';
import { NdiError } from '../../../shared/model/errors.ts';

/** Where a cluster lies: the channels of the raw data (from 0) by the size of its spikes, and its depth in µm. */
export interface PhyPlace {
  readonly channels: readonly number[];
  readonly depth: number | null;
}

/** Larger lists of templates are not looked at: places are a help, not needed. */
const MOST_VALUES = 100_000_000;
/** Channels on which a template is this much smaller than on its largest are left out. */
const LEAST_SHARE = 0.3;
const MOST_CHANNELS = 8;

/**
 * Places of the clusters, from the template by which most of their spikes were found (`templates.npy`: templates x
 * samples x channels). Empty where the folder does not hold what tells them.
 */
export function readPhyPlaces(folder: string): Map<number, PhyPlace> {
  try {
    return placesIn(folder);
  } catch (error) {
    // Files of another sorter, or damaged ones: the spikes are shown all the same.
    if (error instanceof NdiError) return new Map();
    throw error;
  }
}

function placesIn(folder: string): Map<number, PhyPlace> {
  const file = (name: string) => join(folder, name);
  const places = new Map<number, PhyPlace>();
  if (!existsSync(file('templates.npy')) || !existsSync(file('spike_templates.npy'))) return places;
  const templatesOf = mainTemplates(
    readAll(file('spike_templates.npy')),
    existsSync(file('spike_clusters.npy')) ? readAll(file('spike_clusters.npy')) : null,
  );
  const map = existsSync(file('channel_map.npy')) ? readAll(file('channel_map.npy')) : null;
  const positions = existsSync(file('channel_positions.npy')) ? readAll(file('channel_positions.npy')) : null;
  withFile(file('templates.npy'), (bytes) => {
    const array = readNpyHeader(bytes);
    const [templates = 0, samples = 0, channels = 0] = array.shape;
    const size = samples * channels;
    if (array.fortranOrder || array.shape.length !== 3 || templates * size > MOST_VALUES) return;
    for (const [cluster, template] of templatesOf) {
      if (template >= templates) continue;
      const values = readNpyNumbers(bytes, array, template * size, (template + 1) * size);
      const order = byHeight(values, channels);
      const [largest = 0] = order;
      places.set(cluster, {
        channels: order.map((channel) => map?.[channel] ?? channel),
        depth: positions?.[2 * largest + 1] ?? null,
      });
    }
  });
  return places;
}

/** Channels by the height of the waveform on them. */
function byHeight(values: Float64Array, channels: number): number[] {
  const heights = Array.from({ length: channels }, (_, channel) => {
    let [low, high] = [Infinity, -Infinity];
    for (let at = channel; at < values.length; at += channels) {
      low = Math.min(low, values[at] ?? 0);
      high = Math.max(high, values[at] ?? 0);
    }
    return { channel, height: high - low };
  }).sort((a, b) => b.height - a.height);
  const least = (heights[0]?.height ?? 0) * LEAST_SHARE;
  return heights
    .filter(({ height }) => height > 0 && height >= least)
    .slice(0, MOST_CHANNELS)
    .map(({ channel }) => channel);
}

/** For each cluster the template of most of its spikes. */
function mainTemplates(templates: Float64Array, clusters: Float64Array | null): Map<number, number> {
  const counts = new Map<number, Map<number, number>>();
  templates.forEach((template, index) => {
    const cluster = clusters?.[index] ?? template;
    const own = counts.get(cluster) ?? new Map<number, number>();
    counts.set(cluster, own);
    own.set(template, (own.get(template) ?? 0) + 1);
  });
  return new Map(
    [...counts].map(([cluster, own]) => [cluster, [...own].reduce((a, b) => (b[1] > a[1] ? b : a))[0]] as const),
  );
}

function readAll(path: string): Float64Array {
  return withFile(path, (file) => allNpyNumbers(file, readNpyHeader(file), MOST_VALUES));
}
