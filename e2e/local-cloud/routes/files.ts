import { gzipSync } from 'node:zlib';
import { ok, refuse, type Answer } from '../answers.ts';
import { isoOf, type Cloud } from '../cloud.ts';
import { objectBody, type Request, type Routes } from '../request.ts';
import type { Row } from '../store/database.ts';
import { fileUidsOf } from '../store/documents.ts';
import { fieldsOf, jobOf, newJob, setJob } from '../store/jobs.ts';
import { fileJson, liveDocuments, ownDataset, visibleDataset } from './datasets.ts';
import { liveDocument } from './documents.ts';

const TIERS = ['STANDARD', 'STANDARD_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'];
const RESULT_LIFE_MS = 24 * 3600 * 1000;

export const fileRoutes: Routes = {
  fileUploadUrl(request) {
    const { cloud } = request;
    const key = `files/${datasetOfOrganization(request)}/${request.path['fileUid'] ?? ''}`;
    return ok({ url: cloud.urls.make(cloud.origin, 'PUT', key, cloud.settings.uploadUrlLifeSec, cloud.now()) });
  },

  fileCollectionUploadUrl(request) {
    const { cloud } = request;
    const datasetId = datasetOfOrganization(request);
    const jobId = newJob(cloud, 'files', datasetId);
    const key = `file-uploads/${datasetId}.${jobId}.zip`;
    return ok({ url: cloud.urls.make(cloud.origin, 'PUT', key, cloud.settings.uploadUrlLifeSec, cloud.now()), jobId });
  },

  listFiles(request) {
    const { cloud, query } = request;
    secondGeneration(cloud);
    const datasetId = String(visibleDataset(request)['id']);
    const limit = limitOf(query, 1000);
    const where = 'FROM files WHERE dataset_id = ?';
    const total = cloud.db.count(`SELECT count(*) AS n ${where}`, datasetId);
    const after = query.get('after') ?? '';
    const rows = cloud.db.all(`SELECT * ${where} AND uid > ? ORDER BY uid LIMIT ?`, datasetId, after, limit + 1);
    const files = rows.slice(0, limit);
    const cursor = files.at(-1)?.['uid'] ?? null;
    const page = { limit, count: files.length, cursor, hasMore: rows.length > limit, totalNumber: total };
    return ok({ datasetId, ...page, files: files.map(fileJson) });
  },

  fileDetail(request) {
    const { cloud } = request;
    const datasetId = String(visibleDataset(request)['id']);
    const uid = request.path['fileUid'] ?? '';
    const file = fileRow(cloud, datasetId, uid);
    if (file === undefined) throw refuse.error(404, 'File not found');
    const url = file['extracted'] === 1 ? { downloadUrl: downloadUrl(cloud, file) } : {};
    return ok({ uid, uploaded: file['uploaded'] === 1, size: file['size'], ...url });
  },

  signedUrlSet: (request) => urlSet(request, (datasetId) => liveDocument(request, datasetId)),
  signedUrlSetByNdiId: (request) => urlSet(request, (datasetId) => byNdiId(request, datasetId)),
  startSignedUrlSetJob: (request) => urlSetJob(request, (datasetId) => liveDocument(request, datasetId)),
  startSignedUrlSetJobByNdiId: (request) => urlSetJob(request, (datasetId) => byNdiId(request, datasetId)),

  getSignedUrlSetJob(request) {
    secondGeneration(request.cloud);
    return ok(jobJson(jobOf(request.cloud, request.path['jobId'] ?? '', 'urls')));
  },

  startFileTierJob(request): Answer {
    const { cloud } = request;
    secondGeneration(cloud);
    const datasetId = String(ownDataset(request)['id']);
    const { targetTier, documentSelectors } = objectBody(request);
    if (!TIERS.includes(String(targetTier))) {
      throw refuse.code(400, 'INVALID_TARGET_TIER', `The tier ${String(targetTier)} is not allowed`);
    }
    const wanted = (Array.isArray(documentSelectors) ? documentSelectors : []) as { id: string; kind?: string }[];
    const documents = wanted.flatMap(({ id, kind = 'cloud' }) => {
      const column = kind === 'ndi' ? 'ndi_id' : 'id';
      return cloud.db.all(`SELECT * FROM documents WHERE dataset_id = ? AND ${column} = ?`, datasetId, id);
    });
    const uids = documents.flatMap((row) => uidsOf(row, null));
    const jobId = newJob(cloud, 'tier', datasetId, {
      targetTier,
      fileCount: uids.length,
      filesDone: 0,
      filesFailed: 0,
    });
    cloud.later(cloud.settings.eventDelayMs, () => {
      for (const uid of uids) {
        cloud.db.run('UPDATE files SET tier = ? WHERE dataset_id = ? AND uid = ?', String(targetTier), datasetId, uid);
      }
      setJob(cloud, jobId, 'completed', { filesDone: uids.length });
    });
    const counts = { fileCount: uids.length, resolvedDocumentCount: documents.length, collateralDocumentIds: [] };
    return { status: 202, json: { jobId, ...counts } };
  },

  getFileTierJob(request) {
    secondGeneration(request.cloud);
    return ok(jobJson(jobOf(request.cloud, request.path['jobId'] ?? '', 'tier')));
  },

  listBulkUploads(request) {
    const datasetId = String(ownDataset(request)['id']);
    const state = request.query.get('state') ?? 'active';
    const states: Record<string, string[]> = { active: ['queued', 'extracting'], all: [] };
    const wanted = states[state] ?? [state];
    const jobs = request.cloud.db
      .all("SELECT * FROM jobs WHERE kind = 'files' AND dataset_id = ? ORDER BY created_at", datasetId)
      .filter((job) => wanted.length === 0 || wanted.includes(String(job['state'])));
    return ok({ datasetId, jobs: jobs.map(jobJson) });
  },

  getBulkUpload: (request) => ok(jobJson(jobOf(request.cloud, request.path['jobId'] ?? '', 'files'))),
};

