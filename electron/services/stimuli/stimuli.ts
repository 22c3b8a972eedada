import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import type { StimulusEpoch } from '../../../shared/contract/stimuli.ts';
import { documentId, type NdiDocument, withValues } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { newProbe } from '../../ndi/epochs/elements.ts';
import { subjects } from '../../ndi/epochs/subjects.ts';
import { ndiFolder } from '../../ndi/folder.ts';
import type { Session } from '../../ndi/session.ts';
import { encodePresentationTimes } from '../../ndi/stimuli/presentation-times.ts';
import { newControlStimulusIds, newStimulusPresentation } from '../../ndi/stimuli/stimulus-documents.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { EditService } from '../edits/edits.ts';
import type { OpenItems } from '../open-items.ts';
import type { SyncService } from '../sync/sync.ts';
import { type FoundStimuli, findStimuli } from './find-stimuli.ts';

type Inputs = CallInputs['stimuli'];
type Outputs = CallOutputs['stimuli'];

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
  async decode(request: Inputs['decode'], signal?: AbortSignal): Promise<Outputs['decode']> {
    const session = this.#items.session(request.path, request.sessionId);
    const { found, problems } = await findStimuli(session, this.#workers, request, signal);
    const fresh = found.filter((one) => one.documentId === null && one.presentations.length > 0);
    const folder = mkdtempSync(join(ndiFolder(session.path), 'tmp-stimuli-'));
    try {
      const { documents, shown } = stimulusDocuments(session, fresh, folder, problems);
      const owned = documents.map((document) => withValues(document, { 'base.session_id': session.id }));
      const decoded = owned.filter((_, at) => shown[at] === true).length;
      const title = `Decode the stimuli of ${decoded === 1 ? '1 epoch' : `${decoded} epochs`}`;
      const ids = owned.length === 0 ? [] : (await this.#edits.change(request, { add: owned }, title)).ids;
      return {
        decoded,
        already: found.filter((one) => one.documentId !== null).length,
        presentations: fresh.reduce((sum, one) => sum + one.presentations.length, 0),
        ids,
        problems,
      };
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

/** As it crosses the wall: times that are not known are null. */
function stimulusEpoch({
  probe,
  epoch,
  clock,
  documentId: id,
  presentations,
  parameters,
}: FoundStimuli): StimulusEpoch {
  return {
    probe: `${probe.name} | ${probe.reference}`,
    device: epoch.device,
    epochId: epoch.epochId,
    onDevice: epoch.device,
    clock,
    documentId: id,
    presentations: presentations.map(({ stimulusId, onset, offset, open, close }) => ({
      stimulusId: finiteOrNull(stimulusId),
      onset: finiteOrNull(onset),
      offset: finiteOrNull(offset),
      open: finiteOrNull(open),
      close: finiteOrNull(close),
      epochId: epoch.epochId,
    })),
    parameters: parameters.map((one) => ({ ...one })),
    errorSec: null,
  };
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null);

/** Documents for what was found; `shown` tells which of them are presentations. Probes without one get their element. */
function stimulusDocuments(
  session: Session,
  found: readonly FoundStimuli[],
  folder: string,
  problems: Problem[],
): { documents: NdiDocument[]; shown: boolean[] } {
  const documents: NdiDocument[] = [];
  const shown: boolean[] = [];
  const add = (document: NdiDocument | null, isShown: boolean) => {
    if (document === null) return;
    documents.push(document);
    shown.push(isShown);
  };
  const made = new Map<string, string>();
  for (const [at, one] of found.entries()) {
    const { name, reference, type, subject, id } = one.probe;
    const key = [name, reference, type, subject].join('\n');
    let stimulatorId = id ?? made.get(key);
    if (stimulatorId === undefined) {
      const subjectId = subjects(session).find((known) => known.localIdentifier === subject)?.id;
      if (subjectId === undefined) {
        const message = `The stimuli of ${name} | ${reference} cannot be kept: its subject “${subject}” has no document.`;
        problems.push({ grade: 'shouldFix', code: 'document.notFound', message, paths: [session.path] });
        continue;
      }
      const element = newProbe({ name, reference, type, subjectId });
      stimulatorId = documentId(element);
      made.set(key, stimulatorId);
      add(element, false);
    }
    const path = join(folder, `${at + 1}.bin`);
    writeFileSync(path, encodePresentationTimes(one.presentations.map((time) => ({ clock: one.clock, ...time }))));
    const presentation = newStimulusPresentation({ epochId: one.epoch.epochId, stimulatorId }, one, path);
    add(presentation, true);
    add(newControlStimulusIds(presentation, one), false);
  }
  return { documents, shown };
}
