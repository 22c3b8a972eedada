import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NdiError } from '../../../../shared/model/errors.ts';
import { toFileError } from '../../../files/file-faults.ts';
import { flushFolder } from '../../../files/whole-files.ts';
import type { StoredObject } from '../api/storage.ts';
import type { CloudApi } from '../api/cloud-api.ts';
import { downloadUrl } from '../remote/list-remote.ts';
import { inParallel } from './in-parallel.ts';
import { reasonOf, stopsRun, type Transfer } from './transfer.ts';

export interface FileToFetch {
  readonly uid: string;
  readonly name: string;
  /** As the cloud lists it; null where it does not say. */
  readonly bytes: number | null;
}

const AT_ONCE = 4;

/** Fetches files into the store under their own uids. Failures of single files are in the tally, under their uid. */
export async function fetchFiles(transfer: Transfer, files: readonly FileToFetch[]): Promise<void> {
  if (files.length === 0) return;
  const { meter, tally, api, datasetId, signal, throttle } = transfer;
  const folder = join(transfer.copy.path, '.ndi');
  meter.begin('fetching files');
  meter.expect({ files: files.length, bytes: files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0) });
  await inParallel(files, AT_ONCE, async (file) => {
    const { uid, name, bytes } = file;
    try {
      const had = await fetchFile(api, datasetId, file, {
        target: join(folder, 'files', uid),
        part: join(folder, 'sync', 'parts', uid),
        signal,
        onBytes: async (arrived, done) => {
          meter.move({ uid, name, bytes: bytes ?? done, done, direction: 'fetch' });
          await throttle.pass(arrived, signal);
        },
      });
      tally.fetchedFiles += 1;
      tally.fetchedBytes += had.bytes;
      tally.verified += 1;
      if (had.resumedBytes > 0) tally.resumed += 1;
      meter.fileDone(uid, bytes ?? had.bytes);
    } catch (thrown) {
      if (stopsRun(thrown, signal)) throw thrown;
      tally.fail(uid, reasonOf(thrown));
      meter.fileDone(uid, 0);
    }
  });
}

export interface FetchOptions {
  /** Where the file shall be when it is whole. */
  readonly target: string;
  /** Where it grows; what is there of it from before is gone on with. */
  readonly part: string;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((arrived: number, done: number) => Promise<void>) | undefined;
  /** Told once the storage has said how large it is. */
  readonly onSize?: ((sizeBytes: number) => void) | undefined;
}

/**
 * Fetches one file: bytes go to a part beside, which becomes the file only when its size and checksum are right.
 * @throws NdiError cloud.notFound where the cloud does not have it, cloud.*, path.*
 */
export async function fetchFile(
  api: CloudApi,
  datasetId: string,
  { uid, name, bytes }: FileToFetch,
  { target, part, signal, onBytes, onSize }: FetchOptions,
): Promise<{ bytes: number; resumedBytes: number }> {
  if (!/^[\w.-]{1,200}$/.test(uid) || uid === '.' || uid === '..') throw badUid(uid);
  try {
    for (const path of [part, target]) mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw toFileError(error, part);
  }
  for (let attempt = 0; ; attempt += 1) {
    const resumedBytes = await sizeOf(part);
    const got = await fetchPart(api, datasetId, { uid, name }, part, resumedBytes, { signal, onBytes, onSize });
    const size = got.sizeBytes ?? bytes;
    const wrong =
      (size !== null && got.bytes !== size) || (got.etag !== null && got.md5 !== null && got.etag !== got.md5);
    if (!wrong) {
      await intoPlace(part, target);
      return { bytes: got.bytes, resumedBytes };
    }
    // A part of another content, or a damaged transfer: from the beginning, once or twice.
    await rm(part, { force: true });
    if (attempt >= 2) throw damaged(name);
  }
}

interface Got {
  readonly bytes: number;
  readonly sizeBytes: number | null;
  readonly etag: string | null;
  readonly md5: string | null;
}

async function fetchPart(
  api: CloudApi,
  datasetId: string,
  { uid, name }: Pick<FileToFetch, 'uid' | 'name'>,
  part: string,
  from: number,
  { signal, onBytes, onSize }: Pick<FetchOptions, 'signal' | 'onBytes' | 'onSize'>,
): Promise<Got> {
  const url = async () => {
    const found = await downloadUrl(api, datasetId, uid, signal);
    if (found === null) throw notThere(name);
    return found;
  };
  // What is begun anew tells its size with its first byte; of a part it is asked before, for all may be here.
  const known = from === 0 ? null : await api.storage.probe(url, signal);
  const seen: StoredObject[] = known === null ? [] : [known];
  const md5 = createHash('md5');
  if (from > 0) for await (const chunk of createReadStream(part)) md5.update(chunk as Buffer);
  let done = from;
  try {
    const file = await open(part, 'a');
    try {
      if (from < (known?.sizeBytes ?? Infinity)) {
        const onObject = (found: StoredObject) => {
          seen.push(found);
          if (found.sizeBytes !== null) onSize?.(found.sizeBytes);
        };
        for await (const chunk of api.storage.read({ url, fromByte: from, signal, onObject })) {
          md5.update(chunk);
          done += chunk.byteLength;
          await file.writeFile(chunk);
          await onBytes?.(chunk.byteLength, done);
        }
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileError(error, part);
  }
  const { sizeBytes = null, etag = null } = seen[0] ?? {};
  return { bytes: done, sizeBytes, etag: /^[0-9a-f]{32}$/.test(etag ?? '') ? etag : null, md5: md5.digest('hex') };
}

async function intoPlace(part: string, target: string): Promise<void> {
  try {
    const file = await open(part, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, target);
    flushFolder(dirname(target));
  } catch (error) {
    throw toFileError(error, target);
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

function notThere(name: string): NdiError {
  return new NdiError({
    code: 'cloud.notFound',
    message: `The file “${name}” is not available in the cloud.`,
    recovery: 'Ask whoever published the dataset to send it again.',
    details: { file: name },
  });
}

function damaged(name: string): NdiError {
  return new NdiError({
    code: 'cloud.interrupted',
    message: `The file “${name}” arrived damaged again and again.`,
    recovery: 'Try again later, or from another network.',
    details: { file: name },
  });
}

function badUid(uid: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `“${uid}” cannot name a file.`,
    recovery: 'The document that names it is damaged; ask whoever published the dataset.',
  });
}
