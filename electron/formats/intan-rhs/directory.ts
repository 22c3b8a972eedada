import type { SampleWord } from '../format.ts';
import { isPerChannel, openDataFiles, type DataFile } from '../intan-rhd/data-files.ts';
import type { IntanLayout } from '../intan-rhd/layout.ts';
import { amplifierSigned, digitalLines } from '../intan-rhd/scaling.ts';
import type { RhsHeader } from './header.ts';
import { analogChannels, analogSignals, decodeStimulation, type AnalogSignals } from './signals.ts';

/** The streams of a folder with `info.rhs`, `time.dat` and one data file a signal type or a channel. */
export function directoryLayout(stem: string, header: RhsHeader, names: readonly string[]): IntanLayout {
  const wanted = isPerChannel(names) ? filesPerChannel(header) : filesPerSignal(header);
  return openDataFiles(stem, header.sampleRate, names, wanted);
}

/** Each kind of analog signals with its file a signal type and the beginning of its files a channel. */
function analogFiles(header: RhsHeader): [file: string, prefix: string, word: SampleWord, signals: AnalogSignals][] {
  const signals = analogSignals(header, amplifierSigned);
  return [
    ['amplifier.dat', 'amp', 'i16', signals.amplifier],
    ['analogin.dat', 'board', 'u16', signals.adc],
    ...(header.dcSaved
      ? [['dcamplifier.dat', 'dc', 'u16', signals.dc] satisfies [string, string, SampleWord, AnalogSignals]]
      : []),
    ['analogout.dat', 'board', 'u16', signals.dac],
    ['stim.dat', 'stim', 'u16', signals.stimulation],
  ];
}

const digitalKinds = [
  ['digitalin.dat', 'digitalIn', 'digital_in'],
  ['digitalout.dat', 'digitalOut', 'digital_out'],
] as const;

function filesPerSignal(header: RhsHeader): DataFile[] {
  const { sampleRate } = header;
  const analog = analogFiles(header).map(([name, prefix, word, signals]): DataFile => ({
    name,
    columns: signals.list.length,
    word,
    channels: (samples) => analogChannels(signals, sampleRate, samples, 0, 2),
    ...stimulationRules(prefix),
  }));
  const digital = digitalKinds.map(([name, kind, type]): DataFile => ({
    name,
    columns: header.channels[kind].length > 0 ? 1 : 0,
    word: 'u16',
    channels: (samples) => digitalLines(header.channels[kind], type, sampleRate, samples, 0),
  }));
  return [...analog, ...digital].filter(({ columns }) => columns > 0);
}

function filesPerChannel(header: RhsHeader): DataFile[] {
  const { sampleRate } = header;
  const analog = analogFiles(header).flatMap(([, prefix, word, signals]) =>
    signals.list.map(({ native }, index): DataFile => ({
      name: `${prefix}-${native}.dat`,
      columns: 1,
      word,
      channels: (samples) => analogChannels(signals, sampleRate, samples, 0, 0).slice(index, index + 1),
      ...stimulationRules(prefix),
    })),
  );
  const digital = digitalKinds.flatMap(([, kind, type]) =>
    header.channels[kind].map(({ native }, index): DataFile => ({
      name: `board-${native}.dat`,
      columns: 1,
      word: 'u16',
      // A file of its own holds 0 or 1 a sample, not a word of 16 lines.
      channels: (samples) =>
        digitalLines(header.channels[kind], type, sampleRate, samples, 0)
          .slice(index, index + 1)
          .map((line) => ({ ...line, bit: 0 })),
    })),
  );
  return [...analog, ...digital];
}

/** Stimulation is saved only for channels on which it was enabled: a missing file means that there was none. */
function stimulationRules(prefix: string): Pick<DataFile, 'decode' | 'optional'> {
  return prefix === 'stim' ? { decode: decodeStimulation, optional: true } : {};
}
