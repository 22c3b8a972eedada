import type { z } from 'zod';
import type { SyncPlanView, SyncStatus, syncOptionsSchema } from '../../../../shared/contract/cloud-sync.ts';
import type { JsonObject } from '../../../../shared/model/document-json.ts';
import type { NdiDocument } from '../../../../shared/model/documents.ts';
import { copyState, type SyncAction, type SyncPlan, type SyncState } from '../../../../shared/model/sync.ts';
import type { LocalCopy } from '../../../ndi/cloud/copy/local-copy.ts';
import { prepare } from '../../../ndi/cloud/run/prepare.ts';
import { fromService } from '../../../ndi/cloud/sync/canonical.ts';
import { makePlan } from '../../../ndi/cloud/sync/plan.ts';
import type { Jobs } from '../../jobs.ts';
import type { CopySession, CopySessions } from './copy-session.ts';

export interface PlanRequest {
  readonly path: string;
  readonly options: z.output<typeof syncOptionsSchema>;
  readonly limit: number | null;
  readonly actions?: readonly SyncAction[] | undefined;
  readonly acceptEmptyRemote: boolean;
}

type States = Readonly<Record<SyncState, number>>;

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
    const known = this.#copies.withCopy(path, (copy) => {
      const found = this.#copies.known(copy);
      return found === null ? null : { datasetId: found.datasetId, checked: found.journal.checked() };
    });
    if (known === null) return notLinked;
    if (check) {
      const options = { mode: 'twoWay', deletions: true } as const;
      const { plan } = await this.#prepared(path, options, signal, 'Comparing with NDI Cloud');
      return statusOf(known.datasetId, { at: new Date().toISOString(), states: plan.states });
    }
    return statusOf(known.datasetId, known.checked as { at: string; states: States } | null);
  }

  /** How far a copy and its dataset are apart, as the last look found: in a moment, without a word to the server. */
  glance(path: string): Pick<SyncStatus, 'state' | 'checkedAt'> {
    return this.#copies.withCopy(path, (copy) => {
      const [link, ...more] = copy.quickLinks();
      if (link === undefined) return { state: 'local-only', checkedAt: null };
      const journal = this.#copies.copyJournal(copy, this.#copies.accounts.api(), link.cloudId);
      const checked = more.length === 0 ? (journal.checked() as { at: string; states: States } | null) : null;
      if (checked === null) return { state: 'unknown', checkedAt: null };
      return { state: copyState(checked.states), checkedAt: checked.at };
    });
  }

  async plan(request: PlanRequest, signal?: AbortSignal): Promise<SyncPlanView> {
    const { path, options, acceptEmptyRemote } = request;
    const unlinked = this.#copies.withCopy(path, (copy) => copy.links().length === 0);
    if (unlinked && options.mode === 'uploadNew') {
      return await this.#copies.withCopy(path, async (copy) => {
        const open = copy.notIngested();
        if (open !== null) throw open;
        return view(await firstUpload(copy, signal), null, copy.reference, request);
      });
    }
    const { plan, datasetId, name } = await this.#prepared(
      path,
      { ...options, acceptEmptyRemote },
      signal,
      'Planning the sync',
    );
    return view(plan, datasetId, name, request);
  }

  async #prepared(
    path: string,
    options: Parameters<typeof prepare>[1],
    signal: AbortSignal | undefined,
    title: string,
  ): Promise<{ plan: SyncPlan; datasetId: string; name: string }> {
    return await this.#jobs.run({ title, signal }, async (job, aborted) => {
      return await this.#copies.withLinked(
        path,
        async (session) => {
          const onPhase = (phase: string) => job.report(null, phase);
          const { plan } = await prepare(session, options, { signal: aborted, onPhase });
          session.journal.setChecked(plan.states);
          return { plan, datasetId: session.datasetId, name: nameOf(session) };
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
      const here = copy.has(id) ? copy.document(id) : null;
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

  quarantine(path: string) {
    return this.#copies.withCopy(path, (copy) => this.#copies.known(copy)?.journal.quarantine() ?? []);
  }
}

/** What has to be typed to agree to many deletions. */
export function nameOf({ record, copy, datasetId }: CopySession): string {
  return (record.name ?? copy.reference) || datasetId;
}

async function firstUpload(copy: LocalCopy, signal: AbortSignal | undefined): Promise<SyncPlan> {
  const local = await copy.inventory(signal);
  const nothing = { documents: new Map(), files: new Map(), withoutId: 0, doubt: null };
  const common = { local: new Set<string>(), remote: new Set<string>(), hashes: new Map() };
  return makePlan({ local, remote: nothing, common, options: { mode: 'uploadNew' } });
}

function view(plan: SyncPlan, datasetId: string | null, name: string, request: PlanRequest): SyncPlanView {
  const { actions, limit } = request;
  const chosen = actions === undefined ? plan.steps : plan.steps.filter(({ action }) => actions.includes(action));
  return {
    ...plan,
    cloudDatasetId: datasetId,
    steps: chosen.slice(0, limit ?? undefined).map((step) => ({ ...step })),
    stepCount: chosen.length,
    warnings: [...plan.warnings],
    datasetName: name,
  };
}

const notLinked: SyncStatus = {
  linked: false,
  cloudDatasetId: null,
  state: 'local-only',
  checkedAt: null,
  localOnly: 0,
  remoteOnly: 0,
  common: 0,
  conflicts: 0,
};

function statusOf(datasetId: string, checked: { at: string; states: States } | null): SyncStatus {
  if (checked === null) return { ...notLinked, linked: true, cloudDatasetId: datasetId, state: 'unknown' };
  const { at, states } = checked;
  const sum = (...names: SyncState[]) => names.reduce((total, name) => total + states[name], 0);
  return {
    linked: true,
    cloudDatasetId: datasetId,
    state: copyState(states),
    checkedAt: at,
    localOnly: sum('newHere', 'deletedThere', 'deletedThereEditedHere'),
    remoteOnly: sum('newThere', 'deletedHere', 'deletedHereEditedThere'),
    common: sum('same', 'editedHere', 'editedThere', 'filesDiffer', 'conflict'),
    conflicts: sum('conflict', 'deletedThereEditedHere', 'deletedHereEditedThere'),
  };
}
