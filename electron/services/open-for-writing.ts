import { type Dataset, openDataset } from '../ndi/dataset.ts';
import { openSession, type Session } from '../ndi/session.ts';

interface Kept {
  readonly kind: 'session' | 'dataset';
  readonly holder: Session | Dataset;
  readonly idle: NodeJS.Timeout;
}

/** A script that changes one document after the other comes back sooner; then the folder is free to be moved. */
const IDLE_MS = 1_000;

/**
 * Sessions and datasets that are open for writing, kept from one action to the next: opening takes longer than many an
 * action. Whoever else writes meanwhile is seen, because then the database is opened anew; nothing is locked between
 * actions. Owned by `OpenItems`.
 */
export class OpenForWriting {
  readonly #kept = new Map<string, Kept>();
  readonly #idleMs: number;

  constructor(idleMs: number = IDLE_MS) {
    this.#idleMs = idleMs;
  }

  /**
   * Runs one action on a folder's session or dataset, which must not wait for anything.
   * @throws NdiError database.*, path.*, session.*, and what the action throws
   */
  use<T>(path: string, kind: 'session' | 'dataset', action: (holder: Session | Dataset) => T): T {
    try {
      const { holder, idle } = this.#open(path, kind);
      const result = action(holder);
      idle.refresh();
      return result;
    } catch (error) {
      // After a fault nothing that was held is relied on.
      this.close(path);
      throw error;
    }
  }

  close(path: string): void {
    const kept = this.#kept.get(path);
    if (kept === undefined) return;
    this.#kept.delete(path);
    clearTimeout(kept.idle);
    kept.holder.close();
  }

  closeAll(): void {
    for (const path of [...this.#kept.keys()]) this.close(path);
  }

  #open(path: string, kind: 'session' | 'dataset'): Kept {
    const known = this.#kept.get(path);
    if (known?.kind === kind && known.holder.isUntouchedByOthers()) return known;
    this.close(path);
    const holder = (kind === 'session' ? openSession : openDataset)(path, { writable: true });
    const idle = setTimeout(() => this.close(path), this.#idleMs).unref();
    const kept = { kind, holder, idle };
    this.#kept.set(path, kept);
    return kept;
  }
}
