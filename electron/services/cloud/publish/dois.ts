import { NdiError } from '../../../../shared/model/errors.ts';
import type { DoiState, Registration } from '../../../../shared/contract/cloud-publish.ts';
import type { CloudApi } from '../../../ndi/cloud/api/cloud-api.ts';
import type { Dataset } from '../../../ndi/cloud/api/shapes.ts';
import { checkList } from '../../../ndi/cloud/publish/check-list.ts';
import { crossrefFaults } from '../../../ndi/cloud/publish/crossref-order.ts';
import { CrossrefServer, type CrossrefLogin, type CrossrefSystem } from '../../../ndi/cloud/publish/crossref-server.ts';
import { crossrefXml } from '../../../ndi/cloud/publish/crossref-xml.ts';
import { bareDoi, newDoi } from '../../../ndi/cloud/publish/doi.ts';
import type { CopySession, CopySessions } from '../sync/copy-session.ts';
import { DoiJournal } from './doi-journal.ts';
import { notReady } from './not-ready.ts';

const DEPOSITOR = 'Waltham Data Science LLC';
/** So many random DOIs that are all taken would be a fault of the resolver. */
const TRIES = 5;

export interface DepositRequest {
  readonly path: string;
  /** The depositor's address, to which Crossref writes. */
  readonly email: string;
  readonly system: CrossrefSystem;
}

/** DOIs of datasets: chosen once, deposited with Crossref, asked for, and written into the dataset's record. */
export class DoiService {
  readonly #copies: CopySessions;
  readonly #journal: DoiJournal;
  readonly #crossref: CrossrefServer;

  constructor(copies: CopySessions, dataFolder: string) {
    this.#copies = copies;
    this.#journal = new DoiJournal(dataFolder);
    this.#crossref = new CrossrefServer(copies.accounts.http);
  }

  async state(path: string, signal?: AbortSignal): Promise<DoiState> {
    return await this.#copies.withLinked(path, (session) => Promise.resolve(this.#stateOf(session)), signal);
  }

