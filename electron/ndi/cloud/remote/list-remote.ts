import { NdiError } from '../../../../shared/model/errors.ts';
import type { CloudApi } from '../api/cloud-api.ts';
import type { RemoteDocument, RemoteFile, RemoteInventory } from '../sync/inventory.ts';
import { inParallel } from '../transfer/in-parallel.ts';

export interface ListOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onRows?: (rows: number, count: number) => void;
  /** Addresses whose deletion was accepted: rows that the service still lists count as gone. */
  readonly buried?: ReadonlySet<string>;
}

export interface ListedRemote {
  readonly inventory: RemoteInventory;
  /** Buried addresses that are still listed. */
  readonly stillListed: ReadonlySet<string>;
  /** Files whose state the list does not tell; `null`: the server lists no files at all. */
  readonly unsureFiles: ReadonlySet<string> | null;
}

/**
 * Lists the documents and files of a dataset.
 * @throws NdiError cloud.*: a list is whole or it is none
 */
export async function listRemote(api: CloudApi, datasetId: string, options: ListOptions = {}): Promise<ListedRemote> {
  const { rows, state, mayDelete, count } = await api.listDocuments(datasetId, options);
  const documents = new Map<string, RemoteDocument>();
  const stillListed = new Set<string>();
  let withoutId = 0;
  for (const row of [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (options.buried?.has(row.id) === true) {
      stillListed.add(row.id);
      continue;
    }
    const id = row.ndiId ?? '';
    if (id === '') {
      withoutId += 1;
      continue;
    }
    const known = documents.get(id);
    // The same document posted twice: the smallest address is the one that counts.
    if (known !== undefined) documents.set(id, { ...known, cloudIds: [...known.cloudIds, row.id] });
    else {
      const { className = '', name = '' } = row;
      documents.set(id, { id, cloudIds: [row.id], className, name, content: null });
    }
  }
  const { files, unsureFiles } = await listRemoteFiles(api, datasetId, options.signal);
  const doubt = doubtOf(state, mayDelete, rows.length, count);
  return { inventory: { documents, files, withoutId, doubt }, stillListed, unsureFiles };
}

/** The files of a dataset as the server lists them. */
export async function listRemoteFiles(
  api: CloudApi,
  datasetId: string,
  signal?: AbortSignal,
): Promise<{ files: ReadonlyMap<string, RemoteFile>; unsureFiles: ReadonlySet<string> | null }> {
  const { rows: listed } = await api.listFiles(datasetId, signal);
  const files = new Map<string, RemoteFile>();
  const unsure = new Set<string>();
  for (const { uid, isUploaded, sizeBytes } of listed?.values() ?? []) {
    files.set(uid, { uploaded: isUploaded === true, size: sizeBytes });
    if (isUploaded === null) unsure.add(uid);
  }
  return { files, unsureFiles: listed === null ? null : unsure };
}

function doubtOf(state: string, mayDelete: boolean, rows: number, count: number): string | null {
  if (mayDelete) return null;
  if (state === 'changing') return 'the cloud copy keeps changing';
  return `the cloud lists ${rows} documents and counts ${count}`;
}

/** What earlier runs have seen of files in the cloud. */
export interface SeenFiles {
  /** Sizes of those that were there, by uid; the list may lag behind. */
  readonly arrived: ReadonlyMap<string, number>;
  /** Uids of those that were other bytes than here, which the list does not tell. */
  readonly corrupt: readonly string[];
}

/** Asks for each of some files whether its bytes can be had, where the list does not tell. */
export async function resolveFiles(
  api: CloudApi,
  datasetId: string,
  { inventory, unsureFiles }: Pick<ListedRemote, 'inventory' | 'unsureFiles'>,
  uids: Iterable<string>,
  { arrived, corrupt }: SeenFiles,
  signal?: AbortSignal,
): Promise<RemoteInventory> {
  const asked = [...new Set(uids)].filter((uid) => {
    return unsureFiles === null || unsureFiles.has(uid) || (arrived.has(uid) && !inventory.files.has(uid));
  });
  if (asked.length === 0 && corrupt.length === 0) return inventory;
  const files = new Map(inventory.files);
  await inParallel(asked, 8, async (uid) => {
    const url = await downloadUrl(api, datasetId, uid, signal);
    files.set(uid, { uploaded: url !== null, size: files.get(uid)?.size ?? arrived.get(uid) ?? null });
  });
  for (const uid of corrupt) {
    const file = files.get(uid);
    if (file !== undefined) files.set(uid, { ...file, corrupt: true });
  }
  return { ...inventory, files };
}

/** A signed address of a file, or null while the cloud does not have it. */
export async function downloadUrl(
  api: CloudApi,
  datasetId: string,
  uid: string,
  signal?: AbortSignal,
): Promise<string | null> {
  try {
    const detail = await api.call('fileDetail', { path: { datasetId, fileUid: uid }, signal });
    return detail.downloadUrl ?? null;
  } catch (thrown) {
    if (thrown instanceof NdiError && thrown.code === 'cloud.notFound') return null;
    throw thrown;
  }
}
