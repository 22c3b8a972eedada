import { created, done, nothing, ok, refuse, type Answer } from '../answers.ts';
import { isoOf, type Cloud } from '../cloud.ts';
import { delayOf, idOf, maybeUser, objectBody, pageOf, userOf, type Request, type Routes } from '../request.ts';
import type { Row } from '../store/database.ts';
import { organizationsOf } from './accounts.ts';

/** A dataset's metadata that only the full record shows. */
const NOT_IN_LISTS = [
  'species',
  'neurons',
  'numberOfSubjects',
  'brainRegions',
  'pubMedId',
  'affiliation',
  'associatedPublications',
  'isSubmitted',
  'files',
  'fileCount',
  'documents',
];
/** What a client cannot set. */
const OWN_FIELDS = ['_id', 'id', 'organizationId', 'isPublished', 'isDeleted', 'createdAt', 'updatedAt', 'totalSize'];
const UNDELETE_GRACE_MS = 0;

export const datasetRoutes: Routes = {
  createDataset(request) {
    const { cloud } = request;
    const organizationId = idOf(request, 'organizationId');
    const own = organizationsOf(cloud, String(userOf(request)['id']));
    const organization = own.find((row) => row['id'] === organizationId);
    if (organization === undefined) throw refuse.nested(403, 'You are not a member of this organization');
    if (organization['can_upload'] !== 1) throw refuse.nested(400, 'This organization may not upload datasets');
    const body = objectBody(request);
    if (typeof body['name'] !== 'string' || body['name'] === '') throw refuse.nested(400, 'name is required');
    const id = addDataset(cloud, organizationId, body);
    return created({ ...recordOf(cloud, datasetRow(cloud, id)), id });
  },

  listOrganizationDatasets(request) {
    const organizationId = idOf(request, 'organizationId');
    const user = userOf(request);
    const isMember = organizationsOf(request.cloud, String(user['id'])).some((row) => row['id'] === organizationId);
    if (!isMember && user['is_admin'] !== 1) throw refuse.message(403, 'You are not a member of this organization');
    return pageOfDatasets(request, 'organization_id = ?', [organizationId]);
  },

  listPublished: (request) => pageOfDatasets(request, "json_extract(record, '$.isPublished')", []),

  listUnpublished(request) {
    const mine = membership(request);
    const submitted = "json_extract(record, '$.isSubmitted') AND NOT json_extract(record, '$.isPublished')";
    return pageOfDatasets(request, `${submitted} AND ${mine.where}`, mine.values);
  },

  listDeletedDatasets(request) {
    const mine = membership(request);
    return pageOfDatasets(request, mine.where, mine.values, 'delete_command IS NOT NULL AND delete_at > ?');
  },

  searchDatasets: (request) => pageOfDatasets(request, "json_extract(record, '$.isPublished')", []),

  listBookmarks(request) {
    const bookmarked = 'id IN (SELECT dataset_id FROM bookmarks WHERE user_id = ?)';
    return pageOfDatasets(request, bookmarked, [request.path['userId'] ?? '']);
  },

  getDataset: (request) => ok(recordOf(request.cloud, visibleDataset(request))),

  updateDataset(request) {
    const row = ownDataset(request);
    const change = Object.entries(objectBody(request)).filter(([key]) => !OWN_FIELDS.includes(key));
    updateRecord(request.cloud, String(row['id']), Object.fromEntries(change));
    return ok(recordOf(request.cloud, datasetRow(request.cloud, String(row['id']))));
  },

  deleteDataset(request): Answer {
    const { cloud } = request;
    const row = ownDataset(request);
    const delay = delayOf(request.query.get('when') ?? undefined);
    const times = [cloud.now(), cloud.now() + delay, String(row['id'])];
    cloud.db.run('UPDATE datasets SET delete_command = ?, delete_at = ? WHERE id = ?', ...times);
    return delay === 0 ? nothing : done('Dataset will be deleted');
  },

  undeleteDataset(request) {
    const { cloud } = request;
    const row = datasetRow(cloud, idOf(request, 'datasetId'));
    mustBeMember(request, row);
    if (row['delete_command'] === null || Number(row['delete_at']) + UNDELETE_GRACE_MS <= cloud.now()) {
      throw refuse.notFound('Dataset');
    }
    const values = [cloud.visibleAt(), String(row['id'])];
    cloud.db.run('UPDATE datasets SET delete_command = NULL, delete_at = NULL, visible_at = ? WHERE id = ?', ...values);
    return done('Dataset will be restored');
  },

  submitDataset(request) {
    updateRecord(request.cloud, String(ownDataset(request)['id']), { isSubmitted: true });
    return done('Dataset submitted');
  },

  publishDataset: (request) => publish(request, true),
  unpublishDataset: (request) => publish(request, false),

  createBranch(request) {
    const { cloud } = request;
    const row = visibleDataset(request);
    const { branchName } = (request.body ?? {}) as { branchName?: string };
    const record = JSON.parse(String(row['record'])) as Record<string, unknown>;
    const kept = Object.entries(record).filter(([key]) => !['isPublished', 'isSubmitted'].includes(key));
    const fields = { ...Object.fromEntries(kept), branchName: branchName ?? 'branch', branchOf: row['id'] };
    const id = addDataset(cloud, String(row['organization_id']), fields);
    for (const document of cloud.db.all('SELECT * FROM documents WHERE dataset_id = ?', String(row['id']))) {
      const { ndi_id, name, class_name, body } = document as Record<string, string>;
      const copied = [cloud.newId(), id, ndi_id ?? '', name ?? '', class_name ?? '', body ?? '', cloud.visibleAt()];
      cloud.db.run('INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)', ...copied);
    }
    cloud.db.run(
      `INSERT INTO files SELECT ?, uid, size, uploaded, extracted, coalesce(source, dataset_id), tier FROM files
       WHERE dataset_id = ?`,
      ...[id, String(row['id'])],
    );
    return ok({ id });
  },

  listBranches(request) {
    const { cloud } = request;
    const branches = cloud.db.all(
      "SELECT * FROM datasets WHERE json_extract(record, '$.branchOf') = ? AND delete_command IS NULL ORDER BY id",
      String(visibleDataset(request)['id']),
    );
    return ok({ branches: branches.map((row) => listRow(cloud, row)) });
  },
};

