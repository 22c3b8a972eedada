import { realpath, stat, statfs } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { NdiError } from '../../../shared/model/errors.ts';
import { toFileError } from '../../files/file-faults.ts';
import { isWithin } from '../../files/within.ts';

/** Whether a folder is the session's, or lies below it. @throws NdiError path.* */
export async function isInside(folder: string, sessionFolder: string): Promise<boolean> {
  return isWithin(await realPath(sessionFolder), await realPath(folder));
}

/** NDI finds recordings below the session's folder only. @throws NdiError import.outside, path.* */
export async function requireInside(folder: string, sessionFolder: string): Promise<void> {
  if (await isInside(folder, sessionFolder)) return;
  throw new NdiError({
    code: 'import.outside',
    message: `The recordings in ${folder} lie outside the session folder ${sessionFolder}.`,
    recovery: `Make ${folder} or a folder above it the session folder, or copy the recordings into the session folder.`,
    details: { path: folder, sessionFolder },
  });
}

/** Whether neither folder lies in the other; the first may not be there yet. @throws NdiError path.* */
export async function liesApart(target: string, scanned: string): Promise<boolean> {
  const [to, from] = [await realPathOfNew(target), await realPath(scanned)];
  return !isWithin(from, to) && !isWithin(to, from);
}

/** A copy must not lie among its originals, nor the other way round. @throws NdiError usage.invalid, path.* */
export async function requireOutside(target: string, scanned: string): Promise<void> {
  if (await liesApart(target, scanned)) return;
  throw new NdiError({
    code: 'usage.invalid',
    message: `${target} and the recordings in ${scanned} lie one in the other.`,
    recovery: 'Choose a folder for the copy that is apart from the recordings.',
    details: { path: target, from: scanned },
  });
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** The real path of what may not be there yet: that of the nearest folder above, and the rest. */
async function realPathOfNew(path: string): Promise<string> {
  const there = await nearestFolder(path);
  return resolve(await realPath(there), relative(there, resolve(path)));
}

/** The path itself, or the nearest one above it that is there. */
async function nearestFolder(path: string): Promise<string> {
  const full = resolve(path);
  const found = await stat(full).catch(() => null);
  return found !== null || dirname(full) === full ? full : nearestFolder(dirname(full));
}

/** Bytes that may still be written to the disk of a folder, which need not be there yet. @throws NdiError path.* */
export async function freeBytesAt(folder: string): Promise<number> {
  const there = await nearestFolder(folder);
  try {
    const { bavail, bsize } = await statfs(there);
    return bavail * bsize;
  } catch (error) {
    throw toFileError(error, there);
  }
}

/** Bytes of all these files; one that is not there counts nothing. */
export async function sizeOfFiles(files: readonly string[]): Promise<number> {
  let sum = 0;
  for (const file of new Set(files)) sum += (await stat(file).catch(() => null))?.size ?? 0;
  return sum;
}
