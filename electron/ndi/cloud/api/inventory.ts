import { NdiError } from '../../../../shared/model/errors.ts';
import type { Caller } from './caller.ts';
import type { DocumentRow } from './shapes.ts';

/** All documents of a dataset as the server lists them. */
export interface DocumentInventory {
  /** By cloud id, each once. */
  readonly rows: readonly DocumentRow[];
  /** What the server counts. */
  readonly count: number;
  /**
   * `complete`: rows and count agree. `changing`: others write; `countLags`: stable rows, another count. Nothing may
   * be deleted on the word of the last two (`countLags` with at least as many rows as counted is harmless).
   */
  readonly state: 'complete' | 'changing' | 'countLags';
  /** Whether deletions may be decided on it. */
  readonly mayDelete: boolean;
}

const PAGE_SIZE = 1000;
const ROUNDS = 5;
const STABLE_ROUNDS = 3;

/**
 * Lists a dataset's documents. Pages shift while others write, so rows are counted, made distinct and read again
 * until they agree with the count.
 * @throws NdiError cloud.*: an inventory is whole or it is none
 */
export async function listDocuments(
  caller: Caller,
  datasetId: string,
  options: { readonly signal?: AbortSignal | undefined; readonly onRows?: (rows: number, count: number) => void } = {},
): Promise<DocumentInventory> {
  const { signal } = options;
  let stable = 0;
  let before = '';
  let found: Pick<DocumentInventory, 'rows' | 'count'> = { rows: [], count: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const countBefore = await countOf(caller, datasetId, signal);
    const rows = await allRows(caller, datasetId, countBefore, options);
    const count = await countOf(caller, datasetId, signal);
    found = { rows, count };
    if (rows.length === count && countBefore === count) return { ...found, state: 'complete', mayDelete: true };
    const now = `${count} ${countBefore} ${rows.map((row) => row.id).join()}`;
    stable = now === before ? stable + 1 : 1;
    before = now;
    if (stable === STABLE_ROUNDS) {
      return { ...found, state: 'countLags', mayDelete: rows.length >= count };
    }
  }
  return { ...found, state: 'changing', mayDelete: false };
}

async function countOf(caller: Caller, datasetId: string, signal?: AbortSignal): Promise<number> {
  return (await caller.call('countDocuments', { path: { datasetId }, signal })).count;
}

async function allRows(
  caller: Caller,
  datasetId: string,
  count: number,
  { signal, onRows }: NonNullable<Parameters<typeof listDocuments>[2]>,
): Promise<DocumentRow[]> {
  const rows = new Map<string, DocumentRow>();
  let read = 0;
  for (let page = 1; ; page += 1) {
    const query = { page, pageSize: PAGE_SIZE };
    const { documents } = await caller.call('listDocuments', { path: { datasetId }, query, signal });
    for (const row of documents) rows.set(row.id, row);
    read += documents.length;
    onRows?.(rows.size, count);
    // A page may be shorter than asked because the server caps it: only an empty one, or the count, is an end.
    if (documents.length === 0 || (documents.length < PAGE_SIZE && read >= count)) break;
  }
  return [...rows.values()];
}

/** A list that answers with a page number and the total. */
type DatasetList = 'listOrganizationDatasets' | 'listPublished' | 'listUnpublished' | 'listDeletedDatasets';

/**
 * Rows of a list of datasets, page by page, each once.
 * @param pageSize the service takes at least 1000
 */
export async function* listDatasets(
  caller: Caller,
  list: DatasetList,
  options: { readonly organizationId?: string; readonly pageSize?: number; readonly signal?: AbortSignal | undefined },
) {
  const { organizationId = '', pageSize = 200, signal } = options;
  const seen = new Set<string>();
  for (let page = 1, read = 0; ; page += 1) {
    const given = { query: { page, pageSize }, signal };
    const { datasets, totalNumber } =
      list === 'listOrganizationDatasets'
        ? await caller.call(list, { path: { organizationId }, ...given })
        : await caller.call(list, given);
    read += datasets.length;
    const fresh = datasets.filter((row) => !seen.has(row.id));
    for (const row of fresh) seen.add(row.id);
    yield { rows: fresh, total: totalNumber ?? seen.size };
    if (
      datasets.length === 0 ||
      read >= (totalNumber ?? Infinity) ||
      (totalNumber === undefined && fresh.length === 0)
    ) {
      return;
    }
  }
}

export function notAdvancing(what: string): NdiError {
  return new NdiError({
    code: 'cloud.notAdvancing',
    message: `The list of ${what} does not advance: the server gives the same page again.`,
    recovery: 'Try again later; if it stays so, tell NDI Cloud’s support.',
  });
}
