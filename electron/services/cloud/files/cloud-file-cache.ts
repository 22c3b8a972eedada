import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseCloudAddress } from '../../../ndi/cloud/transfer/cloud-locations.ts';

export interface CachedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly usedAt: number;
}

/** What was used so shortly ago is in use: a view reads several files one after the other. */
const IN_USE_MS = 10_000;

/**
 * Files of NDI Cloud that were needed once, in the application's folder: `files/<dataset>/<uid>`. A uid never stands for
 * other bytes, so what is here stays right; those not used for longest go when there are too many. The time of access,
 * set by us, says when a file was last used.
 */
export class CloudFileCache {
  readonly #folder: string;
  readonly #budgetBytes: () => number;

  constructor(dataFolder: string, budgetBytes: () => number) {
    this.#folder = join(dataFolder, 'cloud', 'files');
    this.#budgetBytes = budgetBytes;
  }

  get budgetBytes(): number {
    return this.#budgetBytes();
  }

  /** Where a file is kept, whether it is there or not; null for what is no address in the cloud. */
  readonly pathOf = (address: string): string | null => {
    const parsed = parseCloudAddress(address);
    return parsed === null ? null : join(this.#folder, parsed.datasetId, parsed.uid);
  };

  /** The file that a path of the cache is for; null for other paths. */
  fileAt(path: string): { datasetId: string; uid: string } | null {
    if (!path.startsWith(this.#folder + sep)) return null;
    const [datasetId = '', uid = '', ...more] = path.slice(this.#folder.length + 1).split(sep);
    return uid === '' || more.length > 0 ? null : { datasetId, uid };
  }

  has(path: string): boolean {
    return existsSync(path);
  }

  /** Where a file grows before it is whole. */
  partOf(datasetId: string, uid: string): string {
    return join(this.#folder, '..', 'parts', `${datasetId}-${uid}`);
  }

  /** Notes that a file was used. */
  used(path: string): void {
    try {
      utimesSync(path, new Date(), statSync(path).mtime);
    } catch {
      // It may have been cleared away just now; whoever reads it says so.
    }
  }

  list(): CachedFile[] {
    const files: CachedFile[] = [];
    for (const datasetId of namesIn(this.#folder)) {
      for (const uid of namesIn(join(this.#folder, datasetId))) {
        const path = join(this.#folder, datasetId, uid);
        const found = statSync(path, { throwIfNoEntry: false });
        if (found?.isFile() === true) files.push({ path, sizeBytes: found.size, usedAt: found.atimeMs });
      }
    }
    return files;
  }

  usage(): { bytes: number; files: number; budgetBytes: number } {
    const files = this.list();
    const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return { bytes, files: files.length, budgetBytes: this.#budgetBytes() };
  }

  /** Removes those not used for longest until the rest fits; what is in use stays. */
  makeRoom(now = Date.now()): void {
    const files = this.list().sort((a, b) => a.usedAt - b.usedAt);
    let bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const { path, sizeBytes, usedAt } of files) {
      if (bytes <= this.#budgetBytes() || now - usedAt < IN_USE_MS) break;
      rmSync(path, { force: true });
      bytes -= sizeBytes;
    }
  }

  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    rmSync(join(this.#folder, '..', 'parts'), { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
