import { NdiError } from '../../../../shared/model/errors.ts';
import { repeatAlways, type CloudHttp } from '../http/cloud-http.ts';
import type { Received, StreamedBody } from '../http/exchange.ts';
import { transferLimits, type Limits } from '../http/limits.ts';
import { NetworkFault } from '../http/network-fault.ts';
import { backOffMs } from '../http/pace.ts';
import { storageError } from './storage-errors.ts';

/** Gives a signed URL that has just been made; asked anew for each attempt. */
export type FreshUrl = (signal?: AbortSignal) => Promise<string>;

export interface PutOptions {
  readonly url: FreshUrl;
  readonly body: StreamedBody;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of this attempt that have left; goes back to 0 when it is begun again. */
  readonly onProgress?: ((sentBytes: number) => void) | undefined;
  /** Attempts; the storage takes no parts, so each begins from zero. */
  readonly tries?: number;
}

/** Bytes `[fromByte, toByte)` of an object; without `toByte` to its end. */
export interface ReadOptions {
  readonly url: FreshUrl;
  readonly fromByte?: number;
  readonly toByte?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called once, when the first answer has come. */
  readonly onObject?: (object: StoredObject) => void;
}

export interface StoredObject {
  /** Size of the whole object. */
  readonly sizeBytes: number | null;
  /** Without quotes; for plain single PUTs the MD5 of the bytes, in hexadecimal. */
  readonly etag: string | null;
  /** Set where the server compressed the bytes although they were asked for as they are. */
  readonly encoding: string | null;
}

const READ_TRIES = 5;

/** Bytes behind signed URLs: they carry their own right, so no token ever goes along. */
export class CloudStorage {
  readonly #http: CloudHttp;
  readonly #apiHost: string;
  readonly #limits: Limits;

  /** @param base address of the API: its own host may hand out files too */
  constructor(http: CloudHttp, base: string, limits: Limits = transferLimits) {
    this.#http = http;
    this.#apiHost = new URL(base).host;
    this.#limits = limits;
  }

  /**
   * Stores one object.
   * @throws NdiError cloud.*
   */
  async put(options: PutOptions): Promise<{ etag: string | null }> {
    const { body, signal, onProgress } = options;
    return await this.#http.run({
      attempt: async () => {
        const url = this.#allowed(await options.url(signal));
        onProgress?.(0);
        const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(body.sizeBytes) };
        return { method: 'PUT', url, headers, body, limits: this.#limits, signal, onSent: onProgress };
      },
      retry: { ...repeatAlways, tries: options.tries ?? repeatAlways.tries },
      signal,
      read: async (received) => {
        await drain(received);
        return { etag: etagOf(received) };
      },
      refuse: storageError,
    });
  }

  /** Size and ETag, by asking for one byte: a HEAD on a URL signed for GET is refused. */
  async probe(url: FreshUrl, signal?: AbortSignal): Promise<StoredObject> {
    const received = await this.#open({ url, signal }, 0, 1).catch((thrown: unknown) => {
      // Nothing of an empty object can be asked for.
      if (thrown instanceof NdiError && thrown.details['status'] === 416) return null;
      throw thrown;
    });
    if (received === null) return { sizeBytes: 0, etag: null, encoding: null };
    const object = objectOf(received);
    // A server may answer the range with the whole object: that is left, not read.
    if (received.status === 206) await drain(received);
    else await leave(received);
    return object;
  }

  /**
   * Bytes of an object as they come. A broken transfer goes on from the byte that it had reached, with a fresh URL.
   * @throws NdiError cloud.*; cloud.interrupted also where the object became another one in between
   */
  async *read(options: ReadOptions): AsyncGenerator<Buffer> {
    const to = options.toByte ?? Infinity;
    let at = options.fromByte ?? 0;
    let seen: StoredObject | null = null;
    for (let failures = 0; at < to;) {
      const received = await this.#open(options, at, to);
      const object = objectOf(received);
      if (seen === null) options.onObject?.((seen = object));
      else if (object.etag !== seen.etag) throw changedMidway();
      try {
        for await (const part of wanted(received, at, to)) {
          at += part.byteLength;
          failures = 0;
          yield part;
        }
        return;
      } catch (thrown) {
        if (!(thrown instanceof NetworkFault)) throw thrown;
        failures += 1;
        if (failures >= READ_TRIES) throw thrown.toNdiError(this.#apiHost);
        await this.#http.pace.sleep(
          backOffMs(failures - 1, () => this.#http.pace.random()),
          options.signal,
        );
      }
    }
  }

  async #open({ url, signal }: Pick<ReadOptions, 'url' | 'signal'>, from: number, to: number): Promise<Received> {
    const range = from === 0 && to === Infinity ? {} : { Range: `bytes=${from}-${to === Infinity ? '' : to - 1}` };
    const attempt = async () => {
      const address = this.#allowed(await url(signal));
      // Archives were damaged in the field by a decompression that nobody had asked for.
      const headers = { 'Accept-Encoding': 'identity', ...range };
      return { method: 'GET', url: address, headers, limits: this.#limits, signal };
    };
    const read = (received: Received) => Promise.resolve(received);
    const ask = () => this.#http.run({ attempt, retry: repeatAlways, signal, read, refuse: storageError });
    try {
      return await ask();
    } catch (thrown) {
      // A URL from a cache may have run out: one more, made now.
      if (thrown instanceof NdiError && thrown.code === 'cloud.urlExpired') return await ask();
      throw thrown;
    }
  }

  #allowed(address: string): URL {
    const url = new URL(address);
    const known =
      url.host === this.#apiHost || /(^|\.)(s3[.-][a-z0-9-.]*amazonaws\.com|cloudfront\.net)$/.test(url.hostname);
    if (known) return url;
    throw new NdiError({
      code: 'cloud.badAnswer',
      message: `The server named a storage that does not belong to it: ${url.host}.`,
      recovery: 'Nothing was sent there. Check the address of the server.',
      details: { host: url.host },
    });
  }
}

/** The part of an answer that was asked for: a server may answer a range with everything. */
async function* wanted(received: Received, from: number, to: number): AsyncGenerator<Buffer> {
  let at = received.status === 206 ? from : 0;
  for await (const part of received.chunks()) {
    const kept = part.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += part.byteLength;
    if (kept.byteLength > 0) yield kept;
    if (at >= to) return;
  }
}

function objectOf({ status, headers }: Received): StoredObject {
  const total = status === 206 ? headers['content-range']?.split('/')[1] : headers['content-length'];
  const sizeBytes = total === undefined || total === '*' ? null : Number(total);
  return { sizeBytes, etag: etagOf({ headers }), encoding: headers['content-encoding'] ?? null };
}

function etagOf({ headers }: Pick<Received, 'headers'>): string | null {
  return headers.etag?.replace(/^W\//, '').replaceAll('"', '') ?? null;
}

async function drain(received: Received): Promise<void> {
  const chunks = received.chunks();
  while ((await chunks.next()).done !== true);
}

async function leave(received: Received): Promise<void> {
  const chunks = received.chunks();
  await chunks.next();
  await chunks.return(undefined);
}

function changedMidway(): NdiError {
  return new NdiError({
    code: 'cloud.interrupted',
    message: 'The file in the cloud was replaced while it was being read.',
    recovery: 'Fetch it again from the beginning.',
  });
}
