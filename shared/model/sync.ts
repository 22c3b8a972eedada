/**
 * The vocabulary of keeping a local copy and a dataset of NDI Cloud in step: the plan is one value that the screen, the
 * command line and the tests share (cloud reference, section 14).
 */

export const syncModes = ['uploadNew', 'downloadNew', 'mirrorToRemote', 'mirrorFromRemote', 'twoWay'] as const;
export type SyncMode = (typeof syncModes)[number];

/** What comparing here, there and the last common state says of one document. */
export const syncStates = [
  'newHere',
  'newThere',
  'deletedHere',
  'deletedThere',
  'same',
  'editedHere',
  'editedThere',
  'filesDiffer',
  'conflict',
  'deletedThereEditedHere',
  'deletedHereEditedThere',
  'unreadable',
] as const;
export type SyncState = (typeof syncStates)[number];

/** Counts of documents by their states, before any is counted. */
export function noStates(): Record<SyncState, number> {
  return Object.fromEntries(syncStates.map((state) => [state, 0])) as Record<SyncState, number>;
}

export const syncActions = ['send', 'fetch', 'update', 'delete-here', 'delete-there', 'conflict', 'skip'] as const;
export type SyncAction = (typeof syncActions)[number];

/** How a person settled a conflict: one side wins whole, or a document was put together field by field. */
export type Resolution = 'here' | 'there' | 'merged';

export interface PlanStep {
  readonly action: SyncAction;
  readonly kind: 'document' | 'file';
  /** `base.id` of a document, uid of a file. */
  readonly id: string;
  /** The address of the document on the server; null where it has none yet, and for files. */
  readonly cloudId: string | null;
  /** Null where it is not known before the transfer. */
  readonly bytes: number | null;
  /** Why, in words. */
  readonly reason: string;
  /** State of the document, or of the document that the file belongs to. */
  readonly state: SyncState;
  /** Which side an update writes. */
  readonly side: 'here' | 'there' | 'both' | null;
  /** The document itself, or the one that the file belongs to; empty while that is not known. */
  readonly documentId: string;
  readonly className: string;
  readonly name: string;
  /** A skip that leaves something undone that was asked for: it counts as failed. */
  readonly refused: boolean;
}

export interface ActionTotal {
  readonly documents: number;
  readonly files: number;
  /** Of those whose size is known. */
  readonly bytes: number;
}

export interface PlanNote {
  /** `sync.reason`. */
  readonly code: string;
  readonly message: string;
}

/** What the person must agree to before the deletions of a plan are carried out. */
export type Consent = 'none' | 'yes' | 'typed';

export interface SyncPlan {
  readonly mode: SyncMode;
  readonly deletions: boolean;
  readonly files: boolean;
  readonly updateEdited: boolean;
  readonly steps: readonly PlanStep[];
  readonly totals: Readonly<Record<SyncAction, ActionTotal>>;
  /** Documents by state, all of them. */
  readonly states: Readonly<Record<SyncState, number>>;
  readonly warnings: readonly PlanNote[];
  /** Why nothing may be done at all, or null. */
  readonly blocked: PlanNote | null;
  readonly consent: Consent;
}

/** Whether a plan changes anything. */
export function isEmptyPlan(plan: SyncPlan): boolean {
  return plan.steps.every((step) => step.action === 'skip' || step.action === 'conflict');
}

/** How far a local copy and its dataset in the cloud are from each other. */
export const copyStates = ['local-only', 'in-step', 'local-ahead', 'cloud-ahead', 'both-changed', 'unknown'] as const;
export type CopyState = (typeof copyStates)[number];

const aheadHere: readonly SyncState[] = ['newHere', 'deletedHere', 'editedHere'];
const aheadThere: readonly SyncState[] = ['newThere', 'deletedThere', 'editedThere'];
const changedOnBoth: readonly SyncState[] = [
  'conflict',
  'deletedThereEditedHere',
  'deletedHereEditedThere',
  'filesDiffer',
];

/** The badge of a linked copy from the number of its documents in each state. */
export function copyState(states: Readonly<Record<SyncState, number>>): CopyState {
  const any = (list: readonly SyncState[]) => list.some((state) => states[state] > 0);
  const [here, there] = [any(aheadHere), any(aheadThere)];
  if (any(changedOnBoth) || (here && there)) return 'both-changed';
  if (here) return 'local-ahead';
  return there ? 'cloud-ahead' : 'in-step';
}