export function fileRow(cloud: Cloud, datasetId: string, uid: string): Row | undefined {
  return cloud.db.get('SELECT * FROM files WHERE dataset_id = ? AND uid = ?', datasetId, uid);
}

/** The bytes of a branch's files stay where they were sent. */
function downloadUrl(cloud: Cloud, file: Row): string {
  const key = `files/${String(file['source'] ?? file['dataset_id'])}/${String(file['uid'])}`;
  return cloud.urls.make(cloud.origin, 'GET', key, cloud.settings.downloadUrlLifeSec, cloud.now());
}

/** The organization in the path has to be the dataset's own. @throws Refused 404 */
function datasetOfOrganization(request: Request): string {
  const row = ownDataset(request);
  if (row['organization_id'] !== request.path['organizationId']) throw refuse.notFound('Dataset');
  return String(row['id']);
}

function secondGeneration(cloud: Cloud): void {
  if (cloud.settings.generation === 1) throw refuse.message(404, 'Not Found');
}

function limitOf(query: URLSearchParams, fallback: number): number {
  const limit = Number(query.get('limit') ?? fallback);
  if (!Number.isInteger(limit) || limit < 1) throw refuse.message(400, 'limit must be a positive integer');
  return Math.min(limit, 1000);
}

/** @throws Refused 404 */
function byNdiId(request: Request, datasetId: string): Row {
  const { where, values } = liveDocuments(request.cloud);
  const sql = `SELECT * FROM documents WHERE dataset_id = ? AND ndi_id = ? AND ${where} ORDER BY id`;
  const row = request.cloud.db.get(sql, datasetId, request.path['ndiId'] ?? '', ...values);
  if (row === undefined) throw refuse.notFound('Document');
  return row;
}

function uidsOf(row: Row, series: string | null): string[] {
  return fileUidsOf(JSON.parse(String(row['body'])) as Record<string, unknown>, series);
}

function urlsOf(cloud: Cloud, datasetId: string, uids: readonly string[]): Record<string, string> {
  const rows = uids.map((uid) => fileRow(cloud, datasetId, uid)).filter((file) => file !== undefined);
  const files = rows.filter((file) => file['extracted'] === 1);
  return Object.fromEntries(files.map((file) => [String(file['uid']), downloadUrl(cloud, file)]));
}

function urlSet(request: Request, find: (datasetId: string) => Row): Answer {
  const { cloud, query } = request;
  secondGeneration(cloud);
  const datasetId = String(visibleDataset(request)['id']);
  const row = find(datasetId);
  const all = uidsOf(row, query.get('fileSeries'));
  const rest = all.filter((uid) => uid > (query.get('cursor') ?? ''));
  const page = rest.slice(0, limitOf(query, 500));
  const more = page.length < rest.length ? { nextCursor: page.at(-1) } : {};
  const counts = { totalCount: all.length, pageCount: page.length };
  const expiresAt = isoOf(cloud.now() + cloud.settings.downloadUrlLifeSec * 1000);
  return ok({ datasetId, documentId: row['id'], ...counts, ...more, expiresAt, files: urlsOf(cloud, datasetId, page) });
}

function urlSetJob(request: Request, find: (datasetId: string) => Row): Answer {
  const { cloud } = request;
  secondGeneration(cloud);
  const datasetId = String(visibleDataset(request)['id']);
  const row = find(datasetId);
  const uids = uidsOf(row, null);
  const jobId = newJob(cloud, 'urls', datasetId, { documentId: row['id'], signedCount: 0, totalCount: uids.length });
  cloud.later(cloud.settings.zipDelayMs, async () => {
    const result = gzipSync(JSON.stringify({ files: urlsOf(cloud, datasetId, uids) }));
    const key = `results/${jobId}.json.gz`;
    await cloud.objects.put(
      key,
      (async function* () {
        yield await Promise.resolve(result);
      })(),
    );
    const resultUrl = cloud.urls.make(cloud.origin, 'GET', key, RESULT_LIFE_MS / 1000, cloud.now());
    const expiresAt = isoOf(cloud.now() + RESULT_LIFE_MS);
    const size = { signedCount: uids.length, resultByteSize: result.byteLength };
    setJob(cloud, jobId, 'ready', { ...size, resultUrl, expiresAt });
  });
  const statusUrl = `/signed-url-set-jobs/${jobId}`;
  return { status: 202, json: { jobId, datasetId, documentId: row['id'], statusUrl, pollAfterSec: 1 } };
}

function jobJson(job: Row) {
  return {
    jobId: job['id'],
    datasetId: job['dataset_id'],
    state: job['state'],
    createdAt: isoOf(job['created_at']),
    startedAt: isoOf(job['started_at']) ?? null,
    completedAt: isoOf(job['completed_at']) ?? null,
    ...fieldsOf(job),
  };
}
