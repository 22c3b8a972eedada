import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withFile } from '../../../shared/model/document-files.ts';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import { documentId, type NdiDocument, withValues } from '../../../shared/model/documents.ts';
import type { SyncPlan } from '../../../shared/model/sync.ts';
import { addLinkedSession } from '../../../electron/ndi/dataset-members.ts';
import { openDataset } from '../../../electron/ndi/dataset.ts';
import { openSession } from '../../../electron/ndi/session.ts';
import { createSession } from '../../../electron/ndi/create-session.ts';
import { newDocument } from '../../../electron/ndi/documents/build.ts';
import { CloudApi } from '../../../electron/ndi/cloud/api/cloud-api.ts';
import { createLinked, resolveLink } from '../../../electron/ndi/cloud/copy/link.ts';
import { LocalCopy } from '../../../electron/ndi/cloud/copy/local-copy.ts';
import { CloudHttp } from '../../../electron/ndi/cloud/http/cloud-http.ts';
import { type Limits, transferLimits } from '../../../electron/ndi/cloud/http/limits.ts';
import { realPace, type Pace } from '../../../electron/ndi/cloud/http/pace.ts';
import { Journal } from '../../../electron/ndi/cloud/journal/journal.ts';
import { makeLocalCopy } from '../../../electron/ndi/cloud/run/download.ts';
import { prepare } from '../../../electron/ndi/cloud/run/prepare.ts';
import { runSync, type SyncOptions } from '../../../electron/ndi/cloud/run/run-sync.ts';
import { Meter } from '../../../electron/ndi/cloud/transfer/meter.ts';
import { Tally } from '../../../electron/ndi/cloud/transfer/tally.ts';
import { Throttle } from '../../../electron/ndi/cloud/transfer/throttle.ts';
import type { Transfer } from '../../../electron/ndi/cloud/transfer/transfer.ts';

/** Waits pass so many times as fast, and the clock runs with them. */
export const QUICK = 40;
const began = Date.now();
export const quickPace: Pace = {
  now: () => began + (Date.now() - began) * QUICK,
  random: () => Math.random(),
  sleep: (milliseconds, signal) => realPace.sleep(milliseconds / QUICK, signal),
};

export interface ComputerOptions {
  /** Base address of the cloud. */
  readonly url: string;
  readonly user: { readonly email: string; readonly password: string; readonly organizationId: string };
  /** Where its datasets lie. */
  readonly folder: string;
}

/** A computer with datasets, signed in to a cloud: what the scenarios do there, with short names. */
export class Computer {
  readonly #options: ComputerOptions;
  readonly folder: string;
  journal: Journal;
  /** How long transfers may stand still. */
  limits: Limits = transferLimits;
  #token: string | null = null;

  constructor(options: ComputerOptions) {
    this.#options = options;
    this.folder = options.folder;
    this.journal = new Journal(join(options.folder, 'data'));
  }

  /** The application ends and begins again; `dataFolder`: with another folder of its own, its journal lost. */
  restart(dataFolder = 'data'): void {
    this.journal.close();
    this.journal = new Journal(join(this.folder, dataFolder));
  }

