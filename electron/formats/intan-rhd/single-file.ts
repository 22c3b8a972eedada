import type { BlockRun, SignalStream, StreamChannel } from '../format.ts';
import type { FileBytes } from '../file-bytes.ts';
import { blockRuns, findBlocks, type BlockForm } from './blocks.ts';
import type { RhdChannel, RhdHeader } from './header.ts';
import {
  adcScale,
  amplifierUnsigned,
  auxiliaryScale,
  axNumbers,
  digitalLines,
  labelOf,
  sampledChannel,
  supplyScale,
  temperatureScale,
  timeChannel,
  type Scale,
} from './scaling.ts';
import { inGroups } from '../channels.ts';
import type { IntanLayout } from './layout.ts';
import type { ChannelTypeName } from '../../../shared/model/channels.ts';

/** Where each part of a data block begins; parts without channels take no room. */
interface BlockLayout {
  readonly samplesPerBlock: number;
  readonly blockBytes: number;
  readonly amplifier: number;
  readonly auxiliary: number;
  readonly supply: number;
  readonly temperature: number;
  readonly adc: number;
  readonly digitalIn: number;
  readonly digitalOut: number;
}

function blockLayout(header: RhdHeader): BlockLayout {
  const B = header.major === 1 ? 60 : 128;
  const { channels } = header;
  const amplifier = 4 * B;
  const auxiliary = amplifier + 2 * B * channels.amplifier.length;
  const supply = auxiliary + 2 * (B / 4) * channels.auxiliary.length;
  const temperature = supply + 2 * channels.supply.length;
  const adc = temperature + 2 * header.temperatureSensors;
  const digitalIn = adc + 2 * B * channels.adc.length;
  const digitalOut = digitalIn + (channels.digitalIn.length > 0 ? 2 * B : 0);
  const blockBytes = digitalOut + (channels.digitalOut.length > 0 ? 2 * B : 0);
  return { samplesPerBlock: B, blockBytes, amplifier, auxiliary, supply, temperature, adc, digitalIn, digitalOut };
}

/** The streams of a single `.rhd` file: header, then data blocks. */
export function singleFile(file: FileBytes, header: RhdHeader): IntanLayout {
  const layout = blockLayout(header);
  const form: BlockForm = {
    headerBytes: header.bytes,
    blockBytes: layout.blockBytes,
    samplesPerBlock: layout.samplesPerBlock,
    // Stamps are unsigned before version 1.2; later they are negative before a trigger.
    signedStamps: header.major > 1 || header.minor >= 2,
  };
  const { samples, segments, problems } = findBlocks(file, form);
  const runsOf = (perBlock: number) => blockRuns(file.path, header.sampleRate, form, segments, perBlock);
  return { streams: buildStreams(header, layout, samples, runsOf), segments, problems };
}

function buildStreams(
  header: RhdHeader,
  layout: BlockLayout,
  samples: number,
  runsOf: (perBlock: number) => BlockRun[],
): SignalStream[] {
  const { channels, sampleRate: rate } = header;
  const B = layout.samplesPerBlock;
  const ax = axNumbers(header);
  const blocks = samples / B;
  /** Channels that lie one after the other, each with all its samples of the block together. */
  const part = (
    list: readonly RhdChannel[],
    type: ChannelTypeName,
    numberFrom: number,
    at: number,
    perBlock: number,
    scale: Scale,
  ): StreamChannel[] =>
    list.map((entry, index) => ({
      channel: inGroups(
        sampledChannel(type, numberFrom + index + 1, labelOf(entry), (rate * perBlock) / B, blocks * perBlock, scale),
        { port: entry.port },
      ),
      channelOffset: at + 2 * perBlock * index,
    }));
  const full = [
    ...part(channels.amplifier, 'analog_in', 0, layout.amplifier, B, amplifierUnsigned),
    ...part(channels.adc, 'auxiliary_in', ax.adc, layout.adc, B, adcScale(header.boardMode)),
    ...digitalLines(channels.digitalIn, 'digital_in', rate, samples, layout.digitalIn),
    ...digitalLines(channels.digitalOut, 'digital_out', rate, samples, layout.digitalOut),
    timeChannel(1, 'time', rate, samples),
  ];
  const auxiliary = part(channels.auxiliary, 'auxiliary_in', 0, layout.auxiliary, B / 4, auxiliaryScale);
  if (auxiliary.length > 0) auxiliary.push(timeChannel(2, 'time of auxiliary inputs', rate / 4, blocks * (B / 4)));
  const supply = part(channels.supply, 'auxiliary_in', ax.supply, layout.supply, 1, supplyScale);
  const sensors = Array.from({ length: header.temperatureSensors }, (_, index) => ({
    native: `TEMP${index + 1}`,
    custom: '',
    nativeOrder: index,
    type: 'supply' as const,
    port: '',
  }));
  const temperature = part(sensors, 'auxiliary_in', ax.temperature, layout.temperature, 1, temperatureScale);
  const streams: SignalStream[] = [
    { sampleRate: rate, word: 'u16', channels: full, runs: runsOf(B) },
    { sampleRate: rate / 4, word: 'u16', channels: auxiliary, runs: runsOf(B / 4) },
    { sampleRate: rate / B, word: 'u16', channels: supply, runs: runsOf(1) },
    { sampleRate: rate / B, word: 'i16', channels: temperature, runs: runsOf(1) },
  ];
  return streams.filter((stream) => stream.channels.length > 0);
}
