import type { NdiDocument } from '../../../../shared/model/documents.ts';
import type { CloudApi } from '../api/cloud-api.ts';
import type { LocalCopy } from '../copy/local-copy.ts';
import type { CopyJournal } from '../journal/copy-journal.ts';
import { fetchDocuments } from '../remote/fetch-documents.ts';
import { listRemote } from '../remote/list-remote.ts';
import { contentHash, fromService } from '../sync/canonical.ts';
import type { LocalInventory, RemoteInventory } from '../sync/inventory.ts';

/** How a copy and its dataset differ (cloud reference, section 15). */
export interface Comparison {
  readonly localOnlyIds: readonly string[];
  readonly remoteOnlyIds: readonly string[];
  readonly commonIds: readonly string[];
  /** Empty where contents were not compared. */
  readonly mismatchedIds: readonly string[];
  readonly mismatchDetails: readonly { readonly ndiId: string; readonly apiId: string; readonly reason: string }[];
  /** Documents that are in the cloud more than once: the address that counts, and the others. */
  readonly duplicates: readonly Duplicate[];
  /** Records in the cloud without an NDI id: never matched, never deleted. */
  readonly withoutId: number;
}

export interface Duplicate {
  readonly id: string;
  readonly kept: string;
  readonly extra: readonly string[];
}

interface Compared {
  readonly api: CloudApi;
  readonly datasetId: string;
  readonly copy: LocalCopy;
  readonly journal: CopyJournal;
}

/**
 * Compares by id, and with `contents` each document that is on both sides. Changes nothing.
 * @throws NdiError cloud.*, auth.*, database.*
 */
export async function compareCopy(
  { api, datasetId, copy, journal }: Compared,
  { contents, signal }: { readonly contents: boolean; readonly signal?: AbortSignal | undefined },
): Promise<Comparison> {
  const local = await copy.inventory(signal);
  const buried = new Set(journal.tombstones().map(({ cloudId }) => cloudId));
  const { inventory: remote } = await listRemote(api, datasetId, { signal, buried });
  const here = [...local.documents.keys(), ...local.unreadable];
  const known = new Set(here);
  const commonIds = here.filter((id) => remote.documents.has(id)).sort();
  const mismatchDetails = contents ? await mismatches(api, datasetId, commonIds, local, remote, signal) : [];
  return {
    localOnlyIds: here.filter((id) => !remote.documents.has(id)).sort(),
    remoteOnlyIds: [...remote.documents.keys()].filter((id) => !known.has(id)).sort(),
    commonIds,
    mismatchedIds: mismatchDetails.map(({ ndiId }) => ndiId),
    mismatchDetails,
    duplicates: duplicatesOf(remote),
    withoutId: remote.withoutId,
  };
}

/** Addresses come in order: the smallest is the one that every client keeps. */
export function duplicatesOf(remote: RemoteInventory): Duplicate[] {
  return [...remote.documents.values()].flatMap(({ id, cloudIds: [kept, ...extra] }) => {
    return kept === undefined || extra.length === 0 ? [] : [{ id, kept, extra }];
  });
}

/** The reasons are NDI-matlab's own words. */
async function mismatches(
  api: CloudApi,
  datasetId: string,
  ids: readonly string[],
  local: LocalInventory,
  remote: RemoteInventory,
  signal: AbortSignal | undefined,
): Promise<Comparison['mismatchDetails']> {
  const asked = new Map(ids.map((id) => [remote.documents.get(id)?.cloudIds[0] ?? '', id]));
  const found: { ndiId: string; apiId: string; reason: string }[] = [];
  for await (const { cloudId, document } of fetchDocuments(api, datasetId, [...asked.keys()], signal)) {
    const ndiId = asked.get(cloudId) ?? '';
    const wrong = (reason: string) => found.push({ ndiId, apiId: cloudId, reason });
    if (document === null) wrong('Remote document could not be found in bulk download.');
    else if (!isSame(local.documents.get(ndiId)?.hash.document, fromService(document))) {
      wrong('Document properties do not match.');
    }
  }
  return found;
}

function isSame(hash: string | undefined, document: NdiDocument): boolean {
  return hash === contentHash(document).document;
}
