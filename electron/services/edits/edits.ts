import { existsSync, rmSync } from 'node:fs';
import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import { applyEdits } from '../../../shared/model/document-edits.ts';
import { documentClass, documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { DocumentChange, TouchedDocument } from '../../ndi/database/change.ts';
import { whenFree } from '../../ndi/database/when-free.ts';
import { forgetKept, holdWorkFolder } from '../../ndi/database/work-folder.ts';
import type { Dataset } from '../../ndi/dataset.ts';
import { ndiFolder } from '../../ndi/folder.ts';
import type { Session } from '../../ndi/session.ts';
import { Broadcast } from '../broadcast.ts';
import { nameOf } from '../document-cells.ts';
import { Jobs } from '../jobs.ts';
import type { OpenItems } from '../open-items.ts';
import { History } from './history.ts';
import { receiveDocument, receiveEdits, receiveNew } from './receive.ts';
import { notTheNext, refuseUnseen } from './stale.ts';
import { type EditTarget, findTarget, type WriteTarget } from './target.ts';
import { validate } from './validate.ts';

type Inputs = CallInputs['edits'];
type Outputs = CallOutputs['edits'];

/** Where a change goes: a session's or dataset's folder, and in a dataset the session that new documents get. */
export interface Place {
  readonly path: string;
  readonly sessionId?: string | undefined;
}

/**
 * Changes of documents. Everything in the application that changes documents goes through here: each call opens the
 * database for writing, makes one transaction, and enters one step that can be undone while the process lives.
 */
export class EditService {
  readonly #items: OpenItems;
  readonly #jobs: Jobs;
  readonly #histories = new Map<string, History>();
  readonly #targets = new Map<string, WriteTarget>();
  readonly #changes = new Broadcast<null>();
  /** Actions on one folder follow each other: one that waits for a busy database must not be overtaken. */
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(items: OpenItems, jobs: Jobs = new Jobs()) {
    this.#items = items;
    this.#jobs = jobs;
  }

  /** @throws NdiError document.*, database.*, path.* */
  async add(request: Inputs['add']): Promise<Outputs['add']> {
    const documents = request.documents.map(receiveDocument);
    return this.change(request, { add: documents }, request.title ?? titleOf('Add', documents));
  }

  /** @throws NdiError document.*, database.*, path.* */
  async create(request: Inputs['create']): Promise<Outputs['create']> {
    const documents = request.documents.map(receiveNew);
    return this.change(request, { add: documents }, request.title ?? titleOf('Add', documents));
  }

  /** @throws NdiError document.notFound | hasDependents, database.*, path.* */
  async remove(request: Inputs['remove']): Promise<Outputs['remove']> {
    const { ids, dependents } = this.removal(request);
    if (dependents.length > 0 && request.cascade !== true) throw this.#hasDependents(request, dependents);
    const title = request.title ?? `Remove ${ids.length === 1 ? this.#describe(request, ids[0] ?? '') : countOf(ids)}`;
    return this.change(request, { remove: ids }, title);
  }

  /** @throws NdiError document.notFound, database.*, path.* */
  removal(request: Inputs['removal']): Outputs['removal'] {
    const target = findTarget(this.#items, request);
    for (const id of request.ids) stored(target, id);
    const ids = target.holder.removal(request.ids);
    const asked = new Set(request.ids);
    return { ids, dependents: ids.filter((id) => !asked.has(id)) };
  }

  /** @throws NdiError document.notFound | invalid, edit.conflict, database.*, path.* */
  async edit(request: Inputs['edit']): Promise<Outputs['edit']> {
    const replace = request.documents.map(({ id, edits, seen = [] }) => {
      const received = receiveEdits(edits);
      return {
        id,
        edit: (stored: NdiDocument) => {
          refuseUnseen(stored, seen);
          return applyEdits(stored, received);
        },
      };
    });
    return this.change(request, { replace }, request.title ?? titleOfEdits(request.documents));
  }

  /**
   * Any change of documents, as one step of the history. Other services change documents by it.
   * @throws NdiError document.*, edit.conflict, database.busy and others, path.*
   */
  async change(place: Place, change: DocumentChange, title: string): Promise<Outputs['add']> {
    return this.#inTurn(place, (target) => {
      const touched = this.#write(target, (holder) => holder.change(change, target.sessionId));
      const history = this.#history(target.path);
      dropKept(history.enter(title, touched));
      return { ids: touched.map((one) => one.id), history: history.summary() };
    });
  }

  /** @throws NdiError edit.nothing, edit.conflict, database.*, path.* */
  async undo(request: Inputs['undo']): Promise<Outputs['undo']> {
    return this.#turn(request, 'undo');
  }

  /** @throws NdiError edit.nothing, edit.conflict, database.*, path.* */
  async redo(request: Inputs['redo']): Promise<Outputs['redo']> {
    return this.#turn(request, 'redo');
  }

  history(place: Place): Outputs['history'] {
    return this.#history(findTarget(this.#items, place).path).summary();
  }

  async *changes(signal?: AbortSignal): AsyncGenerator<Outputs['history'][]> {
    const all = () => [...this.#histories.values()].map((history) => history.summary());
    yield all();
    const changes = this.#changes.watch(signal);
    while ((await changes.next()).done !== true) yield all();
  }

  /** @throws NdiError document.notFound, database.*, path.*, app.cancelled */
  async validate(request: Inputs['validate'], signal?: AbortSignal): Promise<Outputs['validate']> {
    const target = findTarget(this.#items, request);
    return this.#jobs.run({ title: 'Checking the rules of documents', signal }, (job, cancelled) =>
      validate(target, {
        ids: request.ids,
        signal: cancelled,
        report: (fraction, detail) => job.report(fraction, detail),
      }),
    );
  }

  /** Forgets what was done in a folder, which is about to go: nothing of it can be undone any more. */
  forget(path: string): void {
    this.#items.forWriting.close(path);
    forgetKept(ndiFolder(path));
    for (const [key, target] of this.#targets) if (target.path === path) this.#targets.delete(key);
    if (this.#histories.delete(path)) this.#changes.send(null);
  }

  /** Frees what is kept for undoing: it ends with the process. */
  close(): void {
    for (const { path } of this.#targets.values()) {
      this.#items.forWriting.close(path);
      forgetKept(ndiFolder(path));
    }
    this.#targets.clear();
    this.#histories.clear();
  }

  async #turn({ step: meant, ...place }: Inputs['undo'], direction: 'undo' | 'redo'): Promise<Outputs['undo']> {
    return this.#inTurn(place, (target) => {
      const history = this.#history(target.path);
      const step = history[direction];
      if (step === null) throw nothingTo(direction, target.path);
      if (meant !== undefined && meant !== step.step.id) throw notTheNext(direction, history, meant);
      const touched = this.#write(target, (holder) => holder.takeBack(step.touched));
      history.turned(direction, touched);
      return { ids: touched.map((one) => one.id), history: history.summary() };
    });
  }

  async #inTurn<T>(place: Place, action: (target: WriteTarget) => T): Promise<T> {
    const target = this.#target(place);
    const before = this.#queues.get(target.path) ?? Promise.resolve();
    const mine = before.then(() => whenFree(() => action(target)));
    const quiet = mine.catch(() => undefined);
    this.#queues.set(target.path, quiet);
    try {
      return await mine;
    } finally {
      if (this.#queues.get(target.path) === quiet) this.#queues.delete(target.path);
      this.#changes.send(null);
    }
  }

  #write<T>({ path, kind }: WriteTarget, action: (holder: Session | Dataset) => T): T {
    return this.#items.forWriting.use(path, kind, action);
  }

  /** Looking a folder up opens its database: once is enough for what is written there one action after the other. */
  #target(place: Place): WriteTarget {
    const key = `${place.path}\n${place.sessionId ?? ''}`;
    let target = this.#targets.get(key);
    if (target === undefined || !existsSync(ndiFolder(target.path))) {
      const { path, kind, sessionId } = findTarget(this.#items, place);
      target = { path, kind, sessionId };
      holdWorkFolder(ndiFolder(path));
      this.#targets.set(key, target);
    }
    return target;
  }

  #history(path: string): History {
    let history = this.#histories.get(path);
    if (history === undefined) {
      history = new History(path);
      this.#histories.set(path, history);
    }
    return history;
  }

  #describe(place: Place, id: string): string {
    return titleOf('', [stored(findTarget(this.#items, place), id)]).trim();
  }

  #hasDependents(place: Place, dependents: readonly string[]): NdiError {
    const named = dependents.slice(0, 3).map((id) => this.#describe(place, id));
    const more = dependents.length > named.length ? ` and ${dependents.length - named.length} more` : '';
    return new NdiError({
      code: 'document.hasDependents',
      message: `${countOf(dependents)} ${dependents.length === 1 ? 'depends' : 'depend'} on what is to be removed: ${named.join(', ')}${more}.`,
      recovery: 'Remove them together (cascade), or keep the document. Nothing was removed.',
      details: { dependents: [...dependents] },
    });
  }
}

/** @throws NdiError document.notFound */
function stored(target: EditTarget, id: string): NdiDocument {
  const found = target.holder.stored(id);
  if (found !== null) return found;
  throw new NdiError({
    code: 'document.notFound',
    message: `There is no document with the id ${id} in ${target.path}.`,
    recovery: 'It may have been removed; list the documents again.',
    details: { path: target.path, id },
  });
}

function countOf(items: readonly unknown[]): string {
  return items.length === 1 ? '1 document' : `${items.length} documents`;
}

function titleOf(verb: string, documents: readonly NdiDocument[]): string {
  const [only] = documents;
  if (only === undefined || documents.length > 1) return `${verb} ${countOf(documents)}`;
  return `${verb} ${documentClass(only)} ${nameOf(only) || documentId(only)}`;
}

function titleOfEdits(
  documents: readonly { readonly edits: readonly { kind: string; path?: string; name?: string }[] }[],
): string {
  const fields = new Set(documents.flatMap(({ edits }) => edits.map((edit) => edit.path ?? edit.name ?? '')));
  const what = fields.size === 1 ? [...fields][0] : `${fields.size} fields`;
  return documents.length === 1 ? `Change ${what}` : `Change ${what} of ${countOf(documents)}`;
}

/** Files that only forgotten steps could have brought back. */
function dropKept(touched: readonly TouchedDocument[]): void {
  for (const { kept } of touched) for (const { path } of kept) rmSync(path, { force: true });
}

function nothingTo(direction: 'undo' | 'redo', path: string): NdiError {
  return new NdiError({
    code: 'edit.nothing',
    message: `There is nothing to ${direction} in ${path}.`,
    recovery: 'The history holds what this window has changed since it was started.',
    details: { path },
  });
}
