import { basename, join } from 'node:path';
import { NdiError } from '../../../shared/model/errors.ts';
import type { PyramidAccess } from '../../signal/pyramid/access.ts';
import type { DataWorkers, PyramidSize } from '../../workers/data-workers.ts';
import type { Jobs } from '../jobs.ts';
import {
  listPyramids,
  lockPyramid,
  pyramidFolder,
  readPyramidState,
  removePyramid,
  touchPyramid,
  unlockPyramid,
  writePyramidState,
} from './pyramid-folder.ts';

/** Recordings with fewer bytes of samples are as quick without. */
const WORTH_BYTES = 32 * 1024 * 1024;
/** A plan is believed for so long before the files are looked at again. */
const BELIEVED_MS = 1000;
/** A build that nobody asked for begins after the first picture. */
const BEGIN_AFTER_MS = 400;
/** How often the disk is told that a pyramid is in use. */
const TOUCH_EVERY_MS = 60_000;

/** A pyramid that is open, and who builds it. */
export interface OpenedPyramid {
  readonly access: PyramidAccess;
  /** The job that builds it, while it does. */
  readonly jobId: string;
  readonly building: Promise<void> | null;
}

interface Entry extends OpenedPyramid {
  readonly size: PyramidSize;
  building: Promise<void> | null;
  /** Built as far as it will be: complete, or its job has ended otherwise. */
  ended: boolean;
  touchedAt: number;
}

export interface PyramidsOptions {
  readonly workers: DataWorkers;
  readonly jobs: Jobs;
  /** Where pyramids lie: the application's own folder. */
  readonly cacheFolder: string;
  /** Bytes of all pyramids together. */
  readonly budgetBytes: () => number;
}

/**
 * Min/max pyramids of recordings, in the application's cache. They are built in the background, go on where they were
 * left when the process ended, can be used meanwhile, and are made anew when a file of the recording changes.
 */
export class Pyramids {
  readonly #options: PyramidsOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #sizes = new Map<string, { size: PyramidSize; at: number }>();
  /** Recordings whose pyramid is more than the budget. */
  readonly #refused = new Set<string>();

  constructor(options: PyramidsOptions) {
    this.#options = options;
  }

  /** What there is of a recording's pyramid; undefined where nothing is. @throws NdiError of `describe` */
  async find(path: string, signal?: AbortSignal): Promise<OpenedPyramid | undefined> {
    const size = await this.#sizeOf(path, signal);
    return this.#entryOf(path, size, false);
  }

