import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import type { DocumentSummary } from '../../../shared/contract/documents.ts';
import {
  documentClass,
  documentDatestamp,
  documentId,
  documentName,
  documentSessionId,
  type NdiDocument,
  objectOf,
  withValues,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { checkQuery } from '../../../shared/model/query.ts';
import type { Session } from '../../ndi/session.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { summaryOf } from '../document-summary.ts';
import type { EditService } from '../edits/edits.ts';
import { receiveValue } from '../edits/receive.ts';
import type { JobProgress, Jobs } from '../jobs.ts';
import { mergeProblems } from '../merge-problems.ts';
import type { OpenItems } from '../open-items.ts';
import { makeIdsPermanent } from '../permanent-ids.ts';
import type { SyncService } from '../sync/sync.ts';
import type { Calculator, Surroundings } from './calculator.ts';
import { simple } from './simple.ts';
import { stimulusResponses } from './stimulus-responses.ts';
import { tuningCurves } from './tuning-curves.ts';

type Inputs = CallInputs['calculators'];
type Outputs = CallOutputs['calculators'];

const calculators: readonly Calculator[] = [simple, stimulusResponses, tuningCurves];

/** NDI's calculators: documents computed from documents, each run one step of the history. */
export class CalculatorService {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #sync: SyncService;
  readonly #edits: EditService;
  readonly #jobs: Jobs;

  constructor(items: OpenItems, workers: DataWorkers, sync: SyncService, edits: EditService, jobs: Jobs) {
    this.#items = items;
    this.#workers = workers;
    this.#sync = sync;
    this.#edits = edits;
    this.#jobs = jobs;
  }

  /**
   * @throws NdiError usage.invalid, query.invalid, document.notFound without an input, document.duplicate where a
   *   result is there and that is an error, document.*, format.*, path.*, database.*, app.cancelled
   */
  async run(request: Inputs['run'], signal?: AbortSignal): Promise<Outputs['run']> {
    const calculator = findCalculator(request.calculator);
    checkParameters(calculator, request.parameters ?? {});
    if (calculator.namesEpochs) {
      await makeIdsPermanent(this.#items, this.#items.session(request.path, request.sessionId));
    }
    const session = this.#items.session(request.path, request.sessionId);
    return this.#jobs.run({ title: `Computing ${calculator.name}`, signal }, (job, cancelled) =>
      this.#compute(calculator, session, request, job, cancelled),
    );
  }

  async #compute(
    calculator: Calculator,
    session: Session,
    { whenItExists = 'keep', parameters = {}, ...request }: Inputs['run'],
    job: JobProgress,
    signal: AbortSignal,
  ): Promise<Outputs['run']> {
    const problems: Problem[] = [];
    const { path } = request;
    const surroundings: Surroundings = {
      ...{ path, session, workers: this.#workers, sync: this.#sync, problems, signal },
    };
    const given = objectOf(receiveValue(parameters, 'A parameter')) ?? {};
    const resultsOf = await calculator.prepare(given, surroundings);
    const inputs = inputsOf(calculator, session, request);
    const made = new Map<string, NdiDocument>();
    const kept: string[] = [];
    const replaced: string[] = [];
    for (const [at, input] of inputs.entries()) {
      job.report(at / inputs.length, documentId(input));
      for (const { existing, make } of await resultsOf(input)) {
        signal.throwIfAborted();
        if (existing.length > 0 && whenItExists === 'error') throw alreadyThere(calculator, existing);
        if (existing.length > 0 && whenItExists === 'keep') {
          kept.push(...existing);
          continue;
        }
        replaced.push(...existing);
        for (const document of await make()) made.set(documentId(document), document);
      }
    }
    const place = request.sessionId === undefined ? { path } : { path, sessionId: request.sessionId };
    const add = [...made.values()].map((one) => withValues(one, { 'base.session_id': session.id }));
    const change = { add, remove: session.removal(replaced) };
    if (add.length + change.remove.length > 0) await this.#edits.change(place, change, `Compute ${calculator.name}`);
    return {
      calculator: calculator.name,
      documents: add.map(madeSummary),
      ids: add.map(documentId),
      kept: kept.flatMap((id) => session.entry(id) ?? []).map(summaryOf),
      problems: mergeProblems(problems),
    };
  }
}

function madeSummary(made: NdiDocument): DocumentSummary {
  return {
    id: documentId(made),
    class: documentClass(made),
    name: documentName(made),
    sessionId: documentSessionId(made),
    datestamp: documentDatestamp(made),
  };
}

function findCalculator(wanted: string): Calculator {
  const found = calculators.find(({ name, otherNames }) =>
    [name, ...otherNames].some((known) => known.toLowerCase() === wanted.trim().toLowerCase()),
  );
  if (found !== undefined) return found;
  throw new NdiError({
    code: 'usage.invalid',
    message: `There is no calculator “${wanted}”.`,
    recovery: `Use one of ${calculators.map(({ name }) => name).join(', ')}.`,
    details: { calculator: wanted, known: calculators.map(({ name }) => name) },
  });
}

function checkParameters({ name, parameters }: Calculator, given: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(given).find((one) => !Object.hasOwn(parameters, one));
  if (unknown === undefined) return;
  const known = Object.entries(parameters).map(([one, meaning]) => `${one} (${meaning})`);
  throw new NdiError({
    code: 'usage.invalid',
    message: `The calculator ${name} has no parameter “${unknown}”.`,
    recovery: `It has: ${known.join('; ')}.`,
    details: { parameter: unknown, known: Object.keys(parameters) },
  });
}

/** The documents over which it runs. @throws NdiError usage.invalid, document.notFound, query.invalid */
function inputsOf(
  { name, input }: Calculator,
  session: Session,
  { inputs = {}, query = [] }: Pick<Inputs['run'], 'inputs' | 'query'>,
): NdiDocument[] {
  const unknown = Object.keys(inputs).find((one) => one !== input.name);
  if (unknown !== undefined) {
    throw new NdiError({
      code: 'usage.invalid',
      message: `The calculator ${name} has no input “${unknown}”.`,
      recovery: `Its input is ${input.name}.`,
      details: { input: unknown },
    });
  }
  const id = inputs[input.name];
  const asked = [...input.query, ...checkQuery(query)];
  const found = session.documents({ query: asked, ...(id === undefined ? {} : { id }) });
  if (found.length > 0) return found.map((entry) => session.read(entry));
  throw new NdiError({
    code: 'document.notFound',
    message: `The session has no document that can be the input (${input.name}) of ${name}.`,
    recovery:
      name === 'tuningcurve'
        ? 'Compute the responses first, with the calculator stimulus-responses.'
        : 'Look at the documents for what there is, or ask for others.',
    details: { input: input.name, id: id ?? null },
  });
}

function alreadyThere({ name }: Calculator, ids: readonly string[]): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `${name} has a result of the same inputs and parameters: ${ids.join(', ')}.`,
    recovery: 'Keep it, or replace it. Nothing was written.',
    details: { ids: [...ids] },
  });
}
