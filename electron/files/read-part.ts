import { open } from 'node:fs/promises';
import { toFileError } from './file-faults.ts';

/**
 * Bytes of a file from an offset on; fewer than asked for at its end.
 * @throws NdiError path.*
 */
export async function readPart(path: string, offset: number, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(new Uint8Array(bytes), 0, bytes, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw toFileError(thrown, path);
  }
}
