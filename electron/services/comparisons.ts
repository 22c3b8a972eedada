import { statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import type { SessionSummary } from '../../shared/contract/comparisons.ts';
import { type JsonObject, type JsonValue, parseDocumentJson, toPlainJson } from '../../shared/model/document-json.ts';
import type { NdiDocument } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { readSmallText, writeWhole } from '../files/whole-files.ts';
import { compareByRecipe, recipeOf } from '../ndi/compare/compare-by-recipe.ts';
import { documentDifferences } from '../ndi/compare/compare-documents.ts';
import { compareFiles } from '../ndi/compare/compare-files.ts';
import { type Comparable, compareItems } from '../ndi/compare/compare-items.ts';
import { compareDatasetSummaries, compareSummaries, exchangeFiles } from '../ndi/compare/compare-summaries.ts';
import { summariseSession } from '../ndi/compare/session-summary.ts';
import type { DocumentEntry } from '../ndi/database/document-index.ts';
import { Session } from '../ndi/session.ts';
import type { DataWorkers } from '../workers/data-workers.ts';
import { summaryOf } from './document-summary.ts';
import { type EditTarget, entriesOf, findTarget } from './edits/target.ts';
import type { Jobs } from './jobs.ts';
import { fullPath, type OpenItems } from './open-items.ts';
import { sessionEpochs } from './session-epochs.ts';
import { fillNewFolder } from './writable-folder.ts';

type Inputs = CallInputs['comparisons'];
type Outputs = CallOutputs['comparisons'];
type Place = Inputs['summary'];

/** More of a kind say nothing new to a person. */
const LISTED = 500;
/** Longest value that is shown of a field. */
const SHOWN_CHARACTERS = 2000;

/** Compares sessions, datasets, documents and files. Reads only, but for the exchange that it writes elsewhere. */
export class ComparisonService {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #jobs: Jobs;

  constructor(items: OpenItems, workers: DataWorkers, jobs: Jobs) {
    this.#items = items;
    this.#workers = workers;
    this.#jobs = jobs;
  }

  /** @throws NdiError session.notFound, database.*, path.* */
  async summary(place: Place, signal?: AbortSignal): Promise<Outputs['summary']> {
    const { holder, sessionId } = findTarget(this.#items, place);
    if (holder instanceof Session) return { kind: 'session', summary: await this.#summarise(holder, signal) };
    if (sessionId !== undefined) {
      return { kind: 'session', summary: await this.#summarise(holder.session(sessionId), signal) };
    }
    const members = holder.sessions();
    const summaries: SessionSummary[] = [];
    const documentCounts: { sessionId: string; count: number }[] = [];
    for (const { id } of members) {
      const session = holder.session(id);
      summaries.push(await this.#summarise(session, signal));
      documentCounts.push({ sessionId: id, count: session.documents().length });
    }
    return {
      kind: 'dataset',
      summary: {
        numSessions: members.length,
        references: members.map(({ reference }) => reference),
        sessionIds: members.map(({ id }) => id),
        sessionSummaries: summaries,
        documentCounts,
      },
    };
  }

  async #summarise(session: Session, signal: AbortSignal | undefined): Promise<SessionSummary> {
    return summariseSession(session, (await sessionEpochs(session, this.#workers, signal)).systems);
  }

  /** @throws NdiError session.notFound, document.invalid for JSON that is no summary, database.*, path.* */
  async summaries(request: Inputs['summaries'], signal?: AbortSignal): Promise<Outputs['summaries']> {
    const own = await this.summary(request, signal);
    const other = await this.#otherSummary(fullPath(request.other), signal);
    const exclude = [...exchangeFiles, ...(request.excludeFiles ?? [])];
    const compare = own.kind === 'dataset' ? compareDatasetSummaries : compareSummaries;
    const differences = compare(own.summary, other, exclude);
    return { equal: differences.length === 0, differences };
  }

  async #otherSummary(path: string, signal: AbortSignal | undefined): Promise<JsonObject> {
    const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    if (isFile) return readSummary(path);
    return (await this.summary({ path }, signal)).summary;
  }

  /** @throws NdiError path.notEmpty, session.notFound, database.*, path.*, app.cancelled; then nothing is left */
  async writeExchange(
    { out, ...place }: Inputs['writeExchange'],
    signal?: AbortSignal,
  ): Promise<Outputs['writeExchange']> {
    const folder = fullPath(out);
    const answer = await this.summary(place, signal);
    const target = findTarget(this.#items, place);
    const entries = entriesOf(target);
    return this.#jobs.run({ title: 'Writing the summary and documents', signal }, async (job, cancelled) => {
      const fill = async (temporary: string) => {
        await writeDocuments(target, entries, answer.kind, join(temporary, 'jsonDocuments'), (done) => {
          cancelled.throwIfAborted();
          job.report(done / entries.length, `${done} of ${entries.length} documents`);
        });
        const name = answer.kind === 'session' ? 'sessionSummary.json' : 'datasetSummary.json';
        writeWhole(join(temporary, name), JSON.stringify(answer.summary, null, 2));
      };
      await fillNewFolder(folder, { fill, finish: () => Promise.resolve() });
      return { path: folder, documents: entries.length };
    });
  }

  /** @throws NdiError session.notFound, database.*, path.*, app.cancelled */
  async items({ a, b, files, ignore }: Inputs['items'], signal?: AbortSignal): Promise<Outputs['items']> {
    const [sideA, sideB] = [this.#comparable(a), this.#comparable(b)];
    return this.#jobs.run({ title: 'Comparing', signal }, async (job, cancelled) => {
      const report = (fraction: number, detail: string) => job.report(fraction, detail);
      const found = await compareItems(sideA, sideB, { files: files !== false, ignore, signal: cancelled, report });
      const { onlyInA, onlyInB, inBoth, documents, files: differing } = found;
      return {
        equal: [onlyInA, onlyInB, documents, differing].every((list) => list.length === 0),
        counts: {
          ...{ onlyInA: onlyInA.length, onlyInB: onlyInB.length, inBoth },
          ...{ mismatched: documents.length, files: differing.length },
        },
        onlyInA: onlyInA.slice(0, LISTED).map(summaryOf),
        onlyInB: onlyInB.slice(0, LISTED).map(summaryOf),
        mismatched: documents.slice(0, LISTED).map(({ entry, differences }) => ({
          ...summaryOf(entry),
          differences: differences.map(shownDifference),
        })),
        files: differing.slice(0, LISTED).map(({ entry, comparison, ...rest }) => ({
          document: summaryOf(entry),
          ...rest,
          comparison: comparison === null ? null : { ...comparison, rows: [...comparison.rows] },
        })),
      };
    });
  }

  /** @throws NdiError session.notFound, document.notFound, database.*, path.* */
  documents({ a, b, ignore }: Inputs['documents']): Outputs['documents'] {
    const differences = documentDifferences(this.#document(a), this.#document(b), ignore);
    return { equal: differences.length === 0, differences: differences.map(shownDifference) };
  }

  /** @throws as `documents` */
  recipe(place: Inputs['recipe']): Outputs['recipe'] {
    return recipeOf(this.#document(place)).map(({ toleranceAmount, ...field }) => ({
      ...field,
      toleranceAmount: typeof toleranceAmount === 'number' ? toleranceAmount : [...toleranceAmount],
    }));
  }

  /** @throws as `documents`; usage.invalid for a method that there is not */
  byRecipe({ actual, expected, recipe }: Inputs['byRecipe']): Outputs['byRecipe'] {
    const failures = compareByRecipe(this.#document(actual), this.#document(expected), recipe);
    return {
      equal: failures.length === 0,
      failures: failures.map(({ name, actual: found, expected: wanted, why }) => ({
        ...{ name, why, actual: shownValue(found), expected: shownValue(wanted) },
      })),
    };
  }

  /** @throws NdiError path.*, app.cancelled */
  async files({ a, b, rows }: Inputs['files'], signal?: AbortSignal): Promise<Outputs['files']> {
    const options = { ...(rows === undefined ? {} : { rows }), signal };
    const comparison = await compareFiles(fullPath(a), fullPath(b), options);
    return { ...comparison, rows: [...comparison.rows] };
  }

  #comparable(place: Place): Comparable {
    const target = findTarget(this.#items, place);
    const { holder } = target;
    return {
      documents: () => entriesOf(target),
      read: (entry) => holder.read(entry),
      files: (document) => holder.files(document),
    };
  }

  #document({ id, ...place }: Inputs['recipe']): NdiDocument {
    return findTarget(this.#items, place).holder.document(id);
  }
}

function shownDifference({ field, a, b }: { field: string; a: JsonValue | undefined; b: JsonValue | undefined }) {
  return { field, a: shownValue(a), b: shownValue(b) };
}

function shownValue(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return JSON.stringify(toPlainJson(value)).slice(0, SHOWN_CHARACTERS);
}

/** One file a document; those of a dataset in a folder for each session. Numbers that are not finite become null. */
async function writeDocuments(
  { holder }: EditTarget,
  entries: readonly DocumentEntry[],
  kind: 'session' | 'dataset',
  folder: string,
  report: (done: number) => void,
): Promise<void> {
  await mkdir(folder);
  const made = new Set<string>();
  for (const [at, entry] of entries.entries()) {
    if (at % 100 === 0) {
      report(at);
      await setImmediate();
    }
    const place = kind === 'session' ? folder : join(folder, entry.sessionId);
    if (!made.has(place)) await mkdir(place, { recursive: true });
    made.add(place);
    await writeFile(join(place, `${entry.id}.json`), JSON.stringify(toPlainJson(holder.read(entry)), null, 2));
  }
}

function readSummary(path: string): JsonObject {
  const summary = parseDocumentJson(readSmallText(path) ?? '');
  if ('sessionId' in summary || 'sessionIds' in summary) return summary;
  throw new NdiError({
    code: 'document.invalid',
    message: `${path} is no summary of a session or dataset.`,
    recovery: 'Name a folder of NDI, or a summary that “ndi summary” or another implementation of NDI has written.',
    details: { path },
  });
}
