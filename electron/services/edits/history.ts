import { randomUUID } from 'node:crypto';
import type { EditHistory, EditStep } from '../../../shared/contract/edits.ts';
import type { TouchedDocument } from '../../ndi/database/change.ts';
import { capturedJson } from '../../ndi/database/rows.ts';

/** A step as it is kept: what it touched is what undoing (or, once undone, redoing) it needs. */
interface KeptStep {
  readonly step: EditStep;
  touched: readonly TouchedDocument[];
  /** About the memory that `touched` takes. */
  bytes: number;
}

/** Steps kept a folder, and about how much of removed and changed documents; the newest step always stays. */
const MOST_STEPS = 100;
const MOST_BYTES = 256 * 1024 * 1024;

/** The steps of one folder: those done, and after them those undone. */
export class History {
  readonly path: string;
  #steps: KeptStep[] = [];
  /** How many of the steps are done. */
  #done = 0;
  #revision = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Enters what was just done. Undone steps cannot be redone after it. @returns what the forgotten steps had kept */
  enter(title: string, touched: readonly TouchedDocument[]): TouchedDocument[] {
    const step = { id: randomUUID(), title, at: new Date().toISOString(), documents: touched.length, undone: false };
    const forgotten = this.#steps.splice(this.#done);
    this.#steps.push({ step, touched, bytes: sizeOf(touched) });
    while (this.#steps.length > 1 && (this.#steps.length > MOST_STEPS || this.#bytes() > MOST_BYTES)) {
      forgotten.push(...this.#steps.splice(0, 1));
    }
    this.#done = this.#steps.length;
    this.#revision += 1;
    return forgotten.flatMap((one) => [...one.touched]);
  }

  /** The step to be undone next, or null. */
  get undo(): KeptStep | null {
    return this.#steps[this.#done - 1] ?? null;
  }

  /** The step to be redone next, or null. */
  get redo(): KeptStep | null {
    return this.#steps[this.#done] ?? null;
  }

  /** A step was undone or redone; `touched` is what takes that back. */
  turned(direction: 'undo' | 'redo', touched: readonly TouchedDocument[]): void {
    const one = direction === 'undo' ? this.undo : this.redo;
    if (one === null) return;
    one.touched = touched;
    one.bytes = sizeOf(touched);
    this.#done += direction === 'undo' ? -1 : 1;
    this.#revision += 1;
  }

  summary(): EditHistory {
    const steps = this.#steps.map(({ step }, at) => ({ ...step, undone: at >= this.#done }));
    return {
      path: this.path,
      revision: this.#revision,
      steps,
      undo: steps[this.#done - 1] ?? null,
      redo: steps[this.#done] ?? null,
    };
  }

  #bytes(): number {
    return this.#steps.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** The texts are most of what is kept of a document. */
function sizeOf(touched: readonly TouchedDocument[]): number {
  return touched.reduce((sum, { before }) => {
    return sum + (before === null ? 200 : 400 + 2 * capturedJson(before).length + 40 * before.data.length);
  }, 0);
}
