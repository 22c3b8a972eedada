import { noStates, type SyncState } from '../../../../shared/model/sync.ts';
import type { ContentHash } from './canonical.ts';
import type { CommonState, LocalInventory, RemoteInventory } from './inventory.ts';

/** Who changed one part of a document that is on both sides since the last common state. */
type Change = 'nobody' | 'here' | 'there' | 'both' | 'unknownBase';

/**
 * State of every id that is on a side or was on both (cloud reference, section 14.4). Ids that are gone on both sides
 * have none.
 */
export function* documentStates(
  local: LocalInventory,
  remote: RemoteInventory,
  common: CommonState,
): Generator<{ id: string; state: SyncState }> {
  for (const id of local.unreadable) yield { id, state: 'unreadable' };
  for (const { id, hash } of local.documents.values()) {
    if (local.unreadable.has(id)) continue;
    const there = remote.documents.get(id);
    const base = baseHash(id, common);
    if (there !== undefined) yield { id, state: stateOnBoth(hash, there.content?.hash ?? null, base) };
    else if (!inBase(id, common)) yield { id, state: 'newHere' };
    else yield { id, state: isEdited(hash, base) ? 'deletedThereEditedHere' : 'deletedThere' };
  }
  for (const { id, content } of remote.documents.values()) {
    if (local.documents.has(id) || local.unreadable.has(id)) continue;
    if (!inBase(id, common)) yield { id, state: 'newThere' };
    else if (content !== null && isEdited(content.hash, baseHash(id, common)))
      yield { id, state: 'deletedHereEditedThere' };
    else yield { id, state: 'deletedHere' };
  }
}

/** How many documents are in each state. */
export function countStates(
  local: LocalInventory,
  remote: RemoteInventory,
  common: CommonState,
): Record<SyncState, number> {
  const states = noStates();
  for (const { state } of documentStates(local, remote, common)) states[state] += 1;
  return states;
}

/** Whether an id was on both sides after the last sync. */
export function inBase(id: string, common: CommonState): boolean {
  return common.local.has(id) && common.remote.has(id);
}

function baseHash(id: string, common: CommonState): ContentHash | null {
  return inBase(id, common) ? (common.hashes.get(id) ?? null) : null;
}

function isEdited(hash: ContentHash, base: ContentHash | null): boolean {
  return base !== null && (hash.document !== base.document || hash.files !== base.files);
}

function stateOnBoth(here: ContentHash, there: ContentHash | null, base: ContentHash | null): SyncState {
  const fields = change(here.document, there?.document, base?.document);
  const files = change(here.files, there?.files, base?.files);
  if (fields === 'both' || fields === 'unknownBase' || files === 'both') return 'conflict';
  if (files === 'unknownBase') return 'filesDiffer';
  const changed = new Set([fields, files].filter((one) => one !== 'nobody'));
  if (changed.size === 2) return 'conflict';
  if (changed.size === 0) return 'same';
  return changed.has('here') ? 'editedHere' : 'editedThere';
}

/** A remote content that was not fetched is taken as unchanged: presence is then all that is known, as in NDI-matlab. */
function change(here: string, there: string | undefined, base: string | undefined): Change {
  if (there === undefined) return base === undefined || here === base ? 'nobody' : 'here';
  if (here === there) return 'nobody';
  if (base === undefined) return 'unknownBase';
  if (here === base) return 'there';
  return there === base ? 'here' : 'both';
}
