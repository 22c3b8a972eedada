import { readFile } from 'node:fs/promises';
import { fetchFile } from '../../../ndi/cloud/transfer/fetch-files.ts';
import { downloadUrl } from '../../../ndi/cloud/remote/list-remote.ts';
import { parseCloudAddress } from '../../../ndi/cloud/transfer/cloud-locations.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import type { AccountsService } from '../accounts.ts';
import type { Jobs } from '../../jobs.ts';
import type { CloudFileCache } from './cloud-file-cache.ts';
import { FlightsJob, type Flying } from './flights-job.ts';

/** A file whose beginning is asked for is fetched whole up to this size: the next question finds it here. */
const WHOLE_BYTES = 16 * 1024 * 1024;

/** A file that is being fetched, and for how many. */
interface Flight extends Flying {
  readonly controller: AbortController;
  readonly promise: Promise<string>;
  waiters: number;
  bytes: number;
  done: number;
}

/** Files of NDI Cloud, fetched when somebody needs them: each once, whoever asks, and given up when nobody waits. */
export class CloudFiles {
  readonly cache: CloudFileCache;
  readonly #accounts: AccountsService;
  readonly #flights = new Map<string, Flight>();
  readonly #job: FlightsJob;

  constructor(cache: CloudFileCache, accounts: AccountsService, jobs: Jobs) {
    this.cache = cache;
    this.#accounts = accounts;
    this.#job = new FlightsJob({
      jobs,
      flying: () => [...this.#flights.values()],
      onCancel: () => {
        for (const { controller } of this.#flights.values()) controller.abort(cancelled());
      },
    });
  }

  /**
   * Path of a file on this machine, fetched if it is not here.
   * @param path its place in the cache
   * @param name for people
   * @throws NdiError cloud.*, auth.*, path.*; app.cancelled
   */
  async fetch(path: string, name: string, signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    // Given up a moment ago: what it has brought is gone on with, once it has ended.
    while (this.#flights.get(path)?.controller.signal.aborted === true) {
      await this.#flights.get(path)?.promise.catch(() => undefined);
    }
    if (this.cache.has(path)) {
      this.cache.used(path);
      return path;
    }
    const flight = this.#flights.get(path) ?? this.#begin(path, name);
    flight.waiters += 1;
    try {
      return await unlessAborted(flight.promise, signal);
    } finally {
      flight.waiters -= 1;
      if (flight.waiters === 0) flight.controller.abort();
    }
  }

  /** The beginning of a file and its size; small ones are fetched whole. @throws as `fetch` */
  async head(
    address: string,
    name: string,
    maxBytes: number,
    signal?: AbortSignal,
  ): Promise<{ sizeBytes: number; head: Uint8Array<ArrayBuffer> }> {
    const file = parseCloudAddress(address);
    const path = this.cache.pathOf(address);
    if (file === null || path === null) throw notInCloud(name);
    const api = this.#accounts.api();
    const url = async () => (await downloadUrl(api, file.datasetId, file.uid, signal)) ?? notInCloudNow(name);
    const sizeBytes = this.cache.has(path) ? 0 : ((await api.storage.probe(url, signal)).sizeBytes ?? 0);
    if (sizeBytes <= WHOLE_BYTES) {
      const whole = await readFile(await this.fetch(path, name, signal));
      return { sizeBytes: whole.byteLength, head: new Uint8Array(whole.subarray(0, maxBytes)) };
    }
    const parts: Uint8Array[] = [];
    for await (const part of api.storage.read({ url, fromByte: 0, toByte: maxBytes, signal })) parts.push(part);
    return { sizeBytes, head: new Uint8Array(Buffer.concat(parts)) };
  }

