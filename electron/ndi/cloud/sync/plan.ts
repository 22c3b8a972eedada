import {
  type ActionTotal,
  noStates,
  type PlanNote,
  type PlanStep,
  type SyncAction,
  syncActions,
  type SyncPlan,
  type SyncState,
} from '../../../../shared/model/sync.ts';
import { decide, type Decision, directions } from './actions.ts';
import { consentFor, deletionsRefused, emptyRemoteNote, isProtected, neededByOthers } from './deletions.ts';
import type { PlanInput, RemoteInventory } from './inventory.ts';
import { type CommonDocument, filesToFetch, filesToSend } from './plan-files.ts';
import { documentStates } from './states.ts';

/** A larger document could be sent in a zip but never fetched again: the service's answers end there (section 1). */
export const LARGEST_DOCUMENT_BYTES = 6 * 1024 ** 2;

/**
 * What a sync would do, and why: a pure function of what is here, what is there and what was common (cloud reference,
 * section 14.4). Nothing is deleted on a doubtful list, no conflict is settled without a person.
 */
export function makePlan(input: PlanInput): SyncPlan {
  const states = noStates();
  const decided: { id: string; state: SyncState; decision: Decision }[] = [];
  for (const { id, state } of documentStates(input.local, input.remote, input.common)) {
    states[state] += 1;
    decided.push({ id, state, decision: decide(id, state, input.options) });
  }
  const { blocked, warning } = emptyRemoteNote(input);
  const refused = deletionsRefused(input);
  const staying = neededByOthers(wantedDeletions(decided, input), input.local.documents);
  const steps = decided.flatMap((one) => documentSteps(one, input, refused, staying));
  steps.push(...fileSteps(decided, steps, input));
  return {
    mode: input.options.mode,
    deletions: input.options.deletions ?? false,
    files: input.options.files ?? false,
    updateEdited: input.options.updateEdited ?? false,
    steps,
    totals: totalsOf(steps),
    states,
    warnings: warningsOf(input, steps, warning, refused),
    blocked,
    consent: consentFor(countOf(steps, 'delete-here'), countOf(steps, 'delete-there'), input),
  };
}

interface Decided {
  readonly id: string;
  readonly state: SyncState;
  readonly decision: Decision;
}

function wantedDeletions(decided: readonly Decided[], input: PlanInput): Set<string> {
  const ids = decided.filter(({ decision }) => decision.action === 'delete-here').map(({ id }) => id);
  return new Set(ids.filter((id) => !isProtected(id, input.local.documents.get(id)?.className ?? '', input)));
}

function documentSteps(
  { id, state, decision }: Decided,
  input: PlanInput,
  refused: string | null,
  staying: ReadonlyMap<string, string>,
): PlanStep[] {
  const make = (action: SyncAction, reason: string, failed = false) => [
    documentStep(id, state, { ...decision, action }, reason, input, failed),
  ];
  const size = input.local.documents.get(id)?.bytes ?? 0;
  switch (decision.action) {
    case 'none':
      if (state === 'filesDiffer') return make('skip', 'The files differ; which side changed is not known.');
      if (state === 'unreadable') return make('skip', 'The document here cannot be read.', true);
      return [];
    case 'skip':
      return make('skip', decision.side === 'there' ? 'Differs: edited here.' : 'Differs: edited in the cloud.');
    case 'send':
      if (size > LARGEST_DOCUMENT_BYTES) return make('skip', 'The service gives back no document above 6 MiB.', true);
      return make('send', state === 'newHere' ? 'New here.' : 'Not in the cloud any more.');
    case 'update':
      if (decision.side !== 'here' && size > LARGEST_DOCUMENT_BYTES) {
        return make('skip', 'The service gives back no document above 6 MiB.', true);
      }
      return make('update', reasonOfUpdate(state, decision.side));
    case 'fetch':
      return make('fetch', state === 'newThere' ? 'New in the cloud.' : 'Not here any more.');
    case 'conflict':
      return make('conflict', reasonOfConflict(state));
    case 'delete-here':
    case 'delete-there': {
      const kept = keptInstead(id, input, refused, staying);
      if (kept !== null) return make('skip', kept);
      return make(decision.action, decision.action === 'delete-here' ? 'Not in the cloud.' : 'Not here.');
    }
  }
}

/** Why a document is kept although the mode would delete it, or null. */
function keptInstead(
  id: string,
  input: PlanInput,
  refused: string | null,
  staying: ReadonlyMap<string, string>,
): string | null {
  const className = (input.local.documents.get(id) ?? input.remote.documents.get(id))?.className ?? '';
  if (isProtected(id, className, input)) return 'Kept: the dataset needs it to be opened and to stay linked.';
  if (refused !== null) return `Not deleted: ${refused}.`;
  const by = staying.get(id);
  return by === undefined ? null : `Kept: it is needed by ${by}, which stays.`;
}

