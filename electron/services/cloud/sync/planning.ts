import type { z } from 'zod';
import type { SyncPlanView, SyncStatus, syncOptionsSchema } from '../../../../shared/contract/cloud-sync.ts';
import type { JsonObject } from '../../../../shared/model/document-json.ts';
import type { NdiDocument } from '../../../../shared/model/documents.ts';
import {
  copyState,
  type CopyState,
  type PlanStep,
  type SyncAction,
  type SyncPlan,
  type SyncState,
} from '../../../../shared/model/sync.ts';
import type { LocalCopy } from '../../../ndi/cloud/copy/local-copy.ts';
import type { CopyJournal } from '../../../ndi/cloud/journal/copy-journal.ts';
import { prepare } from '../../../ndi/cloud/run/prepare.ts';
import { fromService } from '../../../ndi/cloud/sync/canonical.ts';
import type { CommonState } from '../../../ndi/cloud/sync/inventory.ts';
import { makePlan } from '../../../ndi/cloud/sync/plan.ts';
import { inBase } from '../../../ndi/cloud/sync/states.ts';
import { whenFree } from '../../../ndi/database/when-free.ts';
import type { Jobs } from '../../jobs.ts';
import type { CopySession, CopySessions } from './copy-session.ts';
import { describedAt } from './described.ts';

export interface PlanRequest {
  readonly path: string;
  readonly options: z.output<typeof syncOptionsSchema>;
  readonly limit: number | null;
  readonly actions?: readonly SyncAction[] | undefined;
  readonly acceptEmptyRemote: boolean;
}

type States = Readonly<Record<SyncState, number>>;

interface Planned {
  readonly plan: SyncPlan;
  readonly common: CommonState;
  /** Null where the upload will make the dataset. */
  readonly datasetId: string | null;
  readonly name: string;
}

/** Looks at both sides: status, plan, versions of a document. Changes nothing. */
export class SyncPlanning {
  readonly #copies: CopySessions;
  readonly #jobs: Jobs;

  constructor(copies: CopySessions, jobs: Jobs) {
    this.#copies = copies;
    this.#jobs = jobs;
  }

  /** @param check whether both sides are looked at now; else what the last look found */
  async status(path: string, check: boolean, signal?: AbortSignal): Promise<SyncStatus> {
    const isLinked = this.#copies.withCopy(path, (copy) => this.#copies.known(copy) !== null);
    if (!isLinked) return notLinked;
    if (check) {
      const options = { mode: 'twoWay', deletions: true } as const;
      await this.#prepared(path, options, signal, 'Comparing with NDI Cloud');
    }
    return this.#copies.withCopy(path, (copy) => {
      const found = this.#copies.known(copy);
      return found === null ? notLinked : statusOf(found.datasetId, lastLook(copy, found.journal));
    });
  }

  /** How far a copy and its dataset are apart, as the last look found: in a moment, without a word to the server. */
  glance(path: string): Pick<SyncStatus, 'state' | 'checkedAt' | 'changedHere'> {
    return this.#copies.withCopy(path, (copy) => {
      const [link, ...more] = copy.quickLinks();
      if (link === undefined) return { state: 'local-only', checkedAt: null, changedHere: false };
      const journal = this.#copies.copyJournal(copy, this.#copies.accounts.api(), link.cloudId);
      const { state, checkedAt, changedHere } = statusOf(
        link.cloudId,
        more.length === 0 ? lastLook(copy, journal) : null,
      );
      return { state, checkedAt, changedHere };
    });
  }

  async plan(request: PlanRequest, signal?: AbortSignal): Promise<SyncPlanView> {
    const { path, options, acceptEmptyRemote } = request;
    const isLinked = () => this.#copies.withCopy(path, (copy) => copy.links().length > 0);
    const unlinked = !(await whenFree(isLinked, { signal }));
    if (unlinked && options.mode === 'uploadNew') {
      return await this.#copies.whileOpen(
        path,
        async (copy) => {
          await whenFree(() => copy.requireIngested(), { signal });
          return view(await firstUpload(copy, signal), request);
        },
        signal,
      );
    }
    const planned = await this.#prepared(path, { ...options, acceptEmptyRemote }, signal, 'Planning the sync');
    return view(planned, request);
  }

  async #prepared(
    path: string,
    options: Parameters<typeof prepare>[1],
    signal: AbortSignal | undefined,
    title: string,
  ): Promise<Planned> {
    return await this.#jobs.run({ title, signal }, async (job, aborted) => {
      return await this.#copies.withLinked(
        path,
        async (session) => {
          const onPhase = (phase: string) => job.report(null, phase);
          // What is written from here on may not have been seen.
          const lookedAt = new Date();
          const { plan, input } = await prepare(session, options, { signal: aborted, onPhase });
          session.journal.setChecked(plan.states, lookedAt);
          return { plan, common: input.common, datasetId: session.datasetId, name: nameOf(session) };
        },
        aborted,
      );
    });
  }

  /** A document on both sides, for settling a conflict. */
  async versions(
    path: string,
    id: string,
    signal?: AbortSignal,
  ): Promise<{ here: NdiDocument | null; there: NdiDocument | null }> {
    return await this.#copies.withLinked(path, async ({ api, datasetId, copy }) => {
      const here = await whenFree(() => (copy.has(id) ? copy.document(id) : null), { signal });
      const { rows } = await api.listDocuments(datasetId, { signal });
      const row = rows.filter(({ ndiId }) => ndiId === id).sort((a, b) => (a.id < b.id ? -1 : 1))[0];
      if (row === undefined) return { here, there: null };
      const path = { datasetId, documentId: row.id };
      const there = (await api.call('getDocument', { path, signal })) as JsonObject;
      return { here, there: fromService(there) };
    });
  }

  history(path: string, id: string) {
    return this.#copies.withCopy(path, (copy) => this.#copies.known(copy)?.journal.history(id) ?? []);
  }

  lost(path: string) {
    return this.#copies.withCopy(path, (copy) => this.#copies.known(copy)?.journal.lost() ?? []);
  }

  quarantine(path: string) {
    return this.#copies.withCopy(path, (copy) => this.#copies.known(copy)?.journal.quarantine() ?? []);
  }
}