  /**
   * Does what needs files, and fetches those that turn out to lie in the cloud, until it can be done.
   * @param nameOf what people call the file at a path of the cache, where that is known
   * @throws as `fetch`, and whatever the work throws besides
   */
  async onDemand<T>(
    work: () => T | Promise<T>,
    signal?: AbortSignal,
    nameOf: (path: string) => string | undefined = () => undefined,
  ): Promise<T> {
    const fetched = new Set<string>();
    for (;;) {
      try {
        return await work();
      } catch (thrown) {
        const missing = this.#missingIn(thrown);
        if (missing === null) throw thrown;
        if (fetched.has(missing.path)) throw budgetTooSmall(this.cache.budgetBytes);
        fetched.add(await this.fetch(missing.path, nameOf(missing.path) ?? missing.name, signal));
      }
    }
  }

  /** The file of the cloud that a failure is about. */
  #missingIn(thrown: unknown): { path: string; name: string } | null {
    if (!(thrown instanceof NdiError)) return null;
    const { path, file } = thrown.details;
    if (typeof path !== 'string') return null;
    if (thrown.code === 'document.fileMissing') {
      const kept = this.cache.pathOf(path);
      return kept === null ? null : { path: kept, name: String(file) };
    }
    if (thrown.code !== 'path.missing' && thrown.code !== 'path.vanished') return null;
    const held = this.cache.fileAt(path);
    return held === null ? null : { path, name: held.uid };
  }

  #begin(path: string, name: string): Flight {
    const held = this.cache.fileAt(path);
    if (held === null) throw notInCloud(name);
    const controller = new AbortController();
    const flight: Flight = {
      controller,
      name,
      waiters: 0,
      bytes: 0,
      done: 0,
      promise: this.#fly(path, held, controller),
    };
    this.#flights.set(path, flight);
    this.#job.show();
    // Whoever waits hears of it; nobody may wait any more.
    flight.promise.catch(() => undefined);
    return flight;
  }

  async #fly(path: string, held: { datasetId: string; uid: string }, { signal }: AbortController): Promise<string> {
    // The flight is registered first.
    await Promise.resolve();
    const flight = this.#flights.get(path);
    let fault: unknown = null;
    try {
      const { datasetId, uid } = held;
      const api = this.#accounts.api();
      const file = { uid, name: flight?.name ?? uid, bytes: null };
      await fetchFile(api, datasetId, file, {
        target: path,
        part: this.cache.partOf(datasetId, uid),
        signal,
        onSize: (sizeBytes) => {
          if (flight !== undefined) flight.bytes = sizeBytes;
        },
        onBytes: (_, done) => {
          if (flight !== undefined) flight.done = done;
          this.#job.report();
          return Promise.resolve();
        },
      });
      this.cache.used(path);
      this.cache.makeRoom();
      return path;
    } catch (thrown) {
      fault = signal.aborted ? null : thrown;
      throw thrown;
    } finally {
      this.#flights.delete(path);
      this.#job.landed(flight?.done ?? 0, fault);
    }
  }
}

/** The promise, or the signal's reason where that comes first. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  const stop = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason of the signal, as everywhere
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: stop.signal });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stop.abort();
  }
}

function cancelled(): NdiError {
  return new NdiError({
    code: 'app.cancelled',
    message: 'Fetching the file from NDI Cloud was cancelled.',
    recovery: 'Try again: it goes on from what has arrived.',
  });
}

function notInCloud(name: string): NdiError {
  return new NdiError({
    code: 'document.fileMissing',
    message: `The file “${name}” does not lie in NDI Cloud.`,
    recovery: 'Copy the file into the session, or download it from where it is kept.',
    details: { file: name },
  });
}

function notInCloudNow(name: string): never {
  throw new NdiError({
    code: 'cloud.notFound',
    message: `The file “${name}” is not available in the cloud.`,
    recovery: 'Ask whoever published the dataset to send it again.',
    details: { file: name },
  });
}

function budgetTooSmall(budgetBytes: number): NdiError {
  return new NdiError({
    code: 'path.noSpace',
    message: `What is needed at once does not fit into the ${Math.round(budgetBytes / 1e6)} MB that files of NDI Cloud may take.`,
    recovery: 'Raise “Files of NDI Cloud” in the settings, or look at less at a time.',
  });
}
