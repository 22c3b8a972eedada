import type { ChannelTypeName } from '../../../shared/model/channels.ts';
import { inGroups } from '../channels.ts';
import type { SampleWord, StreamChannel } from '../format.ts';
import { isPerChannel, openDataFiles, sizeOf, type DataFile } from './data-files.ts';
import { signalTypes, type RhdChannel, type RhdHeader } from './header.ts';
import type { IntanLayout } from './layout.ts';
import {
  adcScale,
  amplifierSigned,
  auxiliaryScale,
  axNumbers,
  digitalLines,
  labelOf,
  sampledChannel,
  supplyScale,
  type Scale,
} from './scaling.ts';

/** The streams of a folder with `info.rhd`, `time.dat` and one data file a signal type or a channel. */
export function directoryLayout(stem: string, header: RhdHeader, names: readonly string[]): IntanLayout {
  const wanted = isPerChannel(names) ? filesPerChannel(header) : filesPerSignal(stem, header, names);
  return openDataFiles(stem, header.sampleRate, names, wanted);
}

type Part = readonly [
  list: readonly RhdChannel[],
  type: ChannelTypeName,
  numberFrom: number,
  word: SampleWord,
  scale: Scale,
];

function analogParts(header: RhdHeader): Record<'amplifier' | 'auxiliary' | 'supply' | 'adc', Part> {
  const { channels } = header;
  const ax = axNumbers({ ...header, temperatureSensors: 0 });
  return {
    amplifier: [channels.amplifier, 'analog_in', 0, 'i16', amplifierSigned],
    auxiliary: [channels.auxiliary, 'auxiliary_in', 0, 'u16', auxiliaryScale],
    supply: [channels.supply, 'auxiliary_in', ax.supply, 'u16', supplyScale],
    adc: [channels.adc, 'auxiliary_in', ax.adc, 'u16', adcScale(header.boardMode)],
  };
}

function columnsOf(part: Part, header: RhdHeader, samples: number, firstColumn = 0): StreamChannel[] {
  const [list, type, numberFrom, , scale] = part;
  return list.map((entry, index) => ({
    channel: inGroups(sampledChannel(type, numberFrom + index + 1, labelOf(entry), header.sampleRate, samples, scale), {
      port: entry.port,
    }),
    channelOffset: 2 * (firstColumn + index),
  }));
}

function filesPerSignal(stem: string, header: RhdHeader, names: readonly string[]): DataFile[] {
  const parts = analogParts(header);
  const shared = hasAuxiliaryColumns(stem, header, names);
  const files: DataFile[] = [];
  const add = (name: string, part: Part, extraColumns = 0) => {
    if (part[0].length === 0) return;
    const channels = (samples: number) => columnsOf(part, header, samples);
    files.push({ name, columns: part[0].length + extraColumns, word: part[3], channels });
  };
  add('amplifier.dat', parts.amplifier, shared ? header.channels.auxiliary.length : 0);
  if (!shared) add('auxiliary.dat', parts.auxiliary);
  add('supply.dat', parts.supply);
  add('analogin.dat', parts.adc);
  for (const [name, lines, type] of [
    ['digitalin.dat', header.channels.digitalIn, 'digital_in'],
    ['digitalout.dat', header.channels.digitalOut, 'digital_out'],
  ] as const) {
    if (lines.length === 0) continue;
    const channels = (samples: number) => digitalLines(lines, type, header.sampleRate, samples, 0);
    files.push({ name, columns: 1, word: 'u16', channels });
  }
  if (shared) {
    const columns = header.channels.amplifier.length + header.channels.auxiliary.length;
    const channels = (samples: number) => columnsOf(parts.auxiliary, header, samples, header.channels.amplifier.length);
    files.push({ name: 'amplifier.dat', columns, word: 'x16', channels });
  }
  return files;
}

/** Intan RHX may save the auxiliary inputs as further columns of `amplifier.dat`; only the file's size tells. */
function hasAuxiliaryColumns(stem: string, header: RhdHeader, names: readonly string[]): boolean {
  const { amplifier, auxiliary } = header.channels;
  if (auxiliary.length === 0 || names.includes('auxiliary.dat') || !names.includes('amplifier.dat')) return false;
  const rows = Math.floor(sizeOf(`${stem}time.dat`) / 4);
  return sizeOf(`${stem}amplifier.dat`) === 2 * (amplifier.length + auxiliary.length) * rows;
}

function filesPerChannel(header: RhdHeader): DataFile[] {
  const parts = analogParts(header);
  const prefixes = { amplifier: 'amp', auxiliary: 'aux', supply: 'vdd', adc: 'board' } as const;
  const files: DataFile[] = [];
  for (const type of signalTypes) {
    header.channels[type].forEach((entry, index) => {
      if (type === 'digitalIn' || type === 'digitalOut') {
        const kind = type === 'digitalIn' ? 'digital_in' : 'digital_out';
        // A file of its own holds 0 or 1 a sample, not a word of 16 lines.
        const channels = (samples: number) => {
          const lines = digitalLines(header.channels[type], kind, header.sampleRate, samples, 0);
          const line = lines[index];
          return line === undefined ? [] : [{ ...line, bit: 0 }];
        };
        files.push({ name: `board-${entry.native}.dat`, columns: 1, word: 'u16', channels });
        return;
      }
      const part = parts[type];
      const channels = (samples: number) =>
        columnsOf(part, header, samples)
          .slice(index, index + 1)
          .map((column) => ({ ...column, channelOffset: 0 }));
      files.push({ name: `${prefixes[type]}-${entry.native}.dat`, columns: 1, word: part[3], channels });
    });
  }
  return files;
}
