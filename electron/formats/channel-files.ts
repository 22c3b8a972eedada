import { closeSync, openSync, readSync } from 'node:fs';
import { toReadFault } from './file-faults.ts';

/**
 * The files of a recording that has a file for each channel: continuous data first, in natural order (CH2 before CH10,
 * and CH1 before its second part CH1_2).
 * @param ending what the names of all its files end in
 * @param continuous what the names of files with continuous data end in
 */
export function sortChannelFiles(names: readonly string[], ending: RegExp, continuous: RegExp): string[] {
  const isContinuous = (name: string) => Number(continuous.test(name));
  return names
    .filter((name) => ending.test(name))
    .sort((a, b) => isContinuous(b) - isContinuous(a) || naturalOrder.compare(stemOf(a), stemOf(b)));
}

function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}

const naturalOrder = new Intl.Collator('en', { numeric: true });

/** Up to `length` bytes from the start of a file. @throws NdiError path.* */
export function firstBytes(path: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  try {
    const handle = openSync(path, 'r');
    try {
      return bytes.subarray(0, readSync(handle, bytes, 0, length, 0));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw toReadFault(error, path);
  }
}
