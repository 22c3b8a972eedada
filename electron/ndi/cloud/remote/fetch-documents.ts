import type { JsonObject, JsonValue } from '../../../../shared/model/document-json.ts';
import { objectOf, textOf } from '../../../../shared/model/documents.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { readZip, ZipFault } from '../../../files/zip-reader.ts';
import type { CloudApi } from '../api/cloud-api.ts';

/** A document as it came, or why it did not. */
export type Fetched =
  | { readonly cloudId: string; readonly document: JsonObject }
  | { readonly cloudId: string; readonly document: null; readonly reason: string };

const PAGE = 500;
const SMALLEST_PAGE = 25;
/** Above this many, archives that the service prepares are quicker than pages. */
const MANY = 20_000;
const ARCHIVE_DOCUMENTS = 2000;
const ARCHIVE_BYTES = 1024 ** 3;
/** Waiting for an archive: 2 s and more, for at most this long. */
const ARCHIVE_WAIT_MS = 120_000;

/**
 * Fetches documents by their addresses, each of them or the reason why not, a page at a time.
 * @throws NdiError cloud.*
 */
export async function* fetchDocuments(
  api: CloudApi,
  datasetId: string,
  cloudIds: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Fetched> {
  const many = cloudIds.length > MANY;
  let page = many ? ARCHIVE_DOCUMENTS : PAGE;
  for (let at = 0; at < cloudIds.length;) {
    const asked = cloudIds.slice(at, at + page);
    let found: Map<string, JsonObject>;
    try {
      found = many ? await fetchArchive(api, datasetId, asked, signal) : await fetchPage(api, datasetId, asked, signal);
    } catch (thrown) {
      if (many || page <= SMALLEST_PAGE || !isTooMuch(thrown)) throw thrown;
      page = Math.max(SMALLEST_PAGE, Math.floor(page / 2));
      continue;
    }
    for (const cloudId of asked) {
      const document = found.get(cloudId);
      yield document === undefined ? await fetchOne(api, datasetId, cloudId, signal) : { cloudId, document };
    }
    at += asked.length;
  }
}

/** The answer would not fit, or takes the server too long. */
function isTooMuch(thrown: unknown): boolean {
  if (!(thrown instanceof NdiError)) return false;
  return thrown.code === 'cloud.tooLarge' || [502, 504].includes(Number(thrown.details['status']));
}

async function fetchPage(
  api: CloudApi,
  datasetId: string,
  documentIds: string[],
  signal: AbortSignal | undefined,
): Promise<Map<string, JsonObject>> {
  const { documents } = await api.call('bulkFetchDocuments', { path: { datasetId }, body: { documentIds }, signal });
  return new Map(documents.map(({ id, data }) => [id, data as JsonObject]));
}

async function fetchOne(
  api: CloudApi,
  datasetId: string,
  cloudId: string,
  signal: AbortSignal | undefined,
): Promise<Fetched> {
  try {
    const document = await api.call('getDocument', { path: { datasetId, documentId: cloudId }, signal });
    return { cloudId, document: document as JsonObject };
  } catch (thrown) {
    if (!(thrown instanceof NdiError) || thrown.code !== 'cloud.notFound') throw thrown;
    return { cloudId, document: null, reason: 'gone during the download' };
  }
}

/** The archive that the service makes answers 404 until it is written. */
async function fetchArchive(
  api: CloudApi,
  datasetId: string,
  documentIds: string[],
  signal: AbortSignal | undefined,
): Promise<Map<string, JsonObject>> {
  const { pace } = api.http;
  const began = pace.now();
  const ask = async () => {
    const { url } = await api.call('bulkDownloadUrl', { path: { datasetId }, body: { documentIds }, signal });
    return url;
  };
  let url = await ask();
  for (let waitMs = 500, damaged = 0; ;) {
    try {
      return await readArchive(api, url, signal);
    } catch (thrown) {
      if (thrown instanceof ZipFault && (damaged += 1) < 3) {
        url = await ask();
        continue;
      }
      if (thrown instanceof ZipFault) throw damagedArchive(thrown);
      if (!(thrown instanceof NdiError) || thrown.code !== 'cloud.notFound') throw thrown;
      if (pace.now() - began > ARCHIVE_WAIT_MS) throw archiveTimeout(thrown);
    }
    await pace.sleep(waitMs, signal);
    waitMs = Math.min(waitMs * 1.5, 5000);
  }
}

async function readArchive(
  api: CloudApi,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Map<string, JsonObject>> {
  const parts: Buffer[] = [];
  for await (const part of api.storage.read({ url: () => Promise.resolve(url), signal })) parts.push(part);
  const documents = new Map<string, JsonObject>();
  for (const { content } of readZip(Buffer.concat(parts), ARCHIVE_BYTES)) {
    for (const held of parseList(content)) {
      const document = objectOf(held);
      const id = document === null ? '' : textOf(document['id'] ?? document['_id']);
      if (document !== null && id !== '') documents.set(id, document);
    }
  }
  return documents;
}

function parseList(content: Buffer): JsonValue[] {
  try {
    const value = JSON.parse(content.toString('utf8')) as JsonValue;
    return Array.isArray(value) ? value : [value];
  } catch (error) {
    throw new ZipFault('It holds no JSON.', { cause: error });
  }
}

function archiveTimeout(cause: unknown): NdiError {
  return new NdiError({
    code: 'cloud.timeout',
    message: 'NDI Cloud did not prepare the documents for download in time.',
    recovery: 'Start the download again: it goes on where it stopped.',
    cause,
  });
}

function damagedArchive(cause: ZipFault): NdiError {
  return new NdiError({
    code: 'cloud.badAnswer',
    message: `The archive of documents that NDI Cloud gave is damaged: ${cause.message}`,
    recovery: 'Start the download again; if it stays so, tell NDI Cloud’s support.',
    cause,
  });
}
