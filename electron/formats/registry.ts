import { closeSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { isDatabaseName } from '../files/held-files.ts';
import { abf } from './abf/abf.ts';
import { isMatrixAddress, parseMatrixAddress } from './binary-matrix/address.ts';
import { binaryMatrix, mayBeDescribed, openMatrix } from './binary-matrix/binary-matrix.ts';
import { bjg } from './bjg/bjg.ts';
import { blackrock } from './blackrock/blackrock.ts';
import { dabrowskaMat } from './dabrowska-mat/dabrowska-mat.ts';
import { edf } from './edf/edf.ts';
import { cedSmr } from './ced-smr/ced-smr.ts';
import { cedSmrx } from './ced-smrx/ced-smrx.ts';
import { formatFault, refuseDatabase, toReadFault } from './file-faults.ts';
import { folderNames } from './folder-names.ts';
import { describeContent } from './foreign-content.ts';
import {
  isNearMiss,
  type FileCandidate,
  type NearMiss,
  type OpenRecording,
  type RecordingFormat,
  type Sniff,
} from './format.ts';
import { intanRhd } from './intan-rhd/intan-rhd.ts';
import { intanRhs } from './intan-rhs/intan-rhs.ts';
import { neuralynx } from './neuralynx/neuralynx.ts';
import { isIngestedAddress, parseIngestedAddress } from './ndi-ingested/address.ts';
import { openIngested } from './ndi-ingested/ndi-ingested.ts';
import { nwb } from './nwb/nwb.ts';
import { openephysBinary } from './openephys-binary/openephys-binary.ts';
import { soundRecording } from './sound-recording.ts';
import { spikegadgets } from './spikegadgets/spikegadgets.ts';
import { phy } from './phy/phy.ts';
import { spikeglx } from './spikeglx/spikeglx.ts';
import { tdt } from './tdt/tdt.ts';
import { whitematter } from './whitematter/whitematter.ts';
import { openEphysLegacy } from './openephys-legacy/openephys-legacy.ts';
import { isElementAddress, parseElementAddress } from './vhsb/address.ts';
import { openElement, vhsb } from './vhsb/vhsb.ts';
import { plexon } from './plexon/plexon.ts';

/** All formats, in the order in which they are asked. */
const formats: readonly RecordingFormat[] = [
  // What somebody says of a file goes before what its content looks like.
  binaryMatrix,
  intanRhd,
  intanRhs,
  blackrock,
  edf,
  spikegadgets,
  tdt,
  abf,
  spikeglx,
  openephysBinary,
  cedSmr,
  cedSmrx,
  phy,
  neuralynx,
  whitematter,
  openEphysLegacy,
  nwb,
  dabrowskaMat,
  plexon,
  vhsb,
  bjg,
];

/** What can be read, by the names that people know. */
export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** Enough to tell any format; never a whole file. */
const HEAD_BYTES = 4 * 1024;

const claimed = new Set(formats.flatMap((format) => format.extensions));

/** Whether a name is worth a look at the content: used where a folder of many files is scanned. */
export function isClaimedName(name: string): boolean {
  return claimed.has(extname(name).toLowerCase());
}

export { mayBeDescribed };

/** What the formats say about a file. */
export interface Verdicts {
  readonly sniffs: readonly Sniff[];
  readonly nearMisses: readonly NearMiss[];
}

export function askFormats(candidate: FileCandidate): Verdicts {
  const verdicts = formats.map((format) => format.sniff(candidate)).filter((verdict) => verdict !== null);
  const nearMisses = verdicts.filter(isNearMiss);
  const all = verdicts.filter((verdict): verdict is Sniff => !isNearMiss(verdict));
  const described = all.filter(({ format }) => format === binaryMatrix.id);
  const sniffs = described.length > 0 ? described : all;
  // Where one format knows the content and another only the name, the refusal becomes a remark.
  const remarks = nearMisses.map((miss) => `It also looked like ${nameOf(miss.format)} by its name, but is not.`);
  const alsoLike = (sniff: Sniff) =>
    all
      .filter(({ format, files }) => format !== sniff.format && files.includes(candidate.path))
      .map(({ format }) => `Its content also looks like ${nameOf(format)}.`);
  return {
    sniffs: sniffs.map((sniff) => ({ ...sniff, why: [...sniff.why, ...alsoLike(sniff), ...remarks] })),
    nearMisses,
  };
}

function nameOf(format: string): string {
  return formats.find(({ id }) => id === format)?.name ?? format;
}

/**
 * Recognises a file, or a folder that is one recording, by content. A data file of a folder layout leads to its folder.
 * @throws NdiError path.*
 */
export function recognise(path: string): Verdicts {
  const stat = statPath(path);
  if (isDatabaseName(path)) return { sniffs: [], nearMisses: [] };
  if (!stat.isDirectory()) return askFormats(readCandidate(path, stat.size, folderNames(dirname(path))));
  let sniffs = ofFolder(path);
  let inside = sniffs.length > 0 ? null : onlyFolderIn(path);
  for (let depth = 0; sniffs.length === 0 && inside !== null && depth < MAX_DEPTH; depth++) {
    const inner = inside;
    const where = `It lies in ${relative(path, inner)}, the only folder.`;
    const found = orElse([], () => ofFolder(inner));
    sniffs = found.map((sniff) => ({ ...sniff, path, inner, why: [...sniff.why, where] }));
    inside = onlyFolderIn(inner);
  }
  return { sniffs, nearMisses: [] };
}

/** Levels between a tank, run or node and its recording. */
const MAX_DEPTH = 4;
/** Settings and notes that may lie beside the folder; a folder of more is not looked through. */
const MAX_BESIDE = 100;

/**
 * The folder in a folder in which no file may be a recording of its own: a tank of one block, a run, and a record node
 * of one experiment are chosen by the folders that their programs made.
 */
function onlyFolderIn(path: string): string | null {
  const names = orElse([], () => folderNames(path)).filter((name) => !name.startsWith('.'));
  if (names.length > MAX_BESIDE || names.some(isClaimedName)) return null;
  const isFolder = (name: string) => orElse(false, () => statSync(join(path, name)).isDirectory());
  const folders = names.filter(isFolder);
  const [only] = folders;
  return only === undefined || folders.length > 1 ? null : join(path, only);
}

/** What may not be looked at further down makes of a folder no more than a folder. */
function orElse<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

function ofFolder(path: string): Sniff[] {
  const siblings = folderNames(path);
  const mains = formats.map((format) => format.mainFile?.(siblings)).filter((name) => name !== undefined);
  const sniffs = [...new Set(mains)].flatMap((name) => {
    const main = join(path, name);
    return askFormats(readCandidate(main, statPath(main).size, siblings)).sniffs;
  });
  const whole = formats.map((format) => format.sniffFolder?.(path, siblings) ?? null).filter((sniff) => sniff !== null);
  return [...sniffs.filter((sniff) => sniff.path === path), ...whole];
}

/**
 * Reads the headers of the recording at a path.
 * @throws NdiError path.*, format.*
 */
export function openRecording(path: string): OpenRecording {
  if (isIngestedAddress(path)) return soundRecording(openIngested(parseIngestedAddress(path), path));
  if (isElementAddress(path)) return soundRecording(openElement(parseElementAddress(path), path));
  if (isMatrixAddress(path)) return soundRecording(openTried(path));
  const { sniffs, nearMisses } = recognise(path);
  const [found] = sniffs;
  if (found === undefined) throw unknownFormat(path, nearMisses);
  return openSniffed(found);
}

/** A file by a description that is tried. */
function openTried(path: string): OpenRecording {
  const matrix = parseMatrixAddress(path);
  return openMatrix(matrix, { path, files: [matrix.file], why: ['It is tried as what you say.'] });
}

export function openSniffed(found: Sniff): OpenRecording {
  const format = formats.find(({ id }) => id === found.format);
  if (format === undefined) throw formatFault('format.unknown', found.path, `no reader for ${found.format}.`);
  if (found.inner === undefined) return soundRecording(format.open(found));
  const recording = soundRecording(format.open({ ...found, path: found.inner }));
  return { ...recording, info: { ...recording.info, path: found.path } };
}

/** Names of files in which laboratories keep samples without a header. */
const BARE = /\.(bin|dat|raw|i16|f32)$/i;

function unknownFormat(path: string, nearMisses: readonly NearMiss[]) {
  const stat = statPath(path);
  if (stat.isDirectory()) return formatFault('format.unknown', path, 'the folder is not a recording.');
  if (stat.size === 0) return formatFault('format.empty', path, 'the file has no bytes.', { size: 0 });
  const [miss] = nearMisses;
  if (miss !== undefined) return formatFault('format.invalid', path, miss.refused, { format: miss.format, offset: 0 });
  const head = readCandidate(path, stat.size, []).head;
  const bare = BARE.test(path)
    ? ' If it holds bare samples, say how they lie (“ndi describe-matrix”, or “Read as a raw matrix…” in an import): then it opens.'
    : '';
  return formatFault('format.unknown', path, `no known recording: its content is ${describeContent(head)}.${bare}`);
}

/** Reads the first bytes of a file. @throws NdiError path.*, format.unknown */
export function readCandidate(path: string, sizeBytes: number, siblings: readonly string[]): FileCandidate {
  refuseDatabase(path);
  const head = new Uint8Array(Math.min(HEAD_BYTES, sizeBytes));
  try {
    const handle = openSync(path, 'r');
    try {
      const got = readSync(handle, head, 0, head.length, 0);
      return { path, sizeBytes, head: head.subarray(0, got), siblings };
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw toReadFault(error, path);
  }
}

function statPath(path: string): Stats {
  try {
    const stat = statSync(path);
    if (stat.isDirectory() || stat.isFile()) return stat;
  } catch (error) {
    throw toReadFault(error, path);
  }
  throw formatFault('format.unknown', path, `${basename(path)} is neither a file nor a folder.`);
}