export function addDataset(cloud: Cloud, organizationId: string, metadata: Record<string, unknown>): string {
  const id = cloud.newId();
  const now = isoOf(cloud.now());
  const fixed = { isSubmitted: false, isPublished: false, isDeleted: false, createdAt: now, updatedAt: now };
  const record = JSON.stringify({ ...metadata, ...fixed });
  cloud.db.run('INSERT INTO datasets VALUES (?, ?, ?, ?, NULL, NULL)', id, organizationId, record, cloud.visibleAt());
  return id;
}

export function updateRecord(cloud: Cloud, id: string, change: Record<string, unknown>): void {
  const record = cloud.db.get('SELECT record FROM datasets WHERE id = ?', id)?.['record'] ?? '{}';
  const changed = { ...(JSON.parse(String(record)) as object), ...change, updatedAt: isoOf(cloud.now()) };
  cloud.db.run('UPDATE datasets SET record = ? WHERE id = ?', JSON.stringify(changed), id);
}

/** The dataset of the path, if the caller may see it; one that he may not is not found. @throws Refused */
export function visibleDataset(request: Request, name = 'datasetId'): Row {
  const { cloud } = request;
  const row = datasetRow(cloud, idOf(request, name));
  const gone = row['delete_command'] !== null || Number(row['visible_at']) > cloud.now();
  if (gone || !maySee(cloud, maybeUser(request), row)) throw refuse.notFound('Dataset');
  return row;
}

/** As {@link visibleDataset}, for changes: members and administrators only. */
export function ownDataset(request: Request, name = 'datasetId'): Row {
  const row = visibleDataset(request, name);
  mustBeMember(request, row);
  return row;
}

export function maySee(cloud: Cloud, user: Row | null, row: Row): boolean {
  return isPublished(row) || (user !== null && isMember(cloud, user, row));
}

export function datasetRow(cloud: Cloud, id: string): Row {
  const row = cloud.db.get('SELECT * FROM datasets WHERE id = ?', id);
  if (row === undefined) throw refuse.notFound('Dataset');
  return row;
}