  /** The same, and begins to build it where it is worth it. */
  async begin(path: string, signal?: AbortSignal): Promise<OpenedPyramid | undefined> {
    const size = await this.#sizeOf(path, signal);
    const entry = this.#entryOf(path, size, true);
    if (entry !== undefined && !entry.ended && entry.building === null) {
      // The picture that somebody waits for comes first.
      const built = rest(BEGIN_AFTER_MS).then(() => this.#build(path, entry));
      entry.building = built.catch(() => undefined);
    }
    return entry;
  }

  /** Builds the whole and waits for it. @throws NdiError app.cancelled, path.*, format.*, range.tooLarge */
  async complete(path: string, signal?: AbortSignal): Promise<{ bytes: number; parts: number }> {
    const size = await this.#sizeOf(path, signal);
    const entry = this.#entryOf(path, size, true, 0);
    if (entry === undefined) {
      if (this.#refused.has(path)) throw overBudget(path, size.bytes);
      return { bytes: 0, parts: 0 };
    }
    if (fractionOf(entry.access) < 1) await (entry.building ?? this.#build(path, entry, signal));
    return { bytes: size.bytes, parts: size.parts };
  }

  /** Forgets a pyramid that turned out not to be sound. */
  discard(path: string): void {
    const entry = this.#entries.get(path);
    if (entry === undefined || entry.building !== null) return;
    this.#entries.delete(path);
    removePyramid(entry.access.folder);
  }

  /** Bytes of all pyramids on the disk. */
  bytes(): number {
    return listPyramids(this.#options.cacheFolder).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  async #sizeOf(path: string, signal?: AbortSignal): Promise<PyramidSize> {
    const known = this.#sizes.get(path);
    if (known !== undefined && Date.now() - known.at < BELIEVED_MS) return known.size;
    const size = await this.#options.workers.planPyramid(path, signal);
    this.#sizes.set(path, { size, at: Date.now() });
    return size;
  }

  #entryOf(path: string, size: PyramidSize, mayBegin: boolean, worthBytes = WORTH_BYTES): Entry | undefined {
    const known = this.#entries.get(path);
    if (known !== undefined && known.size.stamp === size.stamp) {
      this.#touch(known);
      return known;
    }
    this.#entries.delete(path);
    if (size.parts === 0) return undefined;
    const folder = pyramidFolder(this.#options.cacheFolder, path);
    const state = readPyramidState(folder);
    const fits = state !== null && state.stamp === size.stamp && state.done.length === size.parts;
    if (!fits && (!mayBegin || size.sampleBytes < worthBytes || !this.#makeRoom(path, size.bytes))) return undefined;
    const ready = new SharedArrayBuffer(size.parts);
    if (fits) new Uint8Array(ready).set(state.done);
    const access = { folder, stamp: size.stamp, ready };
    const jobId = `pyramid:${folder.slice(-32)}`;
    const entry: Entry = { access, jobId, size, building: null, ended: fractionOf(access) === 1, touchedAt: 0 };
    this.#entries.set(path, entry);
    this.#touch(entry);
    return entry;
  }

  async #build(path: string, entry: Entry, signal?: AbortSignal): Promise<void> {
    const { access, size, jobId } = entry;
    const { jobs, workers } = this.#options;
    const done = new Uint8Array(access.ready);
    const work = jobs.run(
      { id: jobId, title: `Building the overview of ${basename(path)}`, quiet: true, signal },
      async (progress, stop) => {
        if (!lockPyramid(access.folder)) return;
        try {
          const state = readPyramidState(access.folder);
          const isNew = state?.stamp !== size.stamp || state.done.length !== size.parts;
          if (isNew) done.fill(0);
          const save = () => writePyramidState(access.folder, { path, stamp: size.stamp, bytes: size.bytes, done });
          const onPart = () => progress.report(fractionOf(access), '');
          await workers.buildPyramid(path, access, { isNew, signal: stop, onPart, onSynced: save });
        } finally {
          unlockPyramid(access.folder);
        }
      },
    );
    entry.building = work;
    try {
      await work;
    } finally {
      entry.building = null;
      // A build that failed or was cancelled is not begun again by looking at the recording.
      entry.ended = true;
    }
  }

  /** Removes pyramids that were not used for longest until there is room. */
  #makeRoom(path: string, bytes: number): boolean {
    const budget = this.#options.budgetBytes();
    this.#refused.delete(path);
    if (bytes > budget) {
      this.#refused.add(path);
      return false;
    }
    const stored = listPyramids(this.#options.cacheFolder).filter((one) => one.path !== path);
    let used = stored.reduce((sum, one) => sum + one.bytes, 0);
    for (const one of stored) {
      if (used + bytes <= budget) break;
      const entry = this.#entries.get(one.path);
      if (entry !== undefined && entry.building !== null) continue;
      this.#entries.delete(one.path);
      removePyramid(one.folder);
      used -= one.bytes;
    }
    return used + bytes <= budget;
  }

  #touch(entry: Entry): void {
    if (Date.now() - entry.touchedAt < TOUCH_EVERY_MS) return;
    entry.touchedAt = Date.now();
    touchPyramid(entry.access.folder);
  }
}

/** Share of the parts that are built, 0 to 1. */
export function fractionOf({ ready }: PyramidAccess): number {
  const done = new Uint8Array(ready);
  return done.reduce((sum, byte) => sum + byte, 0) / Math.max(1, done.length);
}

/** Where the pyramids of an application folder lie. */
export function pyramidsFolder(dataFolder: string): string {
  return join(dataFolder, 'pyramids');
}

function overBudget(path: string, bytes: number): NdiError {
  const megabytes = Math.ceil(bytes / (1024 * 1024));
  return new NdiError({
    code: 'range.tooLarge',
    message: `The overview of ${path} would take ${megabytes} MB, more than overviews may take on this computer.`,
    recovery: 'Allow more space for overviews in the settings.',
    details: { path, bytes },
  });
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
