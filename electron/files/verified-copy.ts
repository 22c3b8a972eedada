import { createHash, type Hash } from 'node:crypto';
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NdiError } from '../../shared/model/errors.ts';
import { toFileError } from './file-faults.ts';

/** One read: large enough for a disk, small enough that a cancel is felt at once. */
const CHUNK_BYTES = 4 << 20;
const PART = '.part';

/** Whether what stands at a path is a copy that {@link copyVerified} finished: it has the original's size and time. */
export async function isCopyOf(from: string, to: string): Promise<boolean> {
  const [source, copy] = await Promise.all([stat(from), stat(to).catch(() => null)]);
  // Some disks keep times by the second or two.
  return copy !== null && copy.size === source.size && Math.abs(copy.mtimeMs - source.mtimeMs) < 2;
}

/**
 * Copies a file and proves it: what lies on the disk afterwards has the SHA-256 of what was read. Only then does the copy
 * get its name and the time of the original, so a copy that has them is whole.
 * @param onBytes told with every part that was copied
 * @throws NdiError path.*, path.ioFault where the copy is not equal or the original changed meanwhile; AbortError
 */
export async function copyVerified(
  from: string,
  to: string,
  { onBytes, signal }: { onBytes: (bytes: number) => void; signal: AbortSignal },
): Promise<void> {
  const part = `${to}${PART}`;
  try {
    await mkdir(dirname(to), { recursive: true });
    const before = await statOf(from);
    const written = await copyBytes(from, part, before.size, onBytes, signal);
    const read = await hashOf(part, signal);
    const after = await statOf(from);
    if (before.size !== after.size || before.mtimeMs !== after.mtimeMs) throw changed(from);
    if (read !== written) throw unequal(from, to);
    await utimes(part, before.atimeMs / 1000, before.mtimeMs / 1000);
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true });
    throw toFileError(error, to);
  }
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    throw toFileError(error, path);
  }
}

async function copyBytes(
  from: string,
  to: string,
  sizeBytes: number,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const target = await open(to, 'w');
  try {
    const hash = createHash('sha256');
    for await (const chunk of chunksOf(from, sizeBytes, hash, signal)) {
      await target.writev([chunk]);
      onBytes(chunk.length);
    }
    await target.sync();
    return hash.digest('hex');
  } finally {
    await target.close();
  }
}

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const chunks = chunksOf(path, Infinity, hash, signal);
  while ((await chunks.next()).done !== true);
  return hash.digest('hex');
}

/** @param mostBytes where to stop: a file that is still recorded grows as fast as it is read */
async function* chunksOf(path: string, mostBytes: number, hash: Hash, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw toFileError(error, path);
  });
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let left = mostBytes; left > 0;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, left), null);
      left -= bytesRead;
      if (bytesRead === 0) return;
      const chunk = buffer.subarray(0, bytesRead);
      hash.update(chunk);
      yield chunk;
    }
  } finally {
    await file.close();
  }
}

function changed(path: string): NdiError {
  return new NdiError({
    code: 'path.ioFault',
    message: `${path} was changed while it was being copied.`,
    recovery: 'Wait until the recording has ended, then try again.',
    details: { path },
  });
}

function unequal(from: string, to: string): NdiError {
  return new NdiError({
    code: 'path.ioFault',
    message: `The copy of ${from} to ${to} is not equal to the original.`,
    recovery: 'Check the disk of the copy, then try again. The original was not touched.',
    details: { path: to, from },
  });
}
