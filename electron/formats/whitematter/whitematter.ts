import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { plainWords, sampledChannel, timeChannel } from '../channels.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import type { BlockRun, FileCandidate, NearMiss, OpenRecording, RecordingFormat, Sniff } from '../format.ts';
import { note } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { runToEnd } from '../whole-samples.ts';
import { NAME_PATTERN, isNearName, parseName, type NameHeader } from './file-name.ts';

const FORMAT = 'whitematter';
/** Skipped: what they mean is not published. */
const HEADER_BYTES = 8;
const MAX_CHANNELS = 100_000;

/** WhiteMatter LLC: interleaved words behind eight bytes; the name of the file is the header. */
export const whitematter: RecordingFormat = {
  id: FORMAT,
  name: 'WhiteMatter',
  extensions: ['.bin'],
  sniff,
  open,
};

function sniff({ path }: FileCandidate): Sniff | NearMiss | null {
  const name = basename(path);
  if (parseName(name) === null) {
    if (!isNearName(name)) return null;
    const refused = `Its name is not one of WhiteMatter, which tells channels and rate: ${NAME_PATTERN}.`;
    return { format: FORMAT, path, refused };
  }
  const why = [`Its name is built as WhiteMatter builds them: ${NAME_PATTERN}.`];
  return { format: FORMAT, path, files: [path], why };
}

function open(found: Sniff): OpenRecording {
  const { path } = found;
  const header = checkedName(path);
  const problems: Problem[] = [];
  const run = findSamples(path, header, problems);
  const { sampleRate } = header;
  const sampling = { sampleRate, samples: run.samples };
  const message = 'The file tells no physical scale: values are the stored words.';
  problems.push(note('recording.assumedScale', message, path));
  const channels = Array.from({ length: header.channels }, (_, index) => ({
    channel: sampledChannel('analog_in', index + 1, `channel ${index + 1}`, sampling, plainWords),
    channelOffset: 2 * index,
  }));
  const all = [...channels, timeChannel(1, 'time', sampling)];
  const runs = run.samples === 0 ? [] : [run];
  return {
    info: {
      kind: 'recording',
      path,
      format: FORMAT,
      formatName: whitematter.name,
      version: header.format,
      files: [...found.files],
      device: header.device,
      // The name tells a local time without its zone.
      startedAt: null,
      segments: segmentsOf(runs, sampleRate),
      channels: all.map(({ channel }) => channel),
      events: {},
      problems,
      why: [...found.why, `It began ${header.start} in the local time of the rig.`],
    },
    streams: [{ sampleRate, word: 'i16', channels: all, runs }],
    readEvents: () => ({ events: [], total: 0 }),
  };
}

function checkedName(path: string): NameHeader {
  const header = parseName(basename(path));
  if (header === null) throw formatFault('format.invalid', path, `its name is not built as ${NAME_PATTERN}.`);
  const check = (field: string, value: number, most: number) => {
    if (value >= 1 && value <= most) return;
    throw formatFault('format.invalid', path, `its name tells ${value} as ${field}.`, { field, value });
  };
  check('the number of channels', header.channels, MAX_CHANNELS);
  check('the rate', header.sampleRate, Infinity);
  return header;
}

/** The samples follow to the end of the file, whatever length the name tells: that is rounded to seconds. */
function findSamples(path: string, { channels }: NameHeader, problems: Problem[]): BlockRun {
  const size = withFile(path, (file) => file.size);
  if (size < HEADER_BYTES) {
    const what = `it ends inside its header of ${HEADER_BYTES} bytes.`;
    throw formatFault('format.truncated', path, what, { field: 'the header', offset: size });
  }
  return runToEnd(path, size, HEADER_BYTES, 2 * channels, problems);
}
