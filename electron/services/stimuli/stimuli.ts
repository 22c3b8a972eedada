import { mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import type { StimulusEpoch } from '../../../shared/contract/stimuli.ts';
import { withValues } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { ndiFolder } from '../../ndi/folder.ts';
import type { Session } from '../../ndi/session.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { EditService } from '../edits/edits.ts';
import { fullPath, type OpenItems } from '../open-items.ts';
import { isProvisional, makeIdsPermanent } from '../permanent-ids.ts';
import { chooseEpoch, sessionEpochs } from '../session-epochs.ts';
import type { SyncService } from '../sync/sync.ts';
import { guessMapping } from '../../ndi/stimuli/event-table.ts';
import { chooseTable, readTableFile } from '../../ndi/event-tables/read-table.ts';
import { type FoundStimuli, findStimuli } from './find-stimuli.ts';
import { tableStimuli } from './import-table.ts';
import { stimulusDocuments } from './make-documents.ts';
import { stimulusEpoch } from './stimulus-epoch.ts';

type Inputs = CallInputs['stimuli'];
type Outputs = CallOutputs['stimuli'];

/** Rows of a table that are shown before it is imported. */
const TABLE_PREVIEW = 50;

/** What stimulators showed and when: read from recordings or documents, carried to other clocks, kept as documents. */
export class StimulusService {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #edits: EditService;
  readonly #sync: SyncService;

  constructor(items: OpenItems, workers: DataWorkers, edits: EditService, sync: SyncService) {
    this.#items = items;
    this.#workers = workers;
    this.#edits = edits;
    this.#sync = sync;
  }

  /** @throws NdiError session.*, path.*, epoch.notFound for a probe or epoch that is not there */
  async list(request: Inputs['list'], signal?: AbortSignal): Promise<Outputs['list']> {
    const session = this.#items.session(request.path, request.sessionId);
    const { found, problems } = await findStimuli(session, this.#workers, request, signal);
    const epochs: StimulusEpoch[] = [];
    for (const one of found) {
      const info = stimulusEpoch(one);
      if (request.clock === undefined || request.clock.toLowerCase() === one.epoch.device.toLowerCase()) {
        epochs.push(info);
        continue;
      }
      try {
        epochs.push(await this.#carried(request, one, info, request.clock));
      } catch (error) {
        if (!(error instanceof NdiError)) throw error;
        const message = `The stimuli of ${info.probe} in ${info.epochId} cannot be carried to ${request.clock}: ${error.message}`;
        problems.push({ grade: 'shouldFix', code: error.code, message, paths: [session.path] });
      }
    }
    return { epochs, problems };
  }

  /** @throws NdiError session.*, path.*, epoch.notFound, database.* */
  async decode(request: Inputs['decode'], signal?: AbortSignal, idsLast = false): Promise<Outputs['decode']> {
    const session = this.#items.session(request.path, request.sessionId);
    const { found, problems } = await findStimuli(session, this.#workers, request, signal);
    const fresh = found.filter((one) => one.documentId === null && one.presentations.length > 0);
    if (!idsLast && fresh.some(({ epoch }) => isProvisional(epoch))) {
      await makeIdsPermanent(this.#items, session);
      const { epoch, ...rest } = request;
      const number = found.find((one) => one.epoch.epochId === epoch)?.epoch.number;
      return this.decode({ ...rest, ...(epoch === undefined ? {} : { epoch: String(number ?? epoch) }) }, signal, true);
    }
    const kept = await this.#keep(request, session, fresh, problems, (epochs) => `Decode the stimuli of ${epochs}`);
    return {
      decoded: kept.epochs,
      already: found.filter((one) => one.documentId !== null).length,
      presentations: fresh.reduce((sum, one) => sum + one.presentations.length, 0),
      ids: kept.ids,
      problems,
    };
  }

  /** @throws NdiError format.*, path.* */
  async readTable({ file, sheet }: Inputs['readTable']): Promise<Outputs['readTable']> {
    const path = fullPath(file);
    const read = await readTableFile(path);
    const table = chooseTable(path, read, sheet);
    const rows = table.rows.slice(0, TABLE_PREVIEW).map((row) => [...row]);
    const mapping = guessMapping(table);
    const sheets = read.kind === 'text' ? [] : read.tables.map(({ name }) => name);
    return {
      ...{ file: path, sheets, sheet: table.name },
      ...{ columns: [...table.columns], rows, total: table.rows.length, mapping },
    };
  }

  /** @throws NdiError usage.invalid, format.*, path.*, epoch.notFound, time.*, document.duplicate, database.* */
  async importTable(request: Inputs['importTable'], signal?: AbortSignal): Promise<Outputs['importTable']> {
    const session = this.#items.session(request.path, request.sessionId);
    if (request.preview !== true) request = await this.#withPermanentIds(session, request, signal);
    const found = await tableStimuli(session, this.#workers, this.#sync, request, signal);
    if (request.preview === true) return { epoch: stimulusEpoch(found), ids: [] };
    const problems: Problem[] = [];
    const { ids } = await this.#keep(request, session, [found], problems, () => `Import ${basename(request.file)}`);
    const [problem] = problems;
    if (problem === undefined) return { epoch: stimulusEpoch(found), ids };
    throw new NdiError({
      code: 'document.notFound',
      message: problem.message,
      recovery: 'Add a subject to the session first, then import the table again.',
    });
  }

  /** The request for the epoch by its number, where epochs had no ids and have got them. */
  async #withPermanentIds(
    session: Session,
    request: Inputs['importTable'],
    signal?: AbortSignal,
  ): Promise<Inputs['importTable']> {
    const { epochs } = await sessionEpochs(session, this.#workers, signal);
    if (!epochs.some(isProvisional)) return request;
    const { number } = chooseEpoch(epochs, request.device, request.epoch);
    await makeIdsPermanent(this.#items, session);
    return { ...request, epoch: String(number) };
  }

  /** Writes documents of what was found, all as one step; `epochs` tells of how many. */
  async #keep(
    place: { readonly path: string; readonly sessionId?: string | undefined },
    session: Session,
    found: readonly FoundStimuli[],
    problems: Problem[],
    title: (epochs: string) => string,
  ): Promise<{ epochs: number; ids: string[] }> {
    const folder = mkdtempSync(join(ndiFolder(session.path), 'tmp-stimuli-'));
    try {
      const { documents, shown } = stimulusDocuments(session, found, folder, problems);
      if (documents.length === 0) return { epochs: 0, ids: [] };
      const add = documents.map((document) => withValues(document, { 'base.session_id': session.id }));
      const epochs = shown.filter(Boolean).length;
      const { ids } = await this.#edits.change(place, { add }, title(epochs === 1 ? '1 epoch' : `${epochs} epochs`));
      return { epochs, ids };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #carried(
    { path, sessionId }: Inputs['list'],
    { epoch, presentations, clock }: FoundStimuli,
    info: StimulusEpoch,
    device: string,
  ): Promise<StimulusEpoch> {
    const fields = ['onset', 'offset', 'open', 'close'] as const;
    const known = presentations.flatMap((shown) => fields.map((field) => shown[field]).filter(Number.isFinite));
    if (known.length === 0) return { ...info, onDevice: device };
    const { times, epochs, epochIds, errorSec } = await this.#sync.convertMany({
      path,
      ...(sessionId === undefined ? {} : { sessionId }),
      times: known,
      from: { device: epoch.device, epoch: epoch.epochId, clock },
      to: { device, clock: 'dev_local_time' },
    });
    let next = 0;
    const carriedPresentations = info.presentations.map((shown) => {
      let epochId: string | null = null;
      const carried = { ...shown };
      for (const field of fields) {
        if (shown[field] === null) continue;
        carried[field] = times[next] ?? null;
        epochId ??= epochIds[epochs[next] ?? -1] ?? null;
        next += 1;
      }
      return { ...carried, epochId };
    });
    return { ...info, onDevice: device, clock: 'dev_local_time', presentations: carriedPresentations, errorSec };
  }
}
