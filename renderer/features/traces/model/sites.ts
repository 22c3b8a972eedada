import type { DocumentBody } from '../../../../shared/contract/documents.ts';
import { parseDeviceString } from '../../../../shared/model/device-string.ts';

/** Where the contact of a channel lies on its probe; lengths in the unit of the geometry (µm). */
export interface Site {
  /** Name of the probe. */
  readonly probe: string;
  readonly shank: number;
  readonly depth: number;
  readonly across: number;
}

/** A probe in an epoch: its name, the id of its document, and the channels that recorded it. */
export interface RecordedProbe {
  readonly name: string;
  readonly id: string;
  readonly deviceString: string;
}

/**
 * Sites of the channels by name, from the session's documents `probe_geometry` and `site2channelmap`. The map has for
 * each site the channel of the probe that it is connected to, counted from 1 (from 0 where its least entry is 0).
 * Without a map sites and channels go together in order, where there are as many of both.
 */
export function sitesOf(
  probes: readonly RecordedProbe[],
  geometries: readonly DocumentBody[],
  maps: readonly DocumentBody[],
): ReadonlyMap<string, Site> {
  const sites = new Map<string, Site>();
  for (const probe of probes) {
    const geometry = geometries.find((document) => dependsOn(document, 'probe_id', probe.id));
    if (geometry === undefined) continue;
    const fields = groupOf(geometry, 'probe_geometry');
    const depths = numbersOf(fields['site_locations_depth']);
    const across = numbersOf(fields['site_locations_leftright']);
    const shanks = numbersOf(fields['shank_id']);
    const channels = channelsOf(probe.deviceString);
    const map = maps.find((document) => dependsOn(document, 'probe_id', probe.id));
    const wired =
      map === undefined
        ? identity(depths.length, channels.length)
        : fromOne(numbersOf(groupOf(map, 'site2channelmap')['map']));
    wired.forEach((channel, site) => {
      const name = channels[channel - 1];
      const depth = depths[site];
      if (name === undefined || depth === undefined) return;
      sites.set(name, { probe: probe.name, depth, across: across[site] ?? 0, shank: shanks[site] ?? 0 });
    });
  }
  return sites;
}

/** The shank of each channel by name; with the name of its probe where several have shanks. */
export function shanksByChannel(sites: ReadonlyMap<string, Site>): Record<string, string> {
  const probes = new Set([...sites.values()].map(({ probe }) => probe));
  return Object.fromEntries(
    [...sites].map(([name, { probe, shank }]) => [name, probes.size > 1 ? `${probe}: ${shank}` : String(shank)]),
  );
}

export type ChannelOrder = 'file' | 'depth' | 'shank';

/** Names in the wanted order; channels without a site come last, in the order of the file. */
export function orderNames(names: readonly string[], sites: ReadonlyMap<string, Site>, order: ChannelOrder): string[] {
  if (order === 'file') return [...names];
  const at = (name: string): Omit<Site, 'probe'> => sites.get(name) ?? { shank: Infinity, depth: Infinity, across: 0 };
  const compare = (a: number, b: number) => (a === b ? 0 : a - b);
  return [...names].sort((a, b) => {
    const [x, y] = [at(a), at(b)];
    const byShank = order === 'shank' ? compare(x.shank, y.shank) : 0;
    return byShank || compare(x.depth, y.depth) || compare(x.across, y.across);
  });
}

function channelsOf(deviceString: string): string[] {
  try {
    return parseDeviceString(deviceString).channels.map(({ type, number }) => `${type}${number}`);
  } catch {
    // A device string that cannot be read is a problem of the epoch, told on the session's page.
    return [];
  }
}

function identity(sites: number, channels: number): number[] {
  return sites === channels ? Array.from({ length: sites }, (_, site) => site + 1) : [];
}

function fromOne(map: readonly number[]): number[] {
  const shift = map.some((channel) => channel === 0) ? 1 : 0;
  return map.map((channel) => channel + shift);
}

function groupOf(document: DocumentBody, name: string): Record<string, unknown> {
  const group = document[name];
  return typeof group === 'object' && group !== null ? (group as Record<string, unknown>) : {};
}

function dependsOn(document: DocumentBody, name: string, id: string): boolean {
  const listed = document['depends_on'];
  return (
    Array.isArray(listed) &&
    listed.some((entry: unknown) => isDependency(entry) && entry.name === name && entry.value === id)
  );
}

function isDependency(entry: unknown): entry is { name: unknown; value: unknown } {
  return typeof entry === 'object' && entry !== null && 'name' in entry && 'value' in entry;
}

/** Numbers of a list, or of one number; what is not connected (null) is not a number. */
function numbersOf(value: unknown): number[] {
  const list: unknown[] = Array.isArray(value) ? value.flat() : [value];
  return list.map((entry) => (typeof entry === 'number' ? entry : NaN));
}
