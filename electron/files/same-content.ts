import { closeSync, openSync, statSync } from 'node:fs';
import { toFileError } from './file-faults.ts';
import { readInto } from './read-into.ts';

const CHUNK_BYTES = 1 << 20;

/** Whether two files hold the same bytes. @throws NdiError path.* */
export function sameContent(a: string, b: string): boolean {
  try {
    if (statSync(a).size !== statSync(b).size) return false;
    const first = openSync(a, 'r');
    try {
      const second = openSync(b, 'r');
      try {
        return sameBytes(first, second);
      } finally {
        closeSync(second);
      }
    } finally {
      closeSync(first);
    }
  } catch (error) {
    throw toFileError(error, b);
  }
}

function sameBytes(a: number, b: number): boolean {
  const [partA, partB] = [Buffer.alloc(CHUNK_BYTES), Buffer.alloc(CHUNK_BYTES)];
  for (let at = 0; ; at += CHUNK_BYTES) {
    const [gotA, gotB] = [readInto(a, partA, at), readInto(b, partB, at)];
    if (!partA.subarray(0, gotA).equals(partB.subarray(0, gotB))) return false;
    if (gotA < CHUNK_BYTES) return true;
  }
}
