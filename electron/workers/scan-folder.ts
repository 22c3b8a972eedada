import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Problem } from '../../shared/contract/common.ts';
import type { RecordingInfo } from '../../shared/contract/recordings.ts';
import { toErrorReport, type ErrorReport } from '../../shared/model/errors.ts';
import { toReadFault, vanished } from '../formats/file-faults.ts';
import { folderNames } from '../formats/folder-names.ts';
import type { NearMiss, Sniff } from '../formats/format.ts';
import { askFormats, isClaimedName, mayBeDescribed, openSniffed, readCandidate } from '../formats/registry.ts';
import { cancelledError } from '../signal/cancelled.ts';

export interface ScanProgress {
  readonly files: number;
  readonly folder: string;
  readonly bytes: number;
}

/** A recording that was found: its headers, or why they cannot be read. */
export type ScannedRecording = Sniff & ({ readonly info: RecordingInfo } | { readonly error: ErrorReport });

export interface FolderScan {
  readonly folder: string;
  readonly recordings: readonly ScannedRecording[];
  /** Files whose name promises a recording that their content is not. */
  readonly nearMisses: readonly NearMiss[];
  /** The first files that no format knows by themselves; those of a recording of many files are among them. */
  readonly others: readonly string[];
  /** Folders and files that could not be read. */
  readonly problems: readonly Problem[];
  readonly files: number;
  readonly folders: number;
  /** Bytes of the recordings' files. */
  readonly bytes: number;
  /** Hidden and system files and folders that were passed over. */
  readonly hidden: number;
  readonly elapsedMs: number;
}

/** Names that systems leave in folders. */
const systemNames = new Set(['thumbs.db', 'desktop.ini', '$recycle.bin', 'system volume information', '__macosx']);
/** Contents that are never recordings: not worth an open. */
const otherEndings = new Set(
  '.txt .json .csv .tsv .md .html .xml .yml .yaml .m .py .js .ts .r .log .ini .png .jpg .jpeg .gif .bmp .svg .tif .tiff .pdf .mp4 .avi .mov .mkv .wav .mp3 .zip .gz .tar .7z .rar .exe .dll .so .doc .docx .xls .xlsx .ppt .pptx .sqlite .sqlite-journal .sqlite-wal .sqlite-shm'.split(
    ' ',
  ),
);
/** The smallest head that any format begins with. */
const SMALLEST_BYTES = 8;
const MAX_LISTED = 1_000;
const PROGRESS_EVERY_MS = 100;

/**
 * Looks at every file of a folder and its folders and opens what is a recording. Writes nothing. Links are followed
 * once; what cannot be read is reported and does not stop the rest.
 *
 * @param only these files of it were meant: nothing else is looked at, however much lies beside them
 * @throws NdiError path.* when the folder itself cannot be read, app.cancelled
 */
export function scanFolder(
  folder: string,
  onProgress: (progress: ScanProgress) => void,
  isCancelled: () => boolean,
  only?: readonly string[],
): FolderScan {
  const scan = new Scan(folder, onProgress, isCancelled);
  if (only === undefined) scan.run();
  else scan.runOver(only);
  return scan.result();
}

class Scan {
  readonly #folder: string;
  readonly #onProgress: (progress: ScanProgress) => void;
  readonly #isCancelled: () => boolean;
  readonly #found = new Map<string, ScannedRecording>();
  readonly #nearMisses: NearMiss[] = [];
  readonly #others: string[] = [];
  readonly #problems: Problem[] = [];
  /** Device and inode of every folder seen, so that a link to a folder above does not lead round and round. */
  readonly #seen = new Set<string>();
  readonly #started = performance.now();
  #files = 0;
  #folders = 0;
  #bytes = 0;
  #hidden = 0;
  #reportedAt = 0;

  constructor(folder: string, onProgress: (progress: ScanProgress) => void, isCancelled: () => boolean) {
    this.#folder = folder;
    this.#onProgress = onProgress;
    this.#isCancelled = isCancelled;
  }

