import { join } from 'node:path';
import { NdiError } from '../../../shared/model/errors.ts';
import { withFile } from '../file-bytes.ts';
import { allNpyNumbers, readNpyHeader } from '../npy.ts';

/** Raw channels (from 0) of the sorted ones, and their shanks. A help, and no files of the epoch: patterns do not ask for them. */
const shankFiles = ['channel_map.npy', 'channel_shanks.npy'] as const;

/** More channels than any array has: a longer list is damage. */
const MOST_CHANNELS = 65_536;

/**
 * The shank of each channel of the raw data, which count from 0: the lists of sorted channels tell both. Empty where the
 * folder does not hold them.
 */
export function readPhyShanks(folder: string, names: readonly string[]): ReadonlyMap<number, string> {
  if (!shankFiles.every((name) => names.includes(name))) return new Map();
  try {
    const numbers = (name: string) =>
      withFile(join(folder, name), (file) => [...allNpyNumbers(file, readNpyHeader(file), MOST_CHANNELS)]);
    const [map, list] = shankFiles;
    const [channels, shanks] = [numbers(map), numbers(list)];
    // Another number of them is not of these channels.
    if (channels.length !== shanks.length) return new Map();
    return new Map(channels.map((channel, index) => [channel, String(shanks[index])]));
  } catch (error) {
    // Files of another sorter, or damaged ones: groups are a help, not needed.
    if (error instanceof NdiError) return new Map();
    throw error;
  }
}