function reasonOfUpdate(state: SyncState, side: Decision['side']): string {
  if (state === 'editedHere' && side === 'there') return 'Edited here.';
  if (state === 'editedThere' && side === 'here') return 'Edited in the cloud.';
  if (side === 'both') return 'Put together from both sides.';
  return side === 'there' ? 'This side wins.' : 'The cloud wins.';
}

function reasonOfConflict(state: SyncState): string {
  if (state === 'deletedThereEditedHere') return 'Edited here, deleted in the cloud.';
  if (state === 'deletedHereEditedThere') return 'Deleted here, edited in the cloud.';
  return 'Changed on both sides.';
}

function documentStep(
  id: string,
  state: SyncState,
  { action, side }: { action: SyncAction; side: Decision['side'] },
  reason: string,
  { local, remote }: PlanInput,
  refused: boolean,
): PlanStep {
  const here = local.documents.get(id);
  const there = remote.documents.get(id);
  return {
    action,
    kind: 'document',
    id,
    cloudId: there?.cloudIds[0] ?? null,
    bytes: here?.bytes ?? there?.content?.bytes ?? null,
    reason,
    state,
    side: action === 'update' ? side : null,
    documentId: id,
    className: here?.className ?? there?.className ?? '',
    name: here?.name ?? there?.name ?? '',
    refused,
  };
}

/** Files of the documents that will be on both sides; those of documents still to be fetched are known by uid only. */
function fileSteps(decided: readonly Decided[], documents: readonly PlanStep[], input: PlanInput): PlanStep[] {
  const { sends, fetches } = directions(input.options);
  const acted = new Map(documents.map((step) => [step.id, step]));
  const steps: PlanStep[] = [];
  const seen = new Set<string>();
  for (const { id, state } of decided) {
    const document = input.local.documents.get(id);
    if (document === undefined || document.files.length === 0) continue;
    const step = acted.get(id);
    const sent = step?.action === 'send' || (step?.action === 'update' && step.side !== 'here');
    const there = input.remote.documents.get(id);
    if (!sent && (there === undefined || step?.action === 'delete-here')) continue;
    const common: CommonDocument = { document, there, state, sent };
    if (sends) steps.push(...filesToSend(common, input.remote));
    if (fetches && input.options.files === true) steps.push(...filesToFetch(common, input.remote));
  }
  const unique = steps.filter((step) => !seen.has(step.id) && seen.add(step.id));
  const fetchesDocuments = documents.some((step) => step.action === 'fetch');
  if (fetches && fetchesDocuments && input.options.files === true) unique.push(...filesOfFetched(input));
  return unique;
}

function* filesOfFetched({ local, remote }: PlanInput): Generator<PlanStep> {
  const known = new Set<string>();
  for (const { files } of local.documents.values()) for (const { uid } of files) known.add(uid);
  for (const [uid, { uploaded, size }] of remote.files) {
    if (known.has(uid) || !uploaded) continue;
    yield {
      action: 'fetch',
      kind: 'file',
      id: uid,
      cloudId: null,
      bytes: size,
      reason: 'Belongs to a document that is fetched.',
      state: 'newThere',
      side: null,
      documentId: '',
      className: '',
      name: uid,
      refused: false,
    };
  }
}

function countOf(steps: readonly PlanStep[], action: SyncAction): number {
  return steps.reduce((count, step) => count + (step.action === action ? 1 : 0), 0);
}

function totalsOf(steps: readonly PlanStep[]): Record<SyncAction, ActionTotal> {
  const totals = Object.fromEntries(
    syncActions.map((action) => [action, { documents: 0, files: 0, bytes: 0 }]),
  ) as Record<SyncAction, { documents: number; files: number; bytes: number }>;
  for (const { action, kind, bytes } of steps) {
    totals[action][kind === 'file' ? 'files' : 'documents'] += 1;
    totals[action].bytes += bytes ?? 0;
  }
  return totals;
}

function warningsOf(
  { remote }: PlanInput,
  steps: readonly PlanStep[],
  emptiness: PlanNote | null,
  refused: string | null,
): PlanNote[] {
  const notes: PlanNote[] = emptiness === null ? [] : [emptiness];
  if (remote.doubt !== null)
    notes.push({ code: 'sync.remoteDoubtful', message: `Nothing is deleted: ${remote.doubt}.` });
  else if (refused !== null && steps.some((step) => step.reason.startsWith('Not deleted'))) {
    notes.push({ code: 'sync.notDeleted', message: `Nothing is deleted: ${refused}.` });
  }
  if (remote.withoutId > 0) {
    notes.push({
      code: 'sync.withoutId',
      message: `${remote.withoutId} records in the cloud have no NDI id and are left alone.`,
    });
  }
  return [...notes, ...duplicatesNotes(remote)];
}

/** Empty where no document is in the cloud more than once. */
export function duplicatesNotes(remote: RemoteInventory): PlanNote[] {
  const count = [...remote.documents.values()].filter(({ cloudIds }) => cloudIds.length > 1).length;
  const which = count === 1 ? '1 document is' : `${count} documents are`;
  const message = `${which} in the cloud more than once; the comparison can repair that.`;
  return count === 0 ? [] : [{ code: 'sync.duplicates', message }];
}
