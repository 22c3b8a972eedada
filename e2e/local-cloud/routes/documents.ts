import { created, done, nothing, ok, refuse, type Answer } from '../answers.ts';
import type { Cloud } from '../cloud.ts';
import { delayOf, idOf, objectBody, pageOf, type Request, type Routes } from '../request.ts';
import type { Row } from '../store/database.ts';
import { addDocument, replaceDocument } from '../store/documents.ts';
import { zipOf } from '../zip.ts';
import { liveDocuments, ownDataset, visibleDataset } from './datasets.ts';

const FETCH_LIMIT = 500;
const ZIP_LIFE_MS = 24 * 3600 * 1000;

export const documentRoutes: Routes = {
  addDocument(request) {
    const datasetId = String(ownDataset(request)['id']);
    return created({ id: addDocument(request.cloud, datasetId, documentBody(request)) });
  },

  listDocuments(request) {
    const { where, values } = liveDocuments(request.cloud);
    return rowsAnswer(request, String(visibleDataset(request)['id']), where, values, 1000);
  },

  listDeletedDocuments(request) {
    const id = String(ownDataset(request)['id']);
    return rowsAnswer(request, id, 'delete_command IS NOT NULL AND delete_at > ?', [request.cloud.now()], 20);
  },

  countDocuments(request) {
    const datasetId = String(visibleDataset(request)['id']);
    const live = liveDocuments(request.cloud);
    const all = request.query.get('includeDeleted') === 'true';
    const { where, values } = all ? { where: 'visible_at <= ?', values: [request.cloud.now()] } : live;
    const sql = `SELECT count(*) AS n FROM documents WHERE dataset_id = ? AND ${where}`;
    return ok({ datasetId, count: request.cloud.db.count(sql, datasetId, ...values) });
  },

  documentClassCounts(request) {
    const datasetId = String(visibleDataset(request)['id']);
    const { where, values } = liveDocuments(request.cloud);
    const sql = `SELECT class_name, count(*) AS n FROM documents WHERE dataset_id = ? AND ${where} GROUP BY class_name`;
    const counts = request.cloud.db.all<{ class_name: string; n: number }>(sql, datasetId, ...values);
    const totalDocuments = counts.reduce((sum, { n }) => sum + n, 0);
    const classCounts = Object.fromEntries(counts.map(({ class_name, n }) => [class_name || 'unknown', n]));
    return ok({ datasetId, totalDocuments, classCounts });
  },

  getDocument(request) {
    const row = liveDocument(request, String(visibleDataset(request)['id']));
    return ok({ ...(JSON.parse(String(row['body'])) as object), id: row['id'] });
  },

  updateDocument(request) {
    const row = liveDocument(request, String(ownDataset(request)['id']));
    replaceDocument(request.cloud, String(row['id']), documentBody(request));
    return ok({ id: row['id'], message: 'Document updated' });
  },

  deleteDocument(request): Answer {
    const row = liveDocument(request, String(ownDataset(request)['id']));
    return markDeleted(request.cloud, [String(row['id'])], request.query.get('when') ?? undefined);
  },

  bulkDeleteDocuments(request): Answer {
    const datasetId = String(ownDataset(request)['id']);
    const { documentIds, when } = objectBody(request);
    const ids = idList(documentIds, Infinity);
    const rows = ids.filter((id) => rowOf(request.cloud, datasetId, id) !== undefined);
    return markDeleted(request.cloud, rows, when);
  },

  bulkFetchDocuments(request) {
    const datasetId = String(visibleDataset(request)['id']);
    const ids = idList(objectBody(request)['documentIds'], FETCH_LIMIT);
    const rows = ids.map((id) => rowOf(request.cloud, datasetId, id)).filter((row) => row !== undefined);
    return ok({
      documents: rows.map((row) => ({ ...rowJson(row), data: JSON.parse(String(row['body'])) as unknown })),
    });
  },

  bulkUploadUrl(request) {
    const { cloud } = request;
    const key = `document-uploads/${String(ownDataset(request)['id'])}.${cloud.newId()}.zip`;
    return ok({ url: cloud.urls.make(cloud.origin, 'PUT', key, cloud.settings.uploadUrlLifeSec, cloud.now()) });
  },

  bulkDownloadUrl(request) {
    const { cloud } = request;
    const datasetId = String(visibleDataset(request)['id']);
    const asked = objectBody(request)['documentIds'];
    if (!Array.isArray(asked)) throw refuse.message(400, 'documentIds must be a list');
    const ids = asked.filter((id) => typeof id === 'string' && id !== '') as string[];
    const key = `downloads/${datasetId}.${cloud.newId()}.zip`;
    cloud.later(cloud.settings.zipDelayMs, () => writeZip(cloud, datasetId, ids, key));
    return ok({ url: cloud.urls.make(cloud.origin, 'GET', key, ZIP_LIFE_MS / 1000, cloud.now()) });
  },

  searchDocuments(request) {
    const { page, size, skip } = pageOf(request, 20);
    const sql = `SELECT * FROM documents WHERE dataset_id IN
      (SELECT id FROM datasets WHERE json_extract(record, '$.isPublished')) LIMIT ? OFFSET ?`;
    return ok({ documents: request.cloud.db.all(sql, size, skip).map(rowJson), page, pageSize: size });
  },
};

