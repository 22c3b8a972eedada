import type { Consent, PlanNote } from '../../../../shared/model/sync.ts';
import { linkClass, type LocalDocument, type PlanInput } from './inventory.ts';

/** More deletions than this, or a larger share of a side, ask for the name of the dataset. */
const MANY = 20;
const LARGE_SHARE = 0.1;

/** Why no deletion may be carried out in this run, or null. */
export function deletionsRefused({ remote, local, common, options }: PlanInput): string | null {
  if (remote.doubt !== null) return remote.doubt;
  if (local.unreadable.size > 0) return `${local.unreadable.size} documents here cannot be read`;
  if (isSuddenlyEmpty({ remote, common }) && !emptyAccepted(options)) return 'the cloud copy is empty';
  return null;
}

function emptyAccepted({ mode, acceptEmptyRemote }: PlanInput['options']): boolean {
  return mode === 'mirrorFromRemote' && acceptEmptyRemote === true;
}

/** A wrong environment, a new replica: a list that was full and is empty must not empty the other side. */
export function isSuddenlyEmpty({ remote, common }: Pick<PlanInput, 'remote' | 'common'>): boolean {
  return remote.documents.size === 0 && common.remote.size > 0;
}

/** The modes that would empty this side stop; the others say what they saw. */
export function emptyRemoteNote(input: PlanInput): { blocked: PlanNote | null; warning: PlanNote | null } {
  if (!isSuddenlyEmpty(input)) return { blocked: null, warning: null };
  const note = {
    code: 'sync.remoteEmpty',
    message: `The cloud copy is empty; last time it had ${input.common.remote.size} documents.`,
  };
  const { mode, deletions } = input.options;
  const wouldEmpty = mode === 'mirrorFromRemote' || (mode === 'twoWay' && deletions === true);
  return wouldEmpty && !emptyAccepted(input.options)
    ? { blocked: note, warning: null }
    : { blocked: null, warning: note };
}

/** The link and the session document that makes the folder openable are never deleted by a mirror, on either side. */
export function isProtected(id: string, className: string, input: PlanInput): boolean {
  return className === linkClass || input.local.ownSessionDocuments.has(id);
}

/**
 * Documents that must stay although their deletion is wanted, because something that stays depends on them (NDI's
 * database removes dependents with a document): id to the id that needs it.
 */
export function neededByOthers(
  wanted: ReadonlySet<string>,
  documents: ReadonlyMap<string, LocalDocument>,
): Map<string, string> {
  const needed = new Map<string, string>();
  if (wanted.size === 0) return needed;
  const staying = [...documents.values()].filter(({ id }) => !wanted.has(id));
  for (let document = staying.pop(); document !== undefined; document = staying.pop()) {
    for (const id of document.dependsOn) {
      const target = documents.get(id);
      if (target === undefined || !wanted.has(id) || needed.has(id)) continue;
      needed.set(id, document.id);
      staying.push(target);
    }
  }
  return needed;
}

/** What the deletions of a plan need: nothing, a yes, or the typed name of the dataset. */
export function consentFor(here: number, there: number, input: PlanInput): Consent {
  const count = here + there;
  if (count === 0) return 'none';
  if (isSuddenlyEmpty(input)) return 'typed';
  const large = here > LARGE_SHARE * input.local.documents.size || there > LARGE_SHARE * input.remote.documents.size;
  // One document is never many, however small the dataset.
  return count > MANY || (count > 1 && large) ? 'typed' : 'yes';
}
