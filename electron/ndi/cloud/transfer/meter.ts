/** A file on its way, for the list of transfers. */
export interface MovingFile {
  readonly uid: string;
  readonly name: string;
  readonly bytes: number;
  readonly done: number;
  readonly direction: 'send' | 'fetch';
}

export interface MeterReading {
  readonly phase: string;
  readonly documents: number;
  readonly documentsDone: number;
  readonly files: number;
  readonly filesDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
  /** Bytes a second over the last seconds. */
  readonly rate: number;
  readonly moving: readonly MovingFile[];
}

/** The rate is that of the last so many milliseconds, remembered in steps. */
const WINDOW_MS = 5000;
const STEP_MS = 100;

/** How far a run is. */
export class Meter {
  readonly #changed: () => void;
  #phase = '';
  #documents = 0;
  #documentsDone = 0;
  #files = 0;
  #filesDone = 0;
  #bytes = 0;
  #bytesDone = 0;
  readonly #moving = new Map<string, MovingFile>();
  readonly #moved: { at: number; bytes: number }[] = [];

  constructor(changed: () => void = () => undefined) {
    this.#changed = changed;
  }

  begin(phase: string): void {
    this.#phase = phase;
    this.#changed();
  }

  expect(more: { documents?: number; files?: number; bytes?: number }): void {
    this.#documents += more.documents ?? 0;
    this.#files += more.files ?? 0;
    this.#bytes += more.bytes ?? 0;
    this.#changed();
  }

  documentsDone(count: number): void {
    this.#documentsDone += count;
    this.#changed();
  }

  /** A file's bytes of its present attempt; goes back where it is begun again. */
  move(file: MovingFile): void {
    const before = this.#moving.get(file.uid)?.done ?? 0;
    this.#moving.set(file.uid, file);
    this.#bytesDone += file.done - before;
    if (file.done > before) this.#remember(Date.now(), file.done - before);
    this.#changed();
  }

  /** @param bytes what it counts for in the end; 0 for one that failed */
  fileDone(uid: string, bytes: number): void {
    this.#bytesDone += bytes - (this.#moving.get(uid)?.done ?? 0);
    this.#moving.delete(uid);
    this.#filesDone += 1;
    this.#changed();
  }

  #remember(now: number, bytes: number): void {
    const last = this.#moved.at(-1);
    if (last !== undefined && now - last.at < STEP_MS) last.bytes += bytes;
    else this.#moved.push({ at: now, bytes });
    this.#forgetOld(now);
  }

  #forgetOld(now: number): void {
    while (this.#moved[0] !== undefined && this.#moved[0].at < now - WINDOW_MS) this.#moved.shift();
  }

  read(now = Date.now()): MeterReading {
    this.#forgetOld(now);
    const span = Math.max(1000, now - (this.#moved[0]?.at ?? now));
    return {
      phase: this.#phase,
      documents: this.#documents,
      documentsDone: this.#documentsDone,
      files: this.#files,
      filesDone: this.#filesDone,
      bytes: this.#bytes,
      bytesDone: this.#bytesDone,
      rate: (this.#moved.reduce((sum, { bytes }) => sum + bytes, 0) * 1000) / span,
      moving: [...this.#moving.values()],
    };
  }
}