export function rowJson(row: Row) {
  const named = { ndiId: row['ndi_id'], name: row['name'], className: row['class_name'], datasetId: row['dataset_id'] };
  return { id: row['id'], ...named };
}

function documentBody(request: Request): Record<string, unknown> {
  const body = objectBody(request);
  if (typeof body['base'] !== 'object' || typeof body['document_class'] !== 'object') {
    throw refuse.message(400, 'A document has document_class and base');
  }
  return body;
}

/** @throws Refused 404 */
export function liveDocument(request: Request, datasetId: string): Row {
  const row = rowOf(request.cloud, datasetId, idOf(request, 'documentId'));
  if (row === undefined) throw refuse.notFound('Document');
  return row;
}

function rowOf(cloud: Cloud, datasetId: string, id: string): Row | undefined {
  const { where, values } = liveDocuments(cloud);
  return cloud.db.get(`SELECT * FROM documents WHERE dataset_id = ? AND id = ? AND ${where}`, datasetId, id, ...values);
}

function rowsAnswer(request: Request, datasetId: string, where: string, values: number[], defaultSize: number): Answer {
  const { page, size, skip } = pageOf(request, defaultSize);
  const sql = `SELECT id, ndi_id, name, class_name, dataset_id FROM documents WHERE dataset_id = ? AND ${where}
    ORDER BY id LIMIT ? OFFSET ?`;
  const rows = request.cloud.db.all(sql, datasetId, ...values, size, skip);
  return ok({ documents: rows.map(rowJson), page, pageSize: size });
}

function markDeleted(cloud: Cloud, ids: readonly string[], when: unknown): Answer {
  const delay = delayOf(when);
  cloud.db.transaction(() => {
    for (const id of ids) {
      const times = [cloud.now(), cloud.now() + delay, id];
      cloud.db.run('UPDATE documents SET delete_command = ?, delete_at = ? WHERE id = ?', ...times);
    }
  });
  return delay === 0 ? nothing : done(`${ids.length} documents will be deleted`);
}

/** A bare string is what MATLAB sends for a list of one; the service refuses it. @throws Refused 400 */
function idList(value: unknown, limit: number): string[] {
  if (!Array.isArray(value) || value.length === 0) throw refuse.message(400, 'documentIds must be a list of ids');
  if (value.length > limit) throw refuse.message(400, `documentIds may hold ${limit} ids`);
  if (!value.every((id) => typeof id === 'string' && /^[0-9a-f]{24}$/.test(id))) {
    throw refuse.message(400, 'documentIds holds what is no id');
  }
  return value as string[];
}

async function writeZip(cloud: Cloud, datasetId: string, ids: readonly string[], key: string): Promise<void> {
  const { where, values } = liveDocuments(cloud);
  const wanted = new Set(ids);
  const rows = cloud.db
    .all(`SELECT id, body FROM documents WHERE dataset_id = ? AND ${where} ORDER BY id`, datasetId, ...values)
    .filter(({ id }) => wanted.size === 0 || wanted.has(String(id)));
  const documents = rows.map(({ id, body }) => ({ ...(JSON.parse(String(body)) as object), id }));
  const zip = zipOf(`${datasetId}.json`, Buffer.from(JSON.stringify(documents)));
  await cloud.objects.put(
    key,
    (async function* () {
      yield await Promise.resolve(zip);
    })(),
  );
}
