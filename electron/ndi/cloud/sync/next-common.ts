import type { ContentHash } from './canonical.ts';
import { inBase } from './states.ts';
import type { CommonState } from './inventory.ts';

/** What a run found when it listed both sides again at its end. */
export interface Outcome {
  readonly here: ReadonlyMap<string, ContentHash>;
  /** Ids listed there; the hash where the content is known (fetched, or sent and listed). */
  readonly there: ReadonlyMap<string, ContentHash | null>;
  /** Ids whose document or files failed, or that are in conflict. */
  readonly unsettled: ReadonlySet<string>;
}

/**
 * The common state after a run: ids that are on both sides and settled, and those of the old one that the run left on
 * one side only (else “deleted there” would turn into “new here”). Hashes change only where both sides agree.
 */
export function nextCommon({ here, there, unsettled }: Outcome, before: CommonState): CommonState {
  const ids = new Set<string>();
  const hashes = new Map<string, ContentHash>();
  const keepHash = (id: string) => {
    const old = before.hashes.get(id);
    if (old !== undefined) hashes.set(id, old);
  };
  for (const [id, hash] of here) {
    const known = inBase(id, before);
    const remote = there.get(id);
    if (remote === undefined ? !known : unsettled.has(id) && !known) continue;
    ids.add(id);
    const agreed = remote !== undefined && remote !== null && !unsettled.has(id) && isSame(hash, remote);
    if (agreed) hashes.set(id, hash);
    else if (known) keepHash(id);
  }
  for (const id of there.keys()) {
    if (here.has(id) || !inBase(id, before)) continue;
    ids.add(id);
    keepHash(id);
  }
  return { local: ids, remote: ids, hashes };
}

function isSame(a: ContentHash, b: ContentHash): boolean {
  return a.document === b.document && a.files === b.files;
}