  api(): CloudApi {
    const token = async () => {
      this.#token ??= await this.#signIn();
      return this.#token;
    };
    const renewed = async () => {
      this.#token = await this.#signIn();
      return this.#token;
    };
    const tokens = { token, renewed };
    return new CloudApi({ http: new CloudHttp(quickPace), base: this.#options.url, tokens, limits: this.limits });
  }

  async #signIn(): Promise<string> {
    const { email, password } = this.#options.user;
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ email, password });
    const response = await fetch(`${this.#options.url}/auth/login`, { method: 'POST', headers, body });
    return ((await response.json()) as { token: string }).token;
  }

  /** A dataset on disk with some documents, the first of them with a file each of the given sizes. */
  dataset(name: string, documents = 3, fileSizes: readonly number[] = []): string {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true });
    const session = createSession({ path, reference: name, kind: 'dataset' });
    const made = Array.from({ length: documents }, (_, at) => this.demo(name, at));
    session.addDocuments(made.map((document, at) => this.withBytes(path, document, fileSizes[at])));
    session.close();
    return path;
  }

  /** A document that has a file of so many bytes; as it is without a size. */
  withBytes(path: string, document: NdiDocument, size: number | undefined): NdiDocument {
    if (size === undefined) return document;
    const source = join(path, documentId(document));
    writeFileSync(source, Buffer.alloc(size, size % 251));
    return withFile(document, 'filename1.ext', source, { deleteOriginal: true });
  }

  /** A document of the class that may hold any number of files. */
  demo(name: string, value: number): NdiDocument {
    return newDocument('demoNDI', { 'base.name': `${name} ${value}`, 'demoNDI.value': value });
  }

  copy<T>(path: string, work: (copy: LocalCopy) => T): T {
    const copy = new LocalCopy(path);
    try {
      return work(copy);
    } finally {
      copy.close();
    }
  }

  /** As {@link copy}, for work that waits. */
  async open<T>(path: string, work: (copy: LocalCopy) => Promise<T>): Promise<T> {
    const copy = new LocalCopy(path);
    try {
      return await work(copy);
    } finally {
      copy.close();
    }
  }

  /** A session in a folder of its own, linked into a dataset; its epochs lie outside. */
  linkedMember(path: string, folder: string): void {
    mkdirSync(folder, { recursive: true });
    createSession({ path: folder, reference: basename(folder), kind: 'session' }).close();
    const session = openSession(folder);
    const dataset = openDataset(path, { writable: true });
    try {
      addLinkedSession(dataset, session);
    } finally {
      dataset.close();
      session.close();
    }
  }

  ids(path: string): string[] {
    return this.copy(path, (copy) => copy.ids().sort());
  }

  linkOf(path: string): string {
    return this.copy(path, (copy) => copy.links()[0]?.cloudId ?? '');
  }

  /** Ids of the documents that `dataset` made. */
  demoIds(path: string): string[] {
    return this.copy(path, (copy) => copy.ids().filter((id) => copy.document(id)['demoNDI'] !== undefined));
  }

  /** Files that documents name, with their paths here. */
  filesOf(path: string): { id: string; uid: string; path: string | null }[] {
    return this.copy(path, (copy) =>
      [...copy.fileUids()].map(({ id, uid }) => ({ id, uid, path: copy.file(id, uid)?.path ?? null })),
    );
  }

  /** Stores documents in the dataset's own session, or overwrites them. */
  put(path: string, documents: readonly NdiDocument[]): void {
    this.copy(path, (copy) =>
      copy.takeOver(documents.map((document) => withValues(document, { 'base.session_id': copy.id }))),
    );
  }

  /** Changes a document here. */
  edit(path: string, id: string, values: Record<string, JsonValue>): void {
    this.copy(path, (copy) => copy.takeOver([withValues(copy.document(id), values)]));
  }

  async link(path: string, name = 'A dataset'): Promise<string> {
    const wanted = { organizationId: this.#options.user.organizationId, metadata: { name } };
    const linked = await this.open(path, (copy) => createLinked(copy, this.api(), this.journal, wanted));
    return linked.datasetId;
  }

  async transfer<T>(path: string, work: (transfer: Transfer) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const api = this.api();
    return await this.open(path, async (copy) => {
      const { datasetId, organizationId } = await resolveLink(copy, api, this.journal);
      const journal = this.journal.copy({ path, dataset: copy.id, server: api.base, cloud: datasetId });
      return await work({
        api,
        copy,
        datasetId,
        organizationId,
        journal,
        signal: signal ?? new AbortController().signal,
        meter: new Meter(),
        tally: new Tally(),
        throttle: new Throttle(quickPace),
      });
    });
  }

  async plan(path: string, options: SyncOptions): Promise<SyncPlan> {
    return await this.transfer(path, async (transfer) => (await prepare(transfer, options)).plan);
  }

  async sync(path: string, options: SyncOptions, signal?: AbortSignal) {
    return await this.transfer(
      path,
      async (transfer) => {
        const outcome = await runSync(transfer, options);
        return { ...outcome, tally: transfer.tally, journal: transfer.journal };
      },
      signal,
    );
  }

  /** Links where needed, then sends what is new. */
  async upload(path: string) {
    if (this.copy(path, (copy) => copy.links()).length === 0) await this.link(path);
    const outcome = await this.sync(path, { mode: 'uploadNew' });
    return { ...outcome, datasetId: this.linkOf(path) };
  }

  /** A dataset of some documents, in step with the cloud. */
  async synced(name: string, documents = 3): Promise<{ path: string; datasetId: string; demos: string[] }> {
    const path = this.dataset(name, documents);
    const { datasetId } = await this.upload(path);
    return { path, datasetId, demos: this.demoIds(path) };
  }

  async download(datasetId: string, folder: string, ownSessionId?: string) {
    const tally = new Tally();
    const tools = {
      api: this.api(),
      journal: this.journal,
      signal: new AbortController().signal,
      meter: new Meter(),
      tally,
    };
    const wanted = { datasetId, folder: join(this.folder, folder) };
    const path = await makeLocalCopy(tools, ownSessionId === undefined ? wanted : { ...wanted, ownSessionId });
    return { path, tally };
  }
}
