import { setImmediate } from 'node:timers/promises';
import { type NdiDocument } from '../../../shared/model/documents.ts';
import { fileEntries } from '../../../shared/model/document-files.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { DocumentEntry } from '../database/document-index.ts';
import type { DocumentFile } from '../database/file-store.ts';
import { compareFiles, type FileComparison } from './compare-files.ts';
import { type DocumentDifference, documentDifferences } from './compare-documents.ts';

/** What is compared: a session, a dataset, or one session of a dataset. */
export interface Comparable {
  documents(): DocumentEntry[];
  read(entry: DocumentEntry): NdiDocument;
  files(document: NdiDocument): DocumentFile[];
}

/** A document that both have, with different content. */
export interface MismatchedDocument {
  readonly entry: DocumentEntry;
  readonly differences: readonly DocumentDifference[];
}

/** A file of a document that both have, which only one of them has or whose bytes differ. */
export interface MismatchedFile {
  readonly entry: DocumentEntry;
  readonly name: string;
  /** Null where that document has no such file. */
  readonly a: ComparedFile | null;
  readonly b: ComparedFile | null;
  /** Null where one of them could not be read. */
  readonly comparison: FileComparison | null;
}

export interface ComparedFile {
  readonly uid: string;
  readonly sizeBytes: number | null;
  /** Why its bytes cannot be read on this machine; empty where they can. */
  readonly problem: string;
}

export interface ItemDifferences {
  readonly onlyInA: readonly DocumentEntry[];
  readonly onlyInB: readonly DocumentEntry[];
  readonly inBoth: number;
  readonly documents: readonly MismatchedDocument[];
  readonly files: readonly MismatchedFile[];
}

export interface ItemComparisonOptions {
  /** Dotted paths that do not count; `base.session_id` where it is left out. */
  readonly ignore?: readonly string[] | undefined;
  /** Whether the bytes of files are compared too. */
  readonly files: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly report?: ((fraction: number, detail: string) => void) | undefined;
}

/** Documents between two looks at the clock. */
const AT_A_TIME = 200;

/**
 * How two sessions or datasets differ (`ndi.fun.session.diff`, `dataset.diff`): documents are paired by their ids.
 * @throws NdiError database.*, path.*, app.cancelled
 */
export async function compareItems(
  a: Comparable,
  b: Comparable,
  options: ItemComparisonOptions,
): Promise<ItemDifferences> {
  const others = new Map(b.documents().map((entry) => [entry.id, entry]));
  const entries = a.documents();
  const own = new Set(entries.map(({ id }) => id));
  const documents: MismatchedDocument[] = [];
  const files: MismatchedFile[] = [];
  const pairs = entries.flatMap((entry) => {
    const other = others.get(entry.id);
    return other === undefined ? [] : [{ entry, other }];
  });
  for (const [at, { entry, other }] of pairs.entries()) {
    if (at % AT_A_TIME === 0) await pause(options, at / pairs.length);
    const [ofA, ofB] = [a.read(entry), b.read(other)];
    const differences = documentDifferences(ofA, ofB, options.ignore);
    if (differences.length > 0) documents.push({ entry, differences });
    if (options.files) files.push(...(await differingFiles(entry, [a, ofA], [b, ofB], options.signal)));
  }
  return {
    onlyInA: entries.filter(({ id }) => !others.has(id)),
    onlyInB: [...others.values()].filter(({ id }) => !own.has(id)),
    inBoth: pairs.length,
    documents,
    files,
  };
}

async function pause({ signal, report }: ItemComparisonOptions, fraction: number): Promise<void> {
  signal?.throwIfAborted();
  report?.(fraction, 'Documents');
  await setImmediate();
}

type Side = readonly [holder: Comparable, document: NdiDocument];

async function differingFiles(
  entry: DocumentEntry,
  a: Side,
  b: Side,
  signal: AbortSignal | undefined,
): Promise<MismatchedFile[]> {
  const found: MismatchedFile[] = [];
  const names = new Set([...fileEntries(a[1]), ...fileEntries(b[1])].map(({ name }) => name));
  for (const name of names) {
    const [fileA, fileB] = [fileOf(a, name), fileOf(b, name)];
    const [pathA, pathB] = [fileA?.path ?? null, fileB?.path ?? null];
    if (pathA === null || pathB === null) {
      found.push({ entry, name, a: fileA?.shown ?? null, b: fileB?.shown ?? null, comparison: null });
      continue;
    }
    try {
      const comparison = await compareFiles(pathA, pathB, { signal });
      if (!comparison.equal) found.push({ entry, name, a: fileA?.shown ?? null, b: fileB?.shown ?? null, comparison });
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      const shown = (file: ComparedFile | undefined) =>
        file === undefined ? null : { ...file, problem: error.message };
      found.push({ entry, name, a: shown(fileA?.shown), b: shown(fileB?.shown), comparison: null });
    }
  }
  return found;
}

function fileOf([holder, document]: Side, name: string): { path: string | null; shown: ComparedFile } | null {
  const locations = holder.files(document).filter((file) => file.name === name);
  const here = locations.find(({ path }) => path !== null);
  const shown = here ?? locations[0];
  if (shown === undefined) return null;
  const problem = here === undefined ? `It is not on this computer (it was at ${shown.location}).` : '';
  return { path: shown.path, shown: { uid: shown.uid, sizeBytes: shown.sizeBytes, problem } };
}
