import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { withFile } from '../file-bytes.ts';
import { toReadFault } from '../file-faults.ts';
import { refusal, startsWith } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, OpenRecording, RecordingFormat, Sniff } from '../format.ts';
import { directoryLayout, isDataFile } from './directory.ts';
import { readHeader, type RhdHeader } from './header.ts';
import { singleFile, type RhdLayout } from './single-file.ts';

const FORMAT = 'intan-rhd';
const MAGIC_BYTES = [0x02, 0x27, 0x91, 0xc6];

/** Intan RHD2000: single file, one file a signal type, one file a channel; versions 1.0 to 3.x. */
export const intanRhd: RecordingFormat = {
  id: FORMAT,
  name: 'Intan RHD2000',
  extensions: ['.rhd'],
  sniff,
  open,
};

function sniff({ path, head, sizeBytes, siblings }: FileCandidate): Sniff | NearMiss | null {
  const named = path.toLowerCase().endsWith('.rhd');
  if (!startsWith(head, MAGIC_BYTES)) {
    if (!named) return null;
    return { format: FORMAT, path, refused: refusal(head, 'Intan RHD') };
  }
  const version = head.length >= 8 ? new DataView(head.buffer, head.byteOffset) : null;
  const why = ['The file begins with the magic number of Intan RHD (C6912702).'];
  if (version) why.push(`It names version ${version.getInt16(4, true)}.${version.getInt16(6, true)}.`);
  if (!named) why.push(`The name ${basename(path)} does not say so.`);
  const folder = dirname(path);
  if (basename(path) === 'info.rhd' && siblings.includes('time.dat')) {
    const files = siblings.filter(isDataFile).sort();
    why.push(`It is the header of a folder with time.dat and ${files.length - 1} data files beside it.`);
    return { format: FORMAT, path: folder, files: [path, ...files.map((name) => join(folder, name))], why };
  }
  if (sizeBytes > head.length) why.push('Its data blocks follow in the same file.');
  return { format: FORMAT, path, files: [path], why };
}

function open(found: Sniff): OpenRecording {
  const [main = found.path] = found.files;
  const { header, layout } = withFile(main, (file) => {
    const header = readHeader(file);
    return { header, layout: found.path === main ? singleFile(file, header) : openFolder(found.path, header) };
  });
  return {
    info: describe(found, header, layout),
    streams: layout.streams,
    readEvents: () => ({ events: [], total: 0 }),
  };
}

function openFolder(folder: string, header: RhdHeader): RhdLayout {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw toReadFault(error, folder);
  }
  return directoryLayout(folder, header, names);
}

function describe(found: Sniff, header: RhdHeader, layout: RhdLayout): RecordingInfo {
  const rate = header.sampleRate;
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: intanRhd.name,
    version: `${header.major}.${header.minor}`,
    files: [...found.files],
    device: 'Intan RHD2000',
    // The header holds no date, and the one in the name is of an unknown time zone.
    startedAt: null,
    segments: layout.segments.map(({ start, samples, stamp }) => ({
      start,
      samples,
      t0: stamp / rate,
      t1: (stamp + samples - 1) / rate,
    })),
    channels: layout.streams.flatMap((stream) => stream.channels.map(({ channel }) => channel)),
    events: {},
    problems: [...layout.problems],
    why: [...found.why],
  };
}
