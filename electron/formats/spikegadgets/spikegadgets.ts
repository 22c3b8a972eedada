import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, RecordingInfo } from '../../../shared/contract/recordings.ts';
import type { ChannelTypeName } from '../../../shared/model/channels.ts';
import { plainWords, sampledChannel, timeChannel } from '../channels.ts';
import { withFile } from '../file-bytes.ts';
import { refusal } from '../foreign-content.ts';
import type {
  FileCandidate,
  NearMiss,
  OpenRecording,
  RecordingFormat,
  SignalStream,
  Sniff,
  StreamChannel,
} from '../format.ts';
import { shouldFix } from '../problems.ts';
import { readConfiguration, type AuxChannel, type Configuration } from './configuration.ts';
import { findPackets, wordsOfChannels, type Packets } from './packets.ts';
import { decodeTurns } from './turns.ts';

const FORMAT = 'spikegadgets';

/** SpikeGadgets Trodes `.rec`: an XML configuration, then a packet a sample. */
export const spikegadgets: RecordingFormat = {
  id: FORMAT,
  name: 'SpikeGadgets Trodes',
  extensions: ['.rec'],
  sniff,
  open,
};

function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  const named = path.toLowerCase().endsWith('.rec');
  const text = new TextDecoder('latin1').decode(head);
  if (!/^(?:<\?xml[^>]*>)?\s*<Configuration[\s>]/.test(text)) {
    return named ? { format: FORMAT, path, refused: refusal(head, 'SpikeGadgets') } : null;
  }
  if (!named && !/<(Global|Hardware)Configuration\s/.test(text)) return null;
  const why = ['The file begins with a configuration of Trodes in XML.'];
  if (!named) why.push(`The name ${basename(path)} does not say so.`);
  return { format: FORMAT, path, files: [path], why };
}

function open(found: Sniff): OpenRecording {
  return withFile(found.path, (file) => {
    const configuration = readConfiguration(file);
    const packets = findPackets(file, configuration);
    const problems = [...packets.problems];
    const streams = buildStreams(found.path, configuration, packets, problems);
    const info = describe(found, configuration, packets, streams, problems);
    return { info, streams, readEvents: () => ({ events: [], total: 0 }) };
  });
}

function buildStreams(
  path: string,
  configuration: Configuration,
  packets: Packets,
  problems: Problem[],
): SignalStream[] {
  const { sampleRate } = configuration;
  const sampling = { sampleRate, samples: packets.samples };
  const runs = packets.segments.map(({ start, samples, stamp }) => ({
    file: path,
    offset: configuration.bytes,
    blockBytes: packets.packetBytes,
    samplesPerBlock: 1,
    first: start + packets.dropped,
    samples,
    firstSample: start,
    t0: stamp / sampleRate,
  }));
  const neural = neuralChannels(path, configuration, packets, problems);
  const named = nameAuxiliary(configuration.auxiliary);
  if (configuration.unusable.length > 0) {
    const message = `Channels that lie outside their device's block are left out: ${configuration.unusable.join(', ')}.`;
    problems.push(shouldFix('format.invalid', message, path));
  }
  const stream = (pick: (aux: AuxChannel) => boolean): StreamChannel[] =>
    named
      .filter(({ aux }) => pick(aux))
      .map(({ aux, type, number }) => ({
        channel: sampledChannel(type, number, aux.id, sampling, plainWords),
        channelOffset: aux.byte,
        ...(aux.kind === 'digital' ? { bit: aux.bit } : {}),
      }));
  const takesTurns = ({ turn, kind }: AuxChannel) => turn !== null && kind === 'analog';
  const isPlain = (aux: AuxChannel) => aux.kind === 'analog' && aux.turn === null;
  const turns = stream(takesTurns);
  const byName = new Map(
    named.filter(({ aux }) => takesTurns(aux)).map(({ aux }, index) => [turns[index]?.channel.name ?? '', aux]),
  );
  const streams: SignalStream[] = [
    { sampleRate, word: 'i16', channels: [...neural, timeChannel(1, 'time', sampling)], runs },
    // Words of one stream lie whole words apart: those at even and at odd bytes are streams of their own.
    ...[0, 1].map((odd): SignalStream => ({
      sampleRate,
      word: 'i16',
      channels: stream((aux) => isPlain(aux) && aux.byte % 2 === odd),
      runs,
    })),
    { sampleRate, word: 'i16', channels: turns, runs, decode: decodeTurns(byName) },
    { sampleRate, word: 'u16', channels: stream(({ kind }) => kind === 'digital'), runs },
  ];
  return streams.filter(({ channels }) => channels.length > 0);
}

