import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toFileError } from '../../../files/file-faults.ts';
import { writeWhole } from '../../../files/whole-files.ts';
import { ndiFolder } from '../../folder.ts';

/**
 * What NDI notes after a sync: `.ndi/sync/index.json` (cloud reference, section 14.1). The ids are `base.id`s on both
 * sides.
 */
export interface SyncIndex {
  readonly local: ReadonlySet<string>;
  readonly remote: ReadonlySet<string>;
  /** When the last sync ended, as it was written; null where there was none. */
  readonly at: string | null;
  /** Whether a damaged file was put aside as `index.json.bad`. */
  readonly damaged: boolean;
}

const neverSynced: SyncIndex = { local: new Set(), remote: new Set(), at: null, damaged: false };

export const syncIndexPath = (folder: string): string => join(ndiFolder(folder), 'sync', 'index.json');

/**
 * Reads the index in MATLAB's or Python's spelling; where a file holds both, the later one counts. Reads only: a damaged
 * file counts as none.
 * @throws NdiError path.denied | ioFault
 */
export function readSyncIndex(folder: string): SyncIndex {
  const path = syncIndexPath(folder);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return neverSynced;
    throw toFileError(error, path);
  }
  const held = parse(text);
  if (held === null) return { ...neverSynced, damaged: true };
  const spellings = [
    spelling(held, 'localDocumentIdsLastSync', 'remoteDocumentIdsLastSync', 'lastSyncTimestamp'),
    spelling(held, 'local_doc_ids_last_sync', 'remote_doc_ids_last_sync', 'last_sync_timestamp'),
  ].filter((one) => one !== null);
  return spellings.sort((a, b) => timeOf(b.at) - timeOf(a.at))[0] ?? { ...neverSynced, damaged: true };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function spelling(held: Record<string, unknown>, local: string, remote: string, time: string): SyncIndex | null {
  if (!(local in held) && !(remote in held)) return null;
  const at = held[time];
  return {
    local: idSet(held[local]),
    remote: idSet(held[remote]),
    at: typeof at === 'string' && at !== '' ? at : null,
    damaged: false,
  };
}

/** MATLAB writes a list of one as the bare text. */
function idSet(value: unknown): Set<string> {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return new Set(list.filter((id): id is string => typeof id === 'string' && id !== ''));
}

function timeOf(text: string | null): number {
  // MATLAB writes the offset without a colon, which not every engine reads.
  const time = text === null ? Number.NaN : Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

/**
 * Writes the index so that MATLAB reads it, whole or not at all. A damaged one is kept as `index.json.bad`.
 * @throws NdiError path.*
 */
export function writeSyncIndex(
  folder: string,
  ids: { readonly local: Iterable<string>; readonly remote: Iterable<string> },
  now: Date = new Date(),
): void {
  const path = syncIndexPath(folder);
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (existsSync(path) && readSyncIndex(folder).damaged) renameSync(path, `${path}.bad`);
  } catch (error) {
    throw toFileError(error, path);
  }
  const content = {
    localDocumentIdsLastSync: [...ids.local].sort(),
    remoteDocumentIdsLastSync: [...ids.remote].sort(),
    lastSyncTimestamp: matlabTime(now),
  };
  writeWhole(path, JSON.stringify(content, null, 2));
}

/**
 * Puts the index aside: it does not say of which dataset it tells, so it must not outlive the link. Believed for another
 * dataset, it would make “deleted there” of all that was never sent.
 * @throws NdiError path.*
 */
export function forgetSyncIndex(folder: string): void {
  const path = syncIndexPath(folder);
  try {
    if (existsSync(path)) renameSync(path, `${path}.old`);
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** Local time with offset, as MATLAB writes it: `2026-07-30T14:02:11-0400`. */
function matlabTime(now: Date): string {
  const offset = -now.getTimezoneOffset();
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}${two(Math.abs(offset) % 60)}`;
}
