import { readSync } from 'node:fs';

/** Reads from a place of a file on until the bytes are full or the file ends. @returns how many were read */
export function readInto(file: number, into: Uint8Array, position: number): number {
  let length = 0;
  for (let got = -1; got !== 0 && length < into.length; length += got) {
    got = readSync(file, into, length, into.length - length, position + length);
  }
  return length;
}
