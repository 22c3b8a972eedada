import type { CloudApi } from '../api/cloud-api.ts';
import type { DocumentRow } from '../api/shapes.ts';

const PAGE_SIZE = 1000;

export interface FoundDocuments {
  readonly rows: readonly DocumentRow[];
  /** What to know about the list, for people; null for nothing. */
  readonly note: string | null;
}

/**
 * Documents of a dataset in the cloud, of a class or one derived from it. The service's query finds nothing for who is
 * signed out although the dataset is open (cloud reference, section 7): none is believed only where the count agrees.
 * @param isa null for all
 * @throws NdiError cloud.*, auth.*
 */
export async function findDocuments(
  api: CloudApi,
  datasetId: string,
  isa: string | null,
  signal?: AbortSignal,
): Promise<FoundDocuments> {
  if (isa === null) return { rows: (await api.listDocuments(datasetId, { signal })).rows, note: null };
  const found = await queried(api, datasetId, isa, signal);
  if (found.length > 0) return { rows: found, note: null };
  const every = await queried(api, datasetId, 'base', signal, 1);
  const { count } = await api.call('countDocuments', { path: { datasetId }, signal });
  if (every.length > 0 || count === 0) return { rows: [], note: null };
  const { rows } = await api.listDocuments(datasetId, { signal });
  return {
    rows: rows.filter(({ className }) => className === isa),
    note: 'Queries are not available signed out: only documents of exactly this class are listed.',
  };
}

async function queried(
  api: CloudApi,
  datasetId: string,
  isa: string,
  signal: AbortSignal | undefined,
  most = Infinity,
): Promise<DocumentRow[]> {
  const body = { scope: datasetId, searchstructure: [{ field: '', operation: 'isa', param1: isa, param2: '' }] };
  const rows = new Map<string, DocumentRow>();
  for (let page = 1; rows.size < most; page += 1) {
    const query = { page, pageSize: Math.min(PAGE_SIZE, most) };
    const { documents } = await api.call('ndiQuery', { query, body, signal });
    for (const row of documents) rows.set(row.id, row);
    if (documents.length < query.pageSize) break;
  }
  return [...rows.values()];
}
