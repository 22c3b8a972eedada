import { join } from 'node:path';
import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import { type ClockSpan, parseClockType } from '../../shared/model/clocks.ts';
import { withFile } from '../../shared/model/document-files.ts';
import { toPlainJson } from '../../shared/model/document-json.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { objectOfDocument } from '../ndi/document-objects.ts';
import { ELEMENT_FILE } from '../ndi/epochs/element-signals.ts';
import { type Element, elementEpochs, elementName, elements } from '../ndi/epochs/elements.ts';
import { newElementEpoch } from '../ndi/epochs/new-element.ts';
import type { DataWorkers } from '../workers/data-workers.ts';
import { summaryOf } from './document-summary.ts';
import type { EditService } from './edits/edits.ts';
import { entriesWithFiles, findTarget } from './edits/target.ts';
import { openEpochSamples } from './epoch-samples.ts';
import { findFiles } from './find-files.ts';
import type { Jobs } from './jobs.ts';
import { fullPath, type OpenItems } from './open-items.ts';
import { inScratchFolder } from './scratch-folder.ts';

type Inputs = CallInputs['objects'];
type Outputs = CallOutputs['objects'];

/** What documents stand for, whose files are, and epochs that elements hold themselves. */
export class ObjectsService {
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

  /** @throws NdiError document.notFound, document.invalid for one that stands for no object, database.*, path.* */
  ofDocument({ id, ...place }: Inputs['ofDocument']): Outputs['ofDocument'] {
    const { fields, ...object } = objectOfDocument(findTarget(this.#items, place).holder.document(id));
    return {
      ...object,
      fields: fields.map(({ name, value }) => ({ name, value: JSON.stringify(toPlainJson(value)) })),
    };
  }

  /** @throws NdiError session.notFound, database.*, path.* */
  ownerOfFile({ uid, ...place }: Inputs['ownerOfFile']): Outputs['ownerOfFile'] {
    const target = findTarget(this.#items, place);
    const { holder } = target;
    for (const entry of entriesWithFiles(target)) {
      const file = holder.files(holder.read(entry)).find((one) => one.uid === uid);
      if (file === undefined) continue;
      return { document: summaryOf(entry), name: file.name, sizeBytes: file.sizeBytes };
    }
    return null;
  }

  /** @throws NdiError session.notFound, database.*, path.* */
  async findFiles({ text, ...place }: Inputs['findFiles'], signal?: AbortSignal): Promise<Outputs['findFiles']> {
    const target = findTarget(this.#items, place);
    const isSession = target.kind === 'session' || place.sessionId !== undefined;
    const session = isSession ? this.#items.session(place.path, place.sessionId) : null;
    return findFiles(target, session, this.#workers, text, signal);
  }

  /** @throws NdiError format.*, path.*, usage.invalid */
  async readSamples({ file, sheet }: Inputs['readSamples'], signal?: AbortSignal): Promise<Outputs['readSamples']> {
    return (await openEpochSamples(this.#workers, fullPath(file), sheet, signal)).preview;
  }

  /** @throws NdiError usage.invalid for an element without epochs of its own, document.*, format.*, path.* */
  async addEpoch(request: Inputs['addEpoch'], signal?: AbortSignal): Promise<Outputs['addEpoch']> {
    const { path, sessionId, epochId, table, sheet, epochIds = [] } = request;
    const session = this.#items.session(path, sessionId);
    const element = findElement(elements(session), request.element);
    if (element.direct) throw noOwnEpochs(element);
    if (elementEpochs(session, element).some((one) => one.epochId === epochId)) throw epochThere(element, epochId);
    const clocks = request.clocks.map(checkClock);
    const epoch = newElementEpoch({ elementId: element.id, epochId, clocks, file: null, epochIds });
    const place = sessionId === undefined ? { path } : { path, sessionId };
    const title = `Add the epoch ${epochId} to ${element.name}`;
    if (table === undefined) return this.#edits.change(place, { add: [epoch] }, title);
    const samples = await openEpochSamples(this.#workers, fullPath(table), sheet, signal);
    return this.#jobs.run({ title, signal }, (_job, cancelled) =>
      inScratchFolder(session.path, 'epoch', async (folder) => {
        const file = join(folder, ELEMENT_FILE);
        await samples.write(file, cancelled);
        // A copy: what is undone would else go back to a folder that is gone.
        return this.#edits.change(place, { add: [withFile(epoch, ELEMENT_FILE, file)] }, title);
      }),
    );
  }
}

function findElement(all: readonly Element[], wanted: string): Element {
  const plain = (text: string) => text.replace(/\s*\|\s*/, '|').toLowerCase();
  const fitting = all.filter(
    (one) => one.id === wanted || one.name === wanted || plain(elementName(one)) === plain(wanted),
  );
  const [found, ...others] = fitting;
  if (found !== undefined && others.length === 0) return found;
  const known = (fitting.length > 0 ? fitting : all).slice(0, 10);
  throw new NdiError({
    code: fitting.length > 0 ? 'usage.invalid' : 'document.notFound',
    message: fitting.length > 0 ? `“${wanted}” names ${fitting.length} elements.` : `There is no element “${wanted}”.`,
    recovery: `Name one by its id or its name and reference: ${known.map(elementName).join(', ') || 'there is none'}.`,
    details: { element: wanted },
  });
}

function checkClock({ type, t0, t1 }: Inputs['addEpoch']['clocks'][number]): ClockSpan {
  if (t0 <= t1) return { type: parseClockType(type), t0, t1 };
  throw new NdiError({
    code: 'usage.invalid',
    message: `The epoch would end (${t1} s) before it starts (${t0} s) on the clock ${type}.`,
    recovery: 'Give the start before the end. Nothing was written.',
  });
}

function noOwnEpochs(element: Element): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `The epochs of ${elementName(element)} are those of what it stands on: it can have none of its own.`,
    recovery: 'Add the epoch to an element that was derived, such as a neuron. Nothing was written.',
  });
}

function epochThere(element: Element, epochId: string): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `${elementName(element)} holds the epoch ${epochId} already.`,
    recovery: 'Remove its document first, or use another id. Nothing was written.',
    details: { epochId },
  });
}