  /** The deposit, to be looked at; nothing is sent. @throws NdiError usage.invalid while something is missing */
  async xml(path: string, email: string, signal?: AbortSignal): Promise<{ doi: string; xml: string }> {
    return await this.#copies.withLinked(
      path,
      async (session) => {
        refuseUnready(session.record);
        const { doi } = await this.#chosen(session, signal);
        return { doi, xml: depositOf(session, doi, email, new Date()) };
      },
      signal,
    );
  }

  /**
   * Hands the deposit to Crossref, which takes minutes to work through it; `check` asks what became of it.
   * @throws NdiError usage.invalid while something is missing, cloud.*
   */
  async deposit({ path, email, system }: DepositRequest, signal?: AbortSignal): Promise<DoiState> {
    return await this.#copies.withLinked(
      path,
      async (session) => {
        refuseUnready(session.record);
        const login = this.#login();
        const before = await this.#chosen(session, signal);
        if (before.state === 'registered') throw notReady([`The DOI ${before.doi} is registered already.`]);
        const now = later(new Date(), before.depositedAt);
        const xml = depositOf(session, before.doi, email, now);
        const fileName = `${session.datasetId}-${now.getTime()}.xml`;
        await this.#crossref.deposit(system, { xml, fileName }, login, signal);
        const deposited = {
          system,
          fileName,
          depositedAt: now.toISOString(),
          state: 'deposited',
          message: '',
        } as const;
        this.#journal.set(session.api.base, session.datasetId, { ...before, ...deposited });
        return this.#stateOf(session);
      },
      signal,
    );
  }

  /**
   * Asks Crossref what became of the deposit; a DOI that lives is written into the dataset's record.
   * @throws NdiError edit.nothing where nothing was deposited, cloud.*; a record that could not be written is tried again
   */
  async check(path: string, signal?: AbortSignal): Promise<DoiState> {
    return await this.#copies.withLinked(
      path,
      async (session) => {
        const { api, datasetId } = session;
        let known = this.#journal.get(api.base, datasetId);
        if (known === null || known.state === 'prepared') throw nothingDeposited();
        if (known.state === 'deposited') {
          const { state, message } = await this.#crossref.result(known.system, known, this.#login(), signal);
          const next = state === 'queued' ? 'deposited' : state === 'failure' ? 'failed' : reached(known.system);
          known = this.#journal.set(api.base, datasetId, { ...known, state: next, message });
        }
        if (known.state !== 'registered') return this.#stateOf(session);
        return this.#stateOf(session, await this.#write(api, datasetId, known, signal));
      },
      signal,
    );
  }

  async #write(api: CloudApi, datasetId: string, known: Registration, signal?: AbortSignal): Promise<Dataset> {
    await api.call('updateDataset', { path: { datasetId }, body: { doi: known.doi }, signal });
    this.#journal.set(api.base, datasetId, { ...known, state: 'written' });
    return await api.call('getDataset', { path: { datasetId }, signal });
  }

  /** The dataset's DOI: the one chosen before, or a new one that nobody has. */
  async #chosen({ api, datasetId }: CopySession, signal?: AbortSignal): Promise<Registration> {
    const before = this.#journal.get(api.base, datasetId);
    if (before !== null) return before;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const doi = newDoi(new Date().getFullYear());
      if (await this.#crossref.isTaken(doi, signal)) continue;
      const prepared = {
        doi,
        system: 'test',
        state: 'prepared',
        fileName: '',
        depositedAt: null,
        message: '',
      } as const;
      return this.#journal.set(api.base, datasetId, prepared);
    }
    throw new NdiError({
      code: 'cloud.badAnswer',
      message: `The resolver says of ${TRIES} new DOIs in a row that they are taken.`,
      recovery: 'Try again later.',
    });
  }

  #login(): CrossrefLogin {
    const login = this.#crossref.login();
    if (login !== null) return login;
    throw notReady(['CROSSREF_USERNAME and CROSSREF_PASSWORD are not set in the environment of the application.']);
  }

  #stateOf({ api, datasetId, record }: CopySession, now: Dataset = record): DoiState {
    const registration = this.#journal.get(api.base, datasetId);
    const obstacles = obstaclesOf(now);
    if (this.#crossref.login() === null)
      obstacles.push('No login at Crossref: set CROSSREF_USERNAME and CROSSREF_PASSWORD.');
    return { doi: bareDoi(now.doi ?? ''), obstacles, registration };
  }
}

/** A deposit at the test system makes no DOI. */
function reached(system: CrossrefSystem): Registration['state'] {
  return system === 'test' ? 'tested' : 'registered';
}

function obstaclesOf(record: Dataset): string[] {
  const missing = checkList(record).filter(({ state }) => state === 'missing');
  const obstacles = missing.map(({ message }) => message);
  if (bareDoi(record.doi ?? '') !== '') obstacles.push(`It has the DOI ${record.doi ?? ''} already.`);
  if (record.isPublished !== true) obstacles.push('It is not published.');
  return obstacles;
}

function refuseUnready(record: Dataset): void {
  const obstacles = obstaclesOf(record);
  if (obstacles.length > 0) throw notReady(obstacles);
}

function depositOf({ record, datasetId }: CopySession, doi: string, email: string, now: Date): string {
  const xml = crossrefXml(record, datasetId, { doi, depositor: DEPOSITOR, email, now });
  const faults = crossrefFaults(xml);
  if (faults.length === 0) return xml;
  throw notReady(faults.map((fault) => `Crossref’s schema does not allow it: ${fault}`));
}

/** The second after the last deposit, should the clock have been put back: the timestamp must grow. */
function later(now: Date, before: string | null): Date {
  return before === null ? now : new Date(Math.max(now.getTime(), Date.parse(before) + 1000));
}

function nothingDeposited(): NdiError {
  return new NdiError({
    code: 'edit.nothing',
    message: 'No DOI of this dataset waits at Crossref.',
    recovery: 'Deposit one first.',
  });
}