/** Numbered by the hardware's own channel numbers, from 1. */
function neuralChannels(
  path: string,
  configuration: Configuration,
  packets: Packets,
  problems: Problem[],
): StreamChannel[] {
  const words = wordsOfChannels(configuration, packets.storedAll);
  const from = configuration.stampOffset + 4;
  const missing = configuration.listed.filter(({ hwChan }) => !words.has(hwChan));
  if (missing.length > 0) {
    const message = `Channels that the hardware does not have are left out: ${missing.map(({ hwChan }) => hwChan).join(', ')}.`;
    problems.push(shouldFix('format.invalid', message, path));
  }
  const sampling = { sampleRate: configuration.sampleRate, samples: packets.samples };
  return configuration.listed
    .toSorted((a, b) => a.hwChan - b.hwChan)
    .flatMap(({ hwChan, label, nTrode, scale }) => {
      const word = words.get(hwChan);
      if (word === undefined) return [];
      const microvolts = { units: 'uV', gain: scale, offset: 0 };
      const channel = sampledChannel('analog_in', hwChan + 1, label, sampling, microvolts, { nTrode });
      return [{ channel, channelOffset: from + 2 * word }];
    });
}

/** Lines of the main unit come after the 32 of the environmental unit (ECU), as NDR has them. */
const ECU_LINES = 32;

/**
 * NDI's names for lines and sensors: the number in the name where it has one (`ECU_Din3`, `Ain2`), and after the lines
 * of the ECU for those of the main unit; what has no number of its own, as sensors, gets the next free ones.
 */
function nameAuxiliary(list: readonly AuxChannel[]): { aux: AuxChannel; type: ChannelTypeName; number: number }[] {
  const used = new Set<string>();
  const typed = list.map((aux) => {
    const [, unit = '', kind, digits = ''] = /^(.*?)(Din|Dout|Ain|Aout)(\d{1,4})$/.exec(aux.id) ?? [];
    const isOutput = kind === undefined ? aux.isOutput : kind.endsWith('out');
    const type: ChannelTypeName =
      aux.kind === 'digital' ? (isOutput ? 'digital_out' : 'digital_in') : isOutput ? 'analog_out' : 'auxiliary_in';
    const isMain = aux.kind === 'digital' && /^(MCU|Controller)_/.test(unit);
    const number = kind === undefined ? 0 : Number(digits) + (isMain ? ECU_LINES : 0);
    const isFree = number > 0 && !used.has(`${type} ${number}`);
    if (isFree) used.add(`${type} ${number}`);
    return { aux, type, number: isFree ? number : 0 };
  });
  const last = new Map<ChannelTypeName, number>();
  for (const { type, number } of typed) last.set(type, Math.max(last.get(type) ?? 0, number));
  return typed.map(({ aux, type, number }) => {
    if (number > 0) return { aux, type, number };
    const next = (last.get(type) ?? 0) + 1;
    last.set(type, next);
    return { aux, type, number: next };
  });
}

function describe(
  found: Sniff,
  configuration: Configuration,
  packets: Packets,
  streams: readonly SignalStream[],
  problems: Problem[],
): RecordingInfo {
  const rate = configuration.sampleRate;
  const channels: Channel[] = streams.flatMap((stream) => stream.channels.map(({ channel }) => channel));
  const created = new Date(configuration.createdAt > 0 ? configuration.createdAt : NaN);
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: spikegadgets.name,
    version: configuration.trodesVersion,
    files: [...found.files],
    device: 'SpikeGadgets',
    startedAt: Number.isNaN(created.getTime()) ? null : created.toISOString(),
    segments: packets.segments.map(({ start, samples, stamp }) => ({
      start,
      samples,
      t0: stamp / rate,
      t1: (stamp + samples - 1) / rate,
    })),
    channels,
    events: {},
    problems,
    why: [...found.why],
  };
}