  run(): void {
    try {
      readdirSync(this.#folder);
    } catch (error) {
      throw toReadFault(error, this.#folder);
    }
    const open = [this.#folder];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      // Sorted, and the first on top of the stack: what is found comes in the order of a file manager.
      open.push(...this.#scanOne(folder).reverse());
    }
    // A drive that was unplugged meanwhile is no folder without recordings.
    if (!existsSync(this.#folder)) throw vanished(this.#folder);
  }

  /** Looks at some files, and at nothing beside them but what belongs to their recordings. */
  runOver(files: readonly string[]): void {
    for (const path of files) {
      this.#report(this.#folder);
      try {
        this.#scanFile(path, basename(path), folderNames(dirname(path)));
      } catch (error) {
        this.#addProblem(path, error);
      }
    }
  }

  /** Looks at the files of one folder; gives its folders. */
  #scanOne(folder: string): string[] {
    if (!this.#isNew(folder)) return [];
    this.#folders += 1;
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.#addProblem(folder, error);
      return [];
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const names = entries.map(({ name }) => name);
    const folders: string[] = [];
    for (const entry of entries) {
      this.#report(folder);
      if (entry.name.startsWith('.') || systemNames.has(entry.name.toLowerCase())) {
        this.#hidden += 1;
        continue;
      }
      const path = join(folder, entry.name);
      const kind = this.#kindOf(entry, path);
      if (kind === 'folder') folders.push(path);
      if (kind === 'file') this.#scanFile(path, entry.name, names);
    }
    return folders;
  }

  #isNew(folder: string): boolean {
    try {
      const { dev, ino } = statSync(folder, { bigint: true });
      const identity = `${dev}:${ino}`;
      if (this.#seen.has(identity)) return false;
      this.#seen.add(identity);
      return true;
    } catch (error) {
      this.#addProblem(folder, error);
      return false;
    }
  }

  #kindOf(entry: Dirent, path: string): 'file' | 'folder' | 'other' {
    if (entry.isFile()) return 'file';
    if (entry.isDirectory()) return 'folder';
    if (!entry.isSymbolicLink()) return 'other';
    try {
      const stat = statSync(path);
      return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
    } catch (error) {
      this.#addProblem(path, error);
      return 'other';
    }
  }

  #scanFile(path: string, name: string, siblings: readonly string[]): void {
    this.#files += 1;
    if (otherEndings.has(extname(name).toLowerCase()) && !mayBeDescribed(name, siblings)) {
      this.#addOther(path);
      return;
    }
    try {
      const { size } = statSync(path);
      if (size < SMALLEST_BYTES && !isClaimedName(name)) {
        this.#addOther(path);
        return;
      }
      const { sniffs, nearMisses } = askFormats(readCandidate(path, size, siblings));
      for (const sniff of sniffs) this.#open(sniff);
      if (sniffs.length === 0 && nearMisses.length === 0) this.#addOther(path);
      if (sniffs.length === 0 && this.#nearMisses.length < MAX_LISTED) this.#nearMisses.push(...nearMisses);
    } catch (error) {
      this.#addProblem(path, error);
    }
  }

  #open(sniff: Sniff): void {
    if (this.#found.has(sniff.path)) return;
    for (const file of sniff.files) this.#bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    try {
      this.#found.set(sniff.path, { ...sniff, info: openSniffed(sniff).info });
    } catch (error) {
      this.#found.set(sniff.path, { ...sniff, error: toErrorReport(error) });
    }
  }

  #addOther(path: string): void {
    if (this.#others.length < MAX_LISTED) this.#others.push(path);
  }

  #addProblem(path: string, error: unknown): void {
    if (this.#problems.length >= MAX_LISTED) return;
    const fault = toReadFault(error, path);
    this.#problems.push({ grade: 'shouldFix', code: fault.code, message: fault.message, paths: [path] });
  }

  #report(folder: string): void {
    const now = performance.now();
    if (now - this.#reportedAt < PROGRESS_EVERY_MS) return;
    if (this.#isCancelled()) throw cancelledError();
    this.#reportedAt = now;
    this.#onProgress({ files: this.#files, folder, bytes: this.#bytes });
  }

  result(): FolderScan {
    return {
      folder: this.#folder,
      recordings: [...this.#found.values()],
      nearMisses: this.#nearMisses,
      others: this.#others,
      problems: this.#problems,
      files: this.#files,
      folders: this.#folders,
      bytes: this.#bytes,
      hidden: this.#hidden,
      elapsedMs: performance.now() - this.#started,
    };
  }
}
