import { hash } from 'node:crypto';
import type { NdiDocument } from '../../../../shared/model/documents.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { makeId } from '../../../../shared/model/ids.ts';
import { zipOf } from '../../../files/zip-writer.ts';
import { whenFree } from '../../database/when-free.ts';
import { toWire } from '../api/document-wire.ts';
import { cloudIdOf } from '../api/shapes.ts';
import { type ContentHash, measureContent } from '../sync/canonical.ts';
import { inParallel } from './in-parallel.ts';
import { beforeLastByte } from './last-byte.ts';
import { reasonOf, stopsRun, type Transfer } from './transfer.ts';

/** An archive of documents: small enough to be built in memory and to be taken in quickly (cloud reference, 12.3). */
const CHUNK_DOCUMENTS = 2000;
const CHUNK_BYTES = 20_000_000;
const CHUNKS_AT_ONCE = 2;
/** Listing a large dataset to see whether documents have arrived is dear: it is counted first. */
const LISTED_OFTEN = 5000;

interface Chunk {
  readonly ids: readonly string[];
  readonly parts: readonly string[];
}

/** What was sent, by id: the content as it was when it left. */
export type SentDocuments = Map<string, ContentHash>;

/**
 * Sends documents that the cloud does not have, in archives, and waits until each is listed; what does not appear is
 * posted by itself. Failures of single documents are in the tally.
 * @param listed how many documents the cloud listed before
 * @throws NdiError auth.*, cloud.* where everything stops
 */
export async function sendDocuments(
  transfer: Transfer,
  ids: readonly string[],
  listed: number,
): Promise<SentDocuments> {
  const sent: SentDocuments = new Map();
  if (ids.length === 0) return sent;
  transfer.meter.begin('sending documents');
  transfer.meter.expect({ documents: ids.length });
  if (postsSingly(process.env)) {
    await postEach(transfer, ids, sent);
    return sent;
  }
  await inParallel(chunksOf(transfer, ids, sent), CHUNKS_AT_ONCE, (chunk) => sendChunk(transfer, chunk));
  transfer.meter.begin('waiting for the documents to arrive');
  const missing = await waitUntilListed(transfer, [...sent.keys()], listed + sent.size);
  transfer.tally.sent += sent.size - missing.length;
  transfer.tally.verified += sent.size - missing.length;
  if (missing.length > 0) {
    transfer.tally.resentSingly += missing.length;
    await postEach(transfer, missing, sent);
  }
  for (const { chunk } of transfer.journal.openChunks()) transfer.journal.forgetChunk(chunk);
  return sent;
}

/** NDI's own switch (cloud reference, section 3.6). */
function postsSingly(environment: NodeJS.ProcessEnv): boolean {
  return ['true', '1', 'yes'].includes((environment['NDI_CLOUD_UPLOAD_NO_ZIP'] ?? '').toLowerCase());
}

/** Archives' worth of documents; the next is read only when one has gone. */
async function* chunksOf(transfer: Transfer, ids: readonly string[], sent: SentDocuments): AsyncGenerator<Chunk> {
  let [held, parts, bytes]: [string[], string[], number] = [[], [], 0];
  for (const id of ids) {
    const document = await stillHere(transfer, id);
    if (document === null) continue;
    const part = JSON.stringify(toWire(document));
    if (held.length > 0 && (held.length >= CHUNK_DOCUMENTS || bytes + part.length > CHUNK_BYTES)) {
      yield { ids: held, parts };
      [held, parts, bytes] = [[], [], 0];
    }
    held.push(id);
    parts.push(part);
    bytes += part.length;
    sent.set(id, measureContent(document).hash);
  }
  if (held.length > 0) yield { ids: held, parts };
}

/** A document that was planned to be sent; null where it has been removed since. */
async function stillHere(transfer: Transfer, id: string): Promise<NdiDocument | null> {
  const { copy } = transfer;
  return await whenFree(() => (copy.has(id) ? copy.document(id) : null), transfer);
}

