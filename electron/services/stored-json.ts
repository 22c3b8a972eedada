import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inTurn } from '../files/lock-file.ts';
import { writeWhole } from '../files/whole-files.ts';

/** A small value kept as a JSON file in the application's folder; a missing or damaged file counts as empty. */
export class StoredJson<T> {
  readonly #path: string;
  readonly #parse: (stored: unknown) => T;
  #value: T | undefined;

  constructor(path: string, parse: (stored: unknown) => T) {
    this.#path = path;
    this.#parse = parse;
  }

  read(): T {
    this.#value ??= this.#parse(readJson(this.#path));
    return this.#value;
  }

  /** As it is on the disk now: another process may have changed it. */
  readNow(): T {
    this.#value = undefined;
    return this.read();
  }

  /**
   * Changes the value that is on the disk now, one process at a time: what another has written is never lost.
   * @throws NdiError path.*
   */
  change(change: (now: T) => T): T {
    return inTurn(`${this.#path}.lock`, () => {
      const value = change(this.readNow());
      this.write(value);
      return value;
    });
  }

  write(value: T): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeWhole(this.#path, `${JSON.stringify(value, null, 2)}\n`);
    this.#value = value;
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // A missing file is the first start; a damaged one must not keep the application from starting.
    return undefined;
  }
}
