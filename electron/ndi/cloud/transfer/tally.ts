import type { PlanNote } from '../../../../shared/model/sync.ts';

/** What a run has done so far, and what it could not do. */
export class Tally {
  sent = 0;
  fetched = 0;
  updated = 0;
  deletedHere = 0;
  deletedThere = 0;
  sentFiles = 0;
  fetchedFiles = 0;
  sentBytes = 0;
  fetchedBytes = 0;
  /** Items whose arrival was checked on the other side. */
  verified = 0;
  /** Parts that an earlier run had brought over and this one took up. */
  resumed = 0;
  /** Documents that had to be posted one by one because the archive did not arrive. */
  resentSingly = 0;
  readonly notes: PlanNote[] = [];
  readonly #failed = new Map<string, string>();

  fail(id: string, reason: string): void {
    this.#failed.set(id, reason);
  }

  /** A later attempt has made good. */
  mend(id: string): void {
    this.#failed.delete(id);
  }

  hasFailed(id: string): boolean {
    return this.#failed.has(id);
  }

  get failed(): { id: string; reason: string }[] {
    return [...this.#failed].map(([id, reason]) => ({ id, reason }));
  }
}
