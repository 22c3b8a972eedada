import type { RecordingInfo } from '../../../../shared/contract/recordings.ts';

/** How many data colours there are. */
const COLORS = 8;

/** The data colour of each channel, by its place in the file: hiding a channel recolours no other. */
export function colorIndex(info: RecordingInfo): (name: string) => number {
  let known = places.get(info);
  if (known === undefined) {
    known = new Map(info.channels.map((channel, index) => [channel.name, index % COLORS]));
    places.set(info, known);
  }
  const indices = known;
  return (name) => indices.get(name) ?? 0;
}

const places = new WeakMap<RecordingInfo, Map<string, number>>();
