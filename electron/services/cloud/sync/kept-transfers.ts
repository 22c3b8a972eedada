import { NdiError } from '../../../../shared/model/errors.ts';
import type { CopySessions } from './copy-session.ts';
import { fromStored, hasEnded, toStored, type TransferRun, unknownTransfer } from './transfer-run.ts';

/** Ended transfers that are remembered; older ones are forgotten. */
const ENDED_KEPT = 200;

/** The transfers of this process and of earlier ones, as the journal keeps them. */
export class KeptTransfers {
  readonly #copies: CopySessions;
  readonly #changed: () => void;
  #runs: Map<string, TransferRun> | null = null;

  /** @param changed told after every change */
  constructor(copies: CopySessions, changed: () => void) {
    this.#copies = copies;
    this.#changed = changed;
  }

  /** Oldest first. */
  all(): TransferRun[] {
    return [...this.#held().values()];
  }

  /** Those that this process has looked at; opens no journal. */
  known(): TransferRun[] {
    return [...(this.#runs?.values() ?? [])];
  }

  /** @throws NdiError job.notFound */
  find(id: string): TransferRun {
    const run = this.#held().get(id);
    if (run === undefined) throw unknownTransfer(id);
    return run;
  }

  add(run: TransferRun): void {
    this.#held().set(run.id, run);
  }

  save(run: TransferRun): void {
    this.#copies.journal.runs.save(toStored(run, this.#copies.accounts.api().base));
    this.#changed();
  }

  /** Saves how far it is, where the journal can be written just now: the work does not end for want of that. */
  note(run: TransferRun): void {
    try {
      this.save(run);
    } catch (thrown) {
      if (!(thrown instanceof NdiError)) throw thrown;
    }
  }

  /** One that is at work is kept. */
  forget({ id, attempt }: TransferRun): void {
    if (attempt !== null) return;
    this.#held().delete(id);
    this.#copies.journal.runs.forget(id);
    this.#changed();
  }

  forgetOld(): void {
    const ended = this.all().filter(hasEnded);
    for (const run of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) this.forget(run);
  }

  #held(): Map<string, TransferRun> {
    this.#runs ??= new Map(this.#copies.journal.runs.list().map((stored) => [stored.run, fromStored(stored)]));
    return this.#runs;
  }
}
