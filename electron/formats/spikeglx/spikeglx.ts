import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import type { FileCandidate, NearMiss, OpenRecording, RecordingFormat, Sniff } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { clockOf, compareStreams, endsAsStream, metaName, parseStreamName } from './file-names.ts';
import { readMeta, type Meta } from './meta.ts';
import { openStream, type Numbering, type OpenStream, type StreamFiles } from './stream.ts';

const FORMAT = 'spikeglx';

/** SpikeGLX: one `.bin` with its `.meta` is a recording of one stream; the folder of a run is all of its streams. */
export const spikeglx: RecordingFormat = {
  id: FORMAT,
  name: 'SpikeGLX',
  extensions: ['.bin', '.meta'],
  sniff,
  sniffFolder,
  open,
};

/** The samples have no mark of their own: the text beside them, which can be told by its content, says what they are. */
function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  const isMeta = /\.meta$/i.test(path);
  if (isMeta && !looksLikeMeta(head)) return null;
  if (!isMeta && !/\.bin$/i.test(path)) return null;
  const folder = dirname(path);
  const stem = basename(path).replace(/\.(meta|bin)$/i, '');
  // Asked of the file system: looking through the names of a folder of very many files would take its square.
  const beside = (name: string) => (existsSync(join(folder, name)) ? name : undefined);
  const bin = isMeta ? beside(`${stem}.bin`) : basename(path);
  const meta = isMeta ? basename(path) : beside(`${stem}.meta`);
  if (bin === undefined) {
    const refused = `It describes samples of SpikeGLX, but ${basename(path).replace(/\.meta$/i, '.bin')} is not beside it.`;
    return { format: FORMAT, path, refused };
  }
  if (meta === undefined) {
    if (!endsAsStream(path)) return null;
    const refused = `The name says SpikeGLX, but ${metaName(basename(path))} is not beside it: the number of channels is unknown.`;
    return { format: FORMAT, path, refused };
  }
  // Under any other name the text decides; a name of SpikeGLX promises, and a bad text is told when it is opened.
  if (!isMeta && !endsAsStream(path) && !isReadableMeta(join(folder, meta))) return null;
  const why = [`${meta} describes ${bin} as a stream of SpikeGLX.`];
  return { format: FORMAT, path: join(folder, bin), files: [join(folder, bin), join(folder, meta)], why };
}

function looksLikeMeta(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head);
  return !text.includes('\0') && /^(typeThis|appVersion|acq\w+|fileCreateTime|nSavedChans|sns\w+)=/m.test(text);
}

function isReadableMeta(path: string): boolean {
  try {
    return readMeta(path).values.has('typeThis');
  } catch (error) {
    if (error instanceof NdiError) return false;
    throw error;
  }
}

/** The folder of one run, with its files in it or in a folder a probe. */
function sniffFolder(folder: string, names: readonly string[]): Sniff | null {
  const inside = names
    .filter((name) => /_(imec|obx)\d*$/i.test(name))
    .flatMap((name) => listed(join(folder, name)).map((inner) => join(name, inner)));
  const bins = [...names, ...inside].filter((name) => parseStreamName(name) !== null);
  const runs = new Set(bins.map((name) => parseStreamName(name)?.run));
  if (runs.size !== 1) return null;
  const pairs = bins.map((name) => join(folder, name)).filter((bin) => existsSync(metaName(bin)));
  if (pairs.length === 0) return null;
  const streams = groupStreams(pairs);
  const files = streams.flatMap((stream) => stream.files.flatMap(({ bin, meta }) => [bin, meta]));
  const why = [`The folder holds the run ${[...runs][0]} of SpikeGLX: ${streams.map(({ name }) => name).join(', ')}.`];
  return { format: FORMAT, path: folder, files, why };
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A file of such a name, or a folder that may not be read: its streams are missing.
    return [];
  }
}

