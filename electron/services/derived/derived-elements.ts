import { join } from 'node:path';
import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import type { ClockSpan } from '../../../shared/model/clocks.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { VhsbFile } from '../../formats/vhsb/vhsb-file.ts';
import { localClock, unitSec } from '../../ndi/epochs/clock-units.ts';
import { ELEMENT_FILE, type ElementTable } from '../../ndi/epochs/element-signals.ts';
import { newProbe } from '../../ndi/epochs/elements.ts';
import { newElement, newElementEpoch } from '../../ndi/epochs/new-element.ts';
import { findSubject, newSubject, subjects } from '../../ndi/epochs/subjects.ts';
import type { Session } from '../../ndi/session.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { EditService } from '../edits/edits.ts';
import { freeBytesAt } from '../imports/folders.ts';
import type { JobProgress, Jobs } from '../jobs.ts';
import type { OpenItems } from '../open-items.ts';
import { makeIdsPermanent } from '../permanent-ids.ts';
import { inScratchFolder } from '../scratch-folder.ts';
import { type Derivation, planDerivation, type SourceEpoch, wholeEpochId } from './derivation.ts';
import { readRows } from './epoch-rows.ts';

type Inputs = CallInputs['derivedElements'];
type Outputs = CallOutputs['derivedElements'];

/** Elements that are computed from others: of a lower rate, or of one epoch (`ndi.element.downsample`, `oneepoch`). */
export class DerivedElementsService {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #edits: EditService;
  readonly #jobs: Jobs;

  constructor(items: OpenItems, workers: DataWorkers, edits: EditService, jobs: Jobs) {
    this.#items = items;
    this.#workers = workers;
    this.#edits = edits;
    this.#jobs = jobs;
  }

  /** @throws NdiError usage.invalid, epoch.notFound, document.*, format.*, path.* */
  async plan(request: Inputs['plan'], signal?: AbortSignal): Promise<Outputs['plan']> {
    const session = this.#items.session(request.path, request.sessionId);
    return (await planDerivation(session, this.#workers, request, signal)).plan;
  }

  /** @throws as `plan`; path.noSpace, database.*, app.cancelled */
  async make(request: Inputs['make'], signal?: AbortSignal): Promise<Outputs['make']> {
    const { path, sessionId } = request;
    await makeIdsPermanent(this.#items, this.#items.session(path, sessionId));
    const session = this.#items.session(path, sessionId);
    const derivation = await planDerivation(session, this.#workers, request, signal);
    const { plan } = derivation;
    const place = sessionId === undefined ? { path } : { path, sessionId };
    if (plan.epochs.length === 0) return { ids: [], history: this.#edits.history(place), plan };
    const verb = request.how.kind === 'downsample' ? 'Downsample' : 'Join the epochs of';
    const title = `${verb} ${plan.from} as ${plan.to}`;
    return this.#jobs.run({ title, signal }, async (job, cancelled) =>
      inScratchFolder(session.path, 'derived', async (folder) => {
        // The samples are written beside the store first, and then copied into it.
        await checkRoom(folder, 2 * plan.sizeBytes);
        const change = await this.#compute(session, request, derivation, folder, job, cancelled);
        return { ...(await this.#edits.change(place, change, title)), plan };
      }),
    );
  }

  async #compute(
    session: Session,
    { name, reference }: Inputs['make'],
    derivation: Derivation,
    folder: string,
    job: JobProgress,
    signal: AbortSignal,
  ): Promise<{ add: NdiDocument[]; remove: string[] }> {
    const { source, existing, joined, epochs, replaces } = derivation;
    const add = existing === null ? newElements(session, source, { name, reference }) : [];
    const elementId = existing?.id ?? documentId(add.at(-1) ?? {});
    let done = 0;
    /** Gives the source's time of the last row. */
    const write = async (file: VhsbFile, epoch: SourceEpoch, shiftSec: number) => {
      let last = epoch.rows.endSec;
      for await (const { times, columns } of readRows(this.#workers, epoch.rows, derivation.factor, signal)) {
        await file.append(shiftSec === 0 ? times : times.map((time) => time + shiftSec), columns);
        last = times.at(-1) ?? last;
        done += times.length;
        job.report(Math.min(1, done / Math.max(1, derivation.plan.rows)), epoch.epochId);
      }
      return last;
    };
    const store = async (epochId: string, parts: readonly [SourceEpoch, number][]) => {
      const path = join(folder, `${add.length}.vhsb`);
      // Epochs that stay apart may differ in their channels.
      const rows = parts[0]?.[0].rows;
      let clocks = joined?.clocks ?? [];
      await VhsbFile.write(path, rows?.channels.length ?? 0, { x: 's', y: rows?.units ?? '' }, async (file) => {
        for (const [epoch, shiftSec] of parts) {
          const last = await write(file, epoch, shiftSec);
          if (joined === null) clocks = shortened(epoch, last);
        }
      });
      const epochIds = joined === null ? [] : parts.map(([epoch]) => epoch.epochId);
      // A copy: what is undone would else go back to a folder that is gone.
      add.push(withFile(newElementEpoch({ elementId, epochId, clocks, file: null, epochIds }), ELEMENT_FILE, path));
    };
    if (joined === null) {
      for (const epoch of epochs) await store(epoch.epochId, [[epoch, 0]]);
    } else {
      const parts = joined.epochs.flatMap(({ epochId, shiftSec }) =>
        epochs.filter((epoch) => epoch.epochId === epochId).map((epoch): [SourceEpoch, number] => [epoch, shiftSec]),
      );
      await store(wholeEpochId(session), parts);
    }
    return { add, remove: replaces === null ? [] : [replaces] };
  }
}

/** The element, and where there are none the probe and the subject on which it stands; the element is the last. */
function newElements(
  session: Session,
  source: ElementTable,
  { name, reference }: { name: string; reference: number },
): NdiDocument[] {
  const made: NdiDocument[] = [];
  let subjectId = findSubject(subjects(session), source.subject)?.id ?? '';
  if (subjectId === '') {
    const subject = newSubject(source.subject);
    made.push(subject);
    subjectId = documentId(subject);
  }
  let underlyingId = source.id;
  if (underlyingId === null) {
    const probe = newProbe({ name: source.name, reference: source.reference, type: source.type, subjectId });
    made.push(probe);
    underlyingId = documentId(probe);
  }
  const className = 'ndi.element.timeseries';
  made.push(newElement({ name, reference, type: source.type, className, subjectId, underlyingId }));
  return made;
}

/** The extents of an epoch of which some samples were kept: it ends with the last of these. */
function shortened({ clocks, rows }: SourceEpoch, last: number): ClockSpan[] {
  const dropped = rows.sampleRate === null ? 0 : rows.endSec - last;
  return clocks.map((span) => ({ ...span, t1: span.t1 - dropped / unitSec(span, localClock(clocks)) }));
}

async function checkRoom(folder: string, needed: number): Promise<void> {
  const free = await freeBytesAt(folder);
  if (needed < free) return;
  const inMb = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  throw new NdiError({
    code: 'path.noSpace',
    message: `The samples need ${inMb(needed)} and the disk of the session has ${inMb(free)} left.`,
    recovery: 'Make room, or take a larger factor. Nothing was written.',
    details: { path: folder, neededBytes: needed, freeBytes: free },
  });
}
