import type { RecordingInfo } from '../../../../shared/contract/recordings.ts';
import { channelSettings, type ViewSettings } from './settings.ts';

/** How many data colours there are. */
export const COLORS = 8;

/** The data colour of each channel: the one chosen, else by its place in the file, so that hiding recolours no other. */
export function colorIndex(info: RecordingInfo, settings: ViewSettings): (name: string) => number {
  let known = places.get(info);
  if (known === undefined) {
    known = new Map(info.channels.map((channel, index) => [channel.name, index % COLORS]));
    places.set(info, known);
  }
  const indices = known;
  return (name) => (channelSettings(settings, name).color ?? indices.get(name) ?? 0) % COLORS;
}

const places = new WeakMap<RecordingInfo, Map<string, number>>();