/** Files of each stream in order of their triggers; files that CatGT joined count only where no others are. */
function groupStreams(bins: readonly string[]): StreamFiles[] {
  const groups = new Map<string, { bin: string; trigger: string }[]>();
  for (const bin of bins) {
    const name = parseStreamName(bin);
    if (name === null) continue;
    groups.set(name.stream, [...(groups.get(name.stream) ?? []), { bin, trigger: name.trigger }]);
  }
  return [...groups]
    .sort(([a], [b]) => compareStreams(a, b))
    .map(([name, all]) => {
      const triggers = all.filter(({ trigger }) => trigger !== 'cat');
      const used = triggers.length > 0 ? triggers : all;
      used.sort((a, b) => Number(a.trigger) - Number(b.trigger));
      return { name, files: used.map(({ bin }) => ({ bin, meta: metaName(bin) })) };
    });
}

function open(found: Sniff): OpenRecording {
  const [main = found.path, meta = metaName(main)] = found.files;
  const problems: Problem[] = [];
  const numbering: Numbering = { analog: 0, digital: 0, time: 0 };
  const streams =
    found.path === main
      ? [openStream({ name: '', files: [{ bin: main, meta }] }, numbering)]
      : openRun(found, numbering, problems);
  problems.push(...streams.flatMap((stream) => stream.problems));
  return {
    info: describe(found, streams, problems),
    streams: streams.map(({ stream }) => stream),
    readEvents: () => ({ events: [], total: 0 }),
  };
}

/** All streams of a run; one that cannot be read is missing for its channels alone. */
function openRun(found: Sniff, numbering: Numbering, problems: Problem[]): OpenStream[] {
  const groups = groupStreams(found.files.filter((file) => parseStreamName(file) !== null));
  const streams: OpenStream[] = [];
  let firstFault: unknown;
  for (const group of groups) {
    try {
      streams.push(openStream(group, numbering));
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      firstFault ??= error;
      const message = `The stream ${group.name} cannot be read and is left out. ${error.message}`;
      problems.push(shouldFix(error.code, message, ...group.files.map(({ bin }) => bin)));
    }
  }
  if (streams.length === 0) throw firstFault;
  const clocks = [...new Set(groups.map(({ name }) => clockOf(name)))];
  if (clocks.length > 1) {
    const message = `${clocks.join(', ')} have clocks of their own that drift apart: where times must agree exactly, align them by their sync pulses.`;
    problems.push(note('recording.ownClocks', message, found.path));
  }
  return streams;
}

function describe(found: Sniff, streams: readonly OpenStream[], problems: Problem[]): RecordingInfo {
  const fastest = streams.reduce((best, one) => (one.stream.sampleRate > best.stream.sampleRate ? one : best));
  const { sampleRate, runs } = fastest.stream;
  const created = fastest.meta.values.get('fileCreateTime') ?? '';
  const started = created === '' ? [] : [`It was created ${created.slice(0, 40)} in the local time of the rig.`];
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: spikeglx.name,
    version: (fastest.meta.values.get('appVersion') ?? '').slice(0, 40),
    files: [...found.files],
    device: deviceOf(streams.map(({ meta }) => meta)),
    // The text tells a local time without its zone.
    startedAt: null,
    segments: segmentsOf(runs, sampleRate),
    channels: streams.flatMap(({ stream }) => stream.channels.map(({ channel }) => channel)),
    events: {},
    problems,
    why: [...found.why, ...started],
  };
}

function deviceOf(metas: readonly Meta[]): string {
  const types = new Set(metas.map((meta) => meta.values.get('typeThis')));
  if (types.has('imec')) {
    const parts = metas.map((meta) => meta.values.get('imDatPrb_pn')).filter((part) => part !== undefined);
    return ['Neuropixels', ...new Set(parts.map((part) => part.slice(0, 40)))].join(' ');
  }
  return types.has('nidq') ? 'NI-DAQ' : 'OneBox';
}