/** Document rows that can be read now. */
export function liveDocuments(cloud: Cloud): { where: string; values: number[] } {
  const listedSince = cloud.now() - cloud.settings.deletedListedMs;
  return {
    where: 'visible_at <= ? AND (delete_command IS NULL OR delete_command > ?)',
    values: [cloud.now(), listedSince],
  };
}

function isPublished(row: Row): boolean {
  return (JSON.parse(String(row['record'])) as { isPublished?: boolean }).isPublished === true;
}

function isMember(cloud: Cloud, user: Row, row: Row): boolean {
  if (user['is_admin'] === 1) return true;
  return organizationsOf(cloud, String(user['id'])).some(({ id }) => id === row['organization_id']);
}

function mustBeMember(request: Request, row: Row): void {
  if (!isMember(request.cloud, userOf(request), row)) throw refuse.message(403, 'Forbidden');
}

function membership(request: Request): { where: string; values: string[] } {
  const user = userOf(request);
  if (user['is_admin'] === 1) return { where: '1', values: [] };
  const where = 'organization_id IN (SELECT organization_id FROM members WHERE user_id = ?)';
  return { where, values: [String(user['id'])] };
}

function publish(request: Request, isPublished: boolean): Answer {
  const { cloud } = request;
  const id = String(visibleDataset(request)['id']);
  if (userOf(request)['is_admin'] !== 1) throw refuse.message(403, 'Only administrators can do this');
  const [flag, progress] = isPublished ? ['isPublishing', 'publishProgress'] : ['isUnpublishing', 'unpublishProgress'];
  updateRecord(cloud, id, { [flag]: true, [progress]: { total: 1, completed: 0, failed: 0 } });
  cloud.later(cloud.settings.publishDelayMs, () =>
    updateRecord(cloud, id, { isPublished, [flag]: false, [progress]: { total: 1, completed: 1, failed: 0 } }),
  );
  return done(isPublished ? 'Publishing' : 'Unpublishing');
}

function pageOfDatasets(request: Request, where: string, values: string[], state?: string): Answer {
  const { cloud } = request;
  const { page, size, skip } = pageOf(request, 20);
  const filter = `FROM datasets WHERE (${where}) AND ${state ?? 'delete_command IS NULL AND visible_at <= ?'}`;
  const total = cloud.db.count(`SELECT count(*) AS n ${filter}`, ...values, cloud.now());
  const rows = cloud.db.all(`SELECT * ${filter} ORDER BY id DESC LIMIT ? OFFSET ?`, ...values, cloud.now(), size, skip);
  return ok({ totalNumber: total, page, pageSize: size, datasets: rows.map((row) => listRow(cloud, row)) });
}

function listRow(cloud: Cloud, row: Row): Record<string, unknown> {
  const { _id, ...record } = recordOf(cloud, row) as Record<string, unknown>;
  const kept = Object.fromEntries(Object.entries(record).filter(([key]) => !NOT_IN_LISTS.includes(key)));
  const deleted = {
    deleteCommandTime: isoOf(row['delete_command']),
    deleteOccurrenceTime: isoOf(row['delete_at']),
    isDeleted: row['delete_command'] !== null,
  };
  return { id: _id, ...kept, ...(row['delete_command'] === null ? {} : deleted) };
}

function recordOf(cloud: Cloud, row: Row) {
  const id = String(row['id']);
  const { where, values } = liveDocuments(cloud);
  const count = cloud.db.count(`SELECT count(*) AS n FROM documents WHERE dataset_id = ? AND ${where}`, id, ...values);
  const files = cloud.db.all('SELECT * FROM files WHERE dataset_id = ? ORDER BY uid', id);
  const totalSize = files.reduce((sum, file) => sum + Number(file['size']), 0);
  const rows = { files: files.map(fileJson) };
  return {
    _id: id,
    organizationId: row['organization_id'],
    ...(JSON.parse(String(row['record'])) as object),
    documentCount: count,
    totalSize,
    // Known to be partial in the service: nobody may count on it.
    documents: [],
    ...(cloud.settings.generation === 1 ? rows : { fileCount: files.length }),
    __v: 0,
  };
}

export function fileJson(file: Row) {
  const source = file['source'] === null ? {} : { sourceDatasetId: file['source'] };
  return { uid: file['uid'], uploaded: file['uploaded'] === 1, size: file['size'], ...source };
}
