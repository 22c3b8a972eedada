import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { refuse } from './answers.ts';
import type { Cloud } from './cloud.ts';
import type { Fault } from './faults.ts';
import { handleUpload } from './storage-events.ts';
import type { StoredObject } from './store/objects.ts';
import { never, received, write } from './wire.ts';

/** Objects behind signed addresses, as Amazon's storage gives and takes them. Gives the status. @throws Refused */
export async function serveObject(
  cloud: Cloud,
  request: IncomingMessage,
  response: ServerResponse,
  { key, query, fault }: { key: string; query: URLSearchParams; fault: Fault | null },
): Promise<number> {
  if (request.headers.authorization !== undefined) {
    throw refuse.storage(400, 'InvalidArgument', 'Only one auth mechanism allowed');
  }
  cloud.urls.check(request.method ?? '', key, query, cloud.now());
  if (request.method === 'PUT') return await put(cloud, request, response, key, fault);
  return await get(cloud, request, response, key, fault);
}

async function put(
  cloud: Cloud,
  request: IncomingMessage,
  response: ServerResponse,
  key: string,
  fault: Fault | null,
): Promise<number> {
  if (request.headers['content-length'] === undefined) {
    throw refuse.storage(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  const discard = cloud.settings.discardBytes && key.startsWith('files/');
  const flipAtByte = fault?.corruptAtByte ?? (fault?.corrupt === true ? 0 : null);
  const object = await cloud.objects.put(key, received(request, fault), { flipAtByte, discard });
  if (fault?.loseEvent !== true) {
    cloud.later(cloud.settings.eventDelayMs, () => handleUpload(cloud, object));
  }
  await write(
    response,
    { status: 200, headers: { ETag: `"${etagOf(object, fault)}"` } },
    { dateMs: cloud.now(), fault: null },
  );
  return 200;
}

async function get(
  cloud: Cloud,
  request: IncomingMessage,
  response: ServerResponse,
  key: string,
  fault: Fault | null,
): Promise<number> {
  const object = cloud.objects.get(key, cloud.now());
  if (object === null) throw refuse.storage(404, 'NoSuchKey', 'The specified key does not exist.');
  refuseArchived(cloud, key);
  const range = fault?.ignoreRange === true ? null : rangeOf(request.headers.range, object.size);
  const [from, to] = range ?? [0, object.size];
  const status = range === null ? 200 : 206;
  const zipped = fault?.gzip === true;
  response.sendDate = false;
  response.writeHead(status, {
    Date: new Date(cloud.now()).toUTCString(),
    ETag: `"${etagOf(object, fault)}"`,
    'Content-Type': 'application/octet-stream',
    'Accept-Ranges': 'bytes',
    ...(zipped ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': to - from }),
    ...(range === null ? {} : { 'Content-Range': `bytes ${from}-${to - 1}/${object.size}` }),
  });
  await send(request, response, bytesOf(object, from, to, zipped), fault);
  return status;
}

function etagOf({ etag }: { readonly etag: string }, fault: Fault | null): string {
  if (fault?.wrongEtag === true) return '0'.repeat(32);
  return fault?.partsEtag === true ? `${etag}-1` : etag;
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: AsyncIterable<Buffer>,
  fault: Fault | null,
): Promise<void> {
  let sent = 0;
  const limit = fault?.cutAnswerAtBytes ?? fault?.stallAnswerAtBytes ?? Infinity;
  for await (const part of bytes) {
    if (response.destroyed) return;
    const kept = part.subarray(0, limit - sent);
    sent += kept.byteLength;
    if (!response.write(kept)) await drained(response);
    if (sent < limit) continue;
    if (fault?.cutAnswerAtBytes === undefined) await never(request);
    response.destroy();
    return;
  }
  response.end();
}

/** Nothing of a wait stays behind: a large object has many. */
async function drained(response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

async function* bytesOf(object: StoredObject, from: number, to: number, zipped: boolean): AsyncGenerator<Buffer> {
  if (to === from) return;
  const bytes = createReadStream(object.path, { start: from, end: to - 1 });
  yield* (zipped ? bytes.pipe(createGzip()) : bytes) as AsyncIterable<Buffer>;
}

/** `[from, to)` of a Range header; null without one. @throws Refused 416 */
function rangeOf(header: string | undefined, size: number): [from: number, to: number] | null {
  if (header === undefined) return null;
  const match = /^bytes=(\d*)-(\d*)$/.exec(header);
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  const from = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const to = match[1] === '' || match[2] === '' ? size : Math.min(size, Number(match[2]) + 1);
  if (from >= size || to <= from) throw refuse.storage(416, 'InvalidRange', 'The requested range is not satisfiable');
  return [from, to];
}

/** Files of the cold tiers have to be brought back first. @throws Refused 403 */
function refuseArchived(cloud: Cloud, key: string): void {
  const [bucket, datasetId = '', uid = ''] = key.split('/');
  if (bucket !== 'files') return;
  const file = cloud.db.get('SELECT tier FROM files WHERE dataset_id = ? AND uid = ?', datasetId, uid);
  if (file !== undefined && ['GLACIER', 'DEEP_ARCHIVE'].includes(String(file['tier']))) {
    throw refuse.storage(403, 'InvalidObjectState', 'The operation is not valid for the object’s storage class');
  }
}