/** What has to be typed to agree to many deletions. */
export function nameOf({ record, copy, datasetId }: CopySession): string {
  return (record.name ?? copy.reference) || datasetId;
}

/** The plan of a copy that is in no cloud yet: nobody has to be signed in for it. */
async function firstUpload(copy: LocalCopy, signal: AbortSignal | undefined): Promise<Planned> {
  const local = await copy.inventory(signal);
  const nothing = { documents: new Map(), files: new Map(), withoutId: 0, doubt: null };
  const common = { local: new Set<string>(), remote: new Set<string>(), hashes: new Map() };
  const plan = makePlan({ local, remote: nothing, common, options: { mode: 'uploadNew' } });
  return { plan, common, datasetId: null, name: describedAt(copy.path).name ?? copy.reference };
}

function view({ plan, common, datasetId, name }: Planned, { actions, limit }: PlanRequest): SyncPlanView {
  const chosen = actions === undefined ? plan.steps : plan.steps.filter(({ action }) => actions.includes(action));
  const shown = filesBeneath(chosen).slice(0, limit ?? undefined);
  return {
    ...plan,
    cloudDatasetId: datasetId,
    steps: shown.map((step) => ({ ...step, wasCommon: inBase(step.documentId, common) })),
    stepCount: chosen.length,
    warnings: [...plan.warnings],
    datasetName: name,
  };
}

/** Each document is followed by its files; those of documents that stay as they are come last. */
function filesBeneath(steps: readonly PlanStep[]): PlanStep[] {
  const files = new Map<string, PlanStep[]>();
  for (const step of steps) {
    if (step.kind !== 'file') continue;
    const of = files.get(step.documentId);
    if (of === undefined) files.set(step.documentId, [step]);
    else of.push(step);
  }
  const ordered: PlanStep[] = [];
  for (const step of steps) {
    if (step.kind === 'file') continue;
    ordered.push(step, ...(files.get(step.id) ?? []));
    files.delete(step.id);
  }
  return [...ordered, ...[...files.values()].flat()];
}

const notLinked: SyncStatus = {
  linked: false,
  cloudDatasetId: null,
  state: 'local-only',
  checkedAt: null,
  changedHere: false,
  localOnly: 0,
  remoteOnly: 0,
  common: 0,
  conflicts: 0,
};

interface LastLook {
  readonly at: string;
  readonly states: States;
  /** Something was written here since, by this program or another. */
  readonly changedHere: boolean;
}

function lastLook(copy: LocalCopy, journal: CopyJournal): LastLook | null {
  const checked = journal.checked() as { at: string; states: States } | null;
  return checked === null ? null : { ...checked, changedHere: copy.writtenAtMs > Date.parse(checked.at) };
}

/** What was written may have been edited back: only another look tells whether the copy is ahead. */
function stateNow({ states, changedHere }: LastLook): CopyState {
  const state = copyState(states);
  return changedHere && (state === 'in-step' || state === 'cloud-ahead') ? 'unknown' : state;
}

function statusOf(datasetId: string, look: LastLook | null): SyncStatus {
  if (look === null) return { ...notLinked, linked: true, cloudDatasetId: datasetId, state: 'unknown' };
  const { at, states, changedHere } = look;
  const sum = (...names: SyncState[]) => names.reduce((total, name) => total + states[name], 0);
  return {
    linked: true,
    cloudDatasetId: datasetId,
    state: stateNow(look),
    checkedAt: at,
    changedHere,
    localOnly: sum('newHere', 'deletedThere', 'deletedThereEditedHere'),
    remoteOnly: sum('newThere', 'deletedHere', 'deletedHereEditedThere'),
    common: sum('same', 'editedHere', 'editedThere', 'filesDiffer', 'conflict'),
    conflicts: sum('conflict', 'deletedThereEditedHere', 'deletedHereEditedThere'),
  };
}
