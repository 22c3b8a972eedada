import { readdirSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { withFile, type FileBytes } from '../file-bytes.ts';
import { toReadFault } from '../file-faults.ts';
import { refusal, startsWith } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, OpenRecording, RecordingFormat, Sniff } from '../format.ts';
import { isDataFile } from './data-files.ts';
import type { IntanLayout } from './layout.ts';

/** What every header tells. */
interface CommonHeader {
  readonly major: number;
  readonly minor: number;
  /** Rate of the amplifiers, Hz. */
  readonly sampleRate: number;
}

/** What differs between Intan's two file formats. */
export interface IntanKind<H extends CommonHeader> {
  readonly id: string;
  /** For people: `Intan RHD2000`. */
  readonly name: string;
  /** `RHD` or `RHS`: by it go the ending and the name of the header in a folder. */
  readonly family: 'RHD' | 'RHS';
  readonly magic: readonly number[];
  readHeader(file: FileBytes): H;
  singleFile(file: FileBytes, header: H): IntanLayout;
  /**
   * @param stem path of the folder, with the beginning that the names of its files have
   * @param names without that beginning
   */
  directoryLayout(stem: string, header: H, names: readonly string[]): IntanLayout;
}

/** A format of Intan: a single file, or a folder of one file a signal type or a channel with its header in `info.*`. */
export function intanFormat<H extends CommonHeader>(kind: IntanKind<H>): RecordingFormat {
  const ending = `.${kind.family.toLowerCase()}`;
  const infoName = new RegExp(`^(|.*_)info\\${ending}$`);

  function sniff({ path, head, sizeBytes, siblings }: FileCandidate): Sniff | NearMiss | null {
    const named = path.toLowerCase().endsWith(ending);
    if (!startsWith(head, kind.magic)) {
      return named ? { format: kind.id, path, refused: refusal(head, `Intan ${kind.family}`) } : null;
    }
    const version = head.length >= 8 ? new DataView(head.buffer, head.byteOffset) : null;
    const magic = kind.magic.toReversed().map((byte) => byte.toString(16).toUpperCase());
    const why = [`The file begins with the magic number of Intan ${kind.family} (${magic.join('')}).`];
    if (version) why.push(`It names version ${version.getInt16(4, true)}.${version.getInt16(6, true)}.`);
    if (!named) why.push(`The name ${basename(path)} does not say so.`);
    const folder = dirname(path);
    const beginning = infoName.exec(basename(path))?.[1];
    if (beginning !== undefined && siblings.includes(`${beginning}time.dat`)) {
      const files = siblings.filter((name) => namesAfter(beginning, [name]).some(isDataFile)).sort();
      why.push(`It is the header of a folder with time.dat and ${files.length - 1} data files beside it.`);
      return { format: kind.id, path: folder, files: [path, ...files.map((name) => join(folder, name))], why };
    }
    if (sizeBytes > head.length) why.push('Its data blocks follow in the same file.');
    return { format: kind.id, path, files: [path], why };
  }

  function open(found: Sniff): OpenRecording {
    const [main = found.path] = found.files;
    const { header, layout } = withFile(main, (file) => {
      const header = kind.readHeader(file);
      if (found.path === main) return { header, layout: kind.singleFile(file, header) };
      const beginning = infoName.exec(basename(main))?.[1] ?? '';
      const names = namesAfter(beginning, namesIn(found.path));
      return { header, layout: kind.directoryLayout(`${found.path}${sep}${beginning}`, header, names) };
    });
    const info = describe(kind, found, header, layout);
    return { info, streams: layout.streams, readEvents: () => ({ events: [], total: 0 }) };
  }

  const mainFile = (names: readonly string[]) => {
    const [first, ...others] = names.filter((name) => infoName.test(name));
    return others.length === 0 ? first : names.find((name) => name === `info${ending}`);
  };
  return { id: kind.id, name: kind.name, extensions: [ending], sniff, open, mainFile };
}

/** What follows a beginning in the names that have it: the Nielsen laboratory's rig writes `NAME_info.rhd`, `NAME_time.dat`. */
function namesAfter(beginning: string, names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith(beginning)).map((name) => name.slice(beginning.length));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw toReadFault(error, folder);
  }
}

function describe(
  kind: Pick<IntanKind<CommonHeader>, 'id' | 'name'>,
  found: Sniff,
  { major, minor, sampleRate }: CommonHeader,
  layout: IntanLayout,
): RecordingInfo {
  return {
    kind: 'recording',
    path: found.path,
    format: kind.id,
    formatName: kind.name,
    version: `${major}.${minor}`,
    files: [...found.files],
    device: kind.name,
    // The header holds no date, and the one in the name is of an unknown time zone.
    startedAt: null,
    segments: layout.segments.map(({ start, samples, stamp }) => ({
      start,
      samples,
      t0: stamp / sampleRate,
      t1: (stamp + samples - 1) / sampleRate,
    })),
    channels: layout.streams.flatMap((stream) => stream.channels.map(({ channel }) => channel)),
    events: {},
    problems: [...layout.problems],
    why: [...found.why],
  };
}
