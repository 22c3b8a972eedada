import { existsSync } from 'node:fs';
import { NdiError } from '../../../../shared/model/errors.ts';
import { CloudApi } from '../../../ndi/cloud/api/cloud-api.ts';
import { type Linked, requireLink, resolveLink } from '../../../ndi/cloud/copy/link.ts';
import { LocalCopy } from '../../../ndi/cloud/copy/local-copy.ts';
import type { CopyJournal } from '../../../ndi/cloud/journal/copy-journal.ts';
import { Journal, journalPath } from '../../../ndi/cloud/journal/journal.ts';
import { whenFree } from '../../../ndi/database/when-free.ts';
import { fullPath } from '../../open-items.ts';
import type { AccountsService } from '../accounts.ts';

/** A local copy with its dataset in the cloud. */
export interface CopySession extends Linked {
  readonly api: CloudApi;
  readonly copy: LocalCopy;
  readonly journal: CopyJournal;
}

/** Opens local copies together with the account and the journal. */
export class CopySessions {
  readonly #accounts: AccountsService;
  readonly #dataFolder: string;
  #journal: Journal | null = null;

  constructor(accounts: AccountsService, dataFolder: string) {
    this.#accounts = accounts;
    this.#dataFolder = dataFolder;
  }

  /** Opened at the first use: most starts never need it. */
  get journal(): Journal {
    this.#journal ??= new Journal(this.#dataFolder);
    return this.#journal;
  }

  /** Whether there is anything in the journal: nothing is made by asking. */
  get hasJournal(): boolean {
    return this.#journal !== null || existsSync(journalPath(this.#dataFolder));
  }

  get accounts(): AccountsService {
    return this.#accounts;
  }

  /** @throws NdiError session.notFound, path.*, database.* */
  withCopy<T>(path: string, work: (copy: LocalCopy) => T): T {
    const copy = new LocalCopy(fullPath(path));
    try {
      return work(copy);
    } finally {
      copy.close();
    }
  }

  /** As {@link withCopy}, for longer work: a database that somebody writes is waited for. */
  async whileOpen<T>(path: string, work: (copy: LocalCopy) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const copy = await whenFree(() => new LocalCopy(fullPath(path)), { signal });
    try {
      return await work(copy);
    } finally {
      copy.close();
    }
  }

  /** The API for one piece of long work: it never goes on as another user. */
  async pinnedApi(): Promise<CloudApi> {
    const api = this.#accounts.api();
    if ((await this.#accounts.account()) === null) return api;
    return new CloudApi({ http: api.http, base: api.base, tokens: await this.#accounts.session().pinned() });
  }

  /**
   * Works with a linked copy.
   * @throws NdiError cloud.notLinked and the others of `resolveLink`
   */
  async withLinked<T>(path: string, work: (session: CopySession) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return await this.whileOpen(
      path,
      async (copy) => {
        const api = await this.pinnedApi();
        const linked = await resolveLink(copy, api, this.journal, signal).catch(async (thrown: unknown) => {
          throw await this.#notVisible(thrown, copy);
        });
        return await work({ ...linked, api, copy, journal: this.copyJournal(copy, api, linked.datasetId) });
      },
      signal,
    );
  }

  /** What is known of a copy without asking the server; null where it is not linked. */
  known(copy: LocalCopy): { datasetId: string; journal: CopyJournal } | null {
    if (copy.links().length === 0) return null;
    const api = this.#accounts.api();
    const datasetId = requireLink(copy, api, this.journal);
    return { datasetId, journal: this.copyJournal(copy, api, datasetId) };
  }

  copyJournal(copy: LocalCopy, api: CloudApi, datasetId: string): CopyJournal {
    return this.journal.copy({ path: copy.path, dataset: copy.id, server: api.base, cloud: datasetId });
  }

  /** What another account may not see looks like what is not there (cloud reference, section 2.2). */
  async #notVisible(thrown: unknown, copy: LocalCopy): Promise<unknown> {
    if (!(thrown instanceof NdiError) || thrown.code !== 'cloud.notFound') return thrown;
    const account = await this.#accounts.account();
    const who = account === null ? 'somebody who is not signed in' : account.email;
    const where = account?.organization ? ` in ${account.organization.name || account.organization.id}` : '';
    return new NdiError({
      code: 'cloud.notFound',
      message: `The dataset ${copy.links()[0]?.cloudId ?? ''} is not found in NDI Cloud, or not visible to ${who}${where}.`,
      recovery: 'Sign in as who uploaded it; if it is gone, unlink the copy and upload it as a new dataset.',
      details: thrown.details,
      cause: thrown,
    });
  }

  close(): void {
    this.#journal?.close();
  }
}
