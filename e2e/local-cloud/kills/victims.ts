import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Cloud } from '../cloud.ts';
import type { Errand, Word } from './victim.ts';

/** Where a process dies: after so many requests of it that the cloud has answered, and a moment. */
export interface Death {
  readonly afterRequests: number;
  readonly waitMs: number;
}

/** Processes that carry out errands and may be killed; the next one is always started beforehand. */
export class Victims {
  readonly #program: string;
  readonly #cloud: Cloud;
  #next: ChildProcess;

  private constructor(program: string, cloud: Cloud) {
    this.#program = program;
    this.#cloud = cloud;
    this.#next = this.#start();
  }

  /** @param folder for the bundled program: a start from the sources would take longer than most errands */
  static async make(folder: string, cloud: Cloud): Promise<Victims> {
    const program = join(folder, 'victim.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('victim.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    return new Victims(program, cloud);
  }

  #start(): ChildProcess {
    const child = fork(this.#program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
    // Killed while it is written to.
    child.on('error', () => undefined);
    return child;
  }

  /**
   * @param death null lets it live
   * @returns what it said at its end; null where it was killed before
   */
  async carryOut(errand: Errand, death: Death | null): Promise<Word | null> {
    const child = this.#next;
    this.#next = this.#start();
    let said: Word | null = null;
    child.once('message', (word: Word) => (said = word));
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const from = this.#cloud.log.length;
    child.send(errand);
    const watch = death === null ? null : this.#watch(child, from, death);
    await gone;
    if (watch !== null) clearInterval(watch);
    return said;
  }

  #watch(child: ChildProcess, from: number, { afterRequests, waitMs }: Death): NodeJS.Timeout {
    let dying = false;
    return setInterval(() => {
      if (dying || this.#cloud.log.length - from < afterRequests) return;
      dying = true;
      setTimeout(() => child.kill('SIGKILL'), waitMs);
    }, 1);
  }

  close(): void {
    this.#next.kill('SIGKILL');
  }
}