async function sendChunk(transfer: Transfer, { ids, parts }: Chunk): Promise<void> {
  const { api, datasetId, signal, journal, meter, throttle, tally } = transfer;
  const name = makeId();
  const zip = zipOf({ [`${name}.json`]: Buffer.from(`[${parts.join(',')}]`) });
  const body = {
    sizeBytes: zip.byteLength,
    async *chunks() {
      await throttle.pass(zip.byteLength, signal);
      yield zip;
    },
  };
  let chunk = null as string | null;
  try {
    await api.storage.put({
      url: async (aborted) => (await api.call('bulkUploadUrl', { path: { datasetId }, signal: aborted })).url,
      body: beforeLastByte(body, () => (chunk ??= journal.noteChunk(ids, hash('sha256', zip)))),
      signal,
    });
    if (chunk !== null) journal.chunkSent(chunk);
    tally.sentBytes += zip.byteLength;
  } catch (thrown) {
    if (stopsRun(thrown, signal)) throw thrown;
    // Whether it arrived shows when the documents are looked for; what is missing is posted by itself.
  }
  meter.documentsDone(ids.length);
}

/**
 * Waits until the cloud lists all of some documents.
 * @param expected what it should count then
 * @param options when the waiting began, and how long it may last; by their number without it
 * @returns those that did not appear
 */
export async function waitUntilListed(
  transfer: Transfer,
  ids: readonly string[],
  expected: number,
  options: { readonly began?: number; readonly limitMs?: number } = {},
): Promise<string[]> {
  const { api, datasetId, signal } = transfer;
  const { pace } = api.http;
  const { began = pace.now(), limitMs = 120_000 + 10 * ids.length } = options;
  let missing = [...ids];
  for (let waitMs = 250; missing.length > 0; waitMs = Math.min(10_000, waitMs * 1.6)) {
    const late = pace.now() - began > limitMs;
    const { count } = await api.call('countDocuments', { path: { datasetId }, signal });
    if (count >= expected || count <= LISTED_OFTEN || late) {
      const { rows } = await api.listDocuments(datasetId, { signal });
      const there = new Set(rows.map(({ ndiId }) => ndiId));
      missing = missing.filter((id) => !there.has(id));
    }
    if (late || missing.length === 0) break;
    await pace.sleep(waitMs, signal);
  }
  return missing;
}

/** Posts documents one by one. */
async function postEach(transfer: Transfer, ids: readonly string[], sent: SentDocuments): Promise<void> {
  const { tally, meter, signal } = transfer;
  await inParallel(ids, 4, async (id) => {
    const document = await stillHere(transfer, id);
    if (document === null) return;
    try {
      await postOne(transfer, id, toWire(document));
      sent.set(id, measureContent(document).hash);
      tally.sent += 1;
      tally.verified += 1;
    } catch (thrown) {
      if (stopsRun(thrown, signal)) throw thrown;
      tally.fail(id, reasonOf(thrown));
      sent.delete(id);
    }
    meter.documentsDone(1);
  });
}

type WireDocument = ReturnType<typeof toWire>;

/** Posting twice makes two records: where the outcome is open, it is looked for first (cloud reference, section 17). */
async function postOne(transfer: Transfer, id: string, document: WireDocument): Promise<void> {
  const { api, datasetId, signal } = transfer;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await api.call('addDocument', { path: { datasetId }, body: document as never, signal });
      return;
    } catch (thrown) {
      const open = thrown instanceof NdiError && thrown.details['outcomeUnknown'] === true;
      if (!open) throw thrown;
      if (await appears(transfer, id)) return;
      if (attempt >= 2) throw thrown;
    }
  }
}

const APPEARS_WITHIN_MS = 10_000;

async function appears(transfer: Transfer, id: string): Promise<boolean> {
  const { api, datasetId, signal } = transfer;
  const began = api.http.pace.now();
  for (let waitMs = 250; ; waitMs *= 2) {
    const { rows } = await api.listDocuments(datasetId, { signal });
    if (rows.some((row) => row.ndiId === id && cloudIdOf(row) !== '')) return true;
    if (api.http.pace.now() - began > APPEARS_WITHIN_MS) return false;
    await api.http.pace.sleep(waitMs, signal);
  }
}
