import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { stalled } from '../files/file-faults.ts';
import { whenOver } from '../files/when-over.ts';
import { fullPath } from './open-items.ts';

/** As long as threads that read are waited for. */
const LIMIT_MS = 20_000;
/** Calls that a page makes together ask once; a drive that was there a while ago may be gone. */
const FRESH_MS = 100;
/** Each call that never comes back holds one of the system's four threads for files: others need theirs. */
const MOST_HUNG = 2;
const MOST_KNOWN = 1000;

/**
 * Asks a drive for a sign of life before anything is read from it by calls that block: one that does not answer then
 * keeps only those waiting who want something of it. Paths that are missing or forbidden are answers.
 */
export class Reachable {
  readonly #ask: (path: string) => Promise<unknown>;
  readonly #limitMs: number;
  readonly #pending = new Map<string, Promise<unknown>>();
  readonly #answered = new Map<string, number>();

  constructor(ask: (path: string) => Promise<unknown> = stat, limitMs = LIMIT_MS) {
    this.#ask = ask;
    this.#limitMs = limitMs;
  }

  /** @throws NdiError path.stalled */
  async wait(path: string): Promise<void> {
    const full = fullPath(path);
    if (Date.now() - (this.#answered.get(full) ?? -Infinity) < FRESH_MS) return;
    const known = this.#pending.get(full);
    if (known === undefined && this.#pending.size >= MOST_HUNG) return;
    const answer = known ?? this.#start(full);
    const late = Promise.withResolvers<'late'>();
    const takeBack = whenOver(this.#limitMs, () => late.resolve('late'));
    const first = await Promise.race([answer, late.promise]);
    takeBack();
    if (first === 'late') throw stalled(full);
  }

  #start(full: string): Promise<unknown> {
    const done = () => {
      this.#pending.delete(full);
      if (this.#answered.size >= MOST_KNOWN) this.#answered.clear();
      this.#answered.set(full, Date.now());
    };
    const answer = this.#ask(full).then(done, done);
    this.#pending.set(full, answer);
    return answer;
  }
}

/** Arguments that are paths, in all calls. Those of others may be anything, and are not looked at. */
const PATHS = ['path', 'folder', 'sessionDir', 'session', 'file', 'table', 'from', 'to', 'into', 'backup', 'a', 'b'];

/** The paths that the arguments of a call name: of sessions, recordings, folders and sources of signals. */
export function pathsOfInput(input: unknown): string[] {
  if (typeof input !== 'object' || input === null) return [];
  const given = input as Readonly<Record<string, unknown>>;
  const paths = PATHS.map((name) => given[name]).filter((one) => typeof one === 'string' && isAbsolute(one));
  return [...new Set([...(paths as string[]), ...pathsOfInput(given['source'])])];
}
