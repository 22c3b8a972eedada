import type { FileBytes } from '../file-bytes.ts';
import type { SignalStream } from '../format.ts';
import { blockRuns, findBlocks, type BlockForm } from '../intan-rhd/blocks.ts';
import type { IntanLayout } from '../intan-rhd/layout.ts';
import { amplifierUnsigned, digitalLines, timeChannel } from '../intan-rhd/scaling.ts';
import type { RhsHeader } from './header.ts';
import { analogChannels, analogSignals, decodeStimulation, type AnalogSignals } from './signals.ts';

/** Samples in a block, whatever the version. */
const PER_BLOCK = 128;
/** Bytes of one channel in a block. */
const PART = 2 * PER_BLOCK;

/** The streams of a single `.rhs` file: header, then data blocks in which all samples of a channel lie together. */
export function singleFile(file: FileBytes, header: RhsHeader): IntanLayout {
  const { channels, sampleRate } = header;
  const amplifiers = PART * channels.amplifier.length;
  // In this order: stamps, amplifiers, DC amplifiers, stimulation (of every amplifier), board inputs and outputs, digital
  // words (once each, if there is any line).
  const dc = 2 * PART + amplifiers;
  const stimulation = dc + (header.dcSaved ? amplifiers : 0);
  const adc = stimulation + amplifiers;
  const dac = adc + PART * channels.adc.length;
  const digitalIn = dac + PART * channels.dac.length;
  const digitalOut = digitalIn + (channels.digitalIn.length > 0 ? PART : 0);
  const form: BlockForm = {
    headerBytes: header.bytes,
    blockBytes: digitalOut + (channels.digitalOut.length > 0 ? PART : 0),
    samplesPerBlock: PER_BLOCK,
    signedStamps: true,
  };
  const { samples, segments, problems } = findBlocks(file, form);
  const runs = blockRuns(file.path, sampleRate, form, segments, PER_BLOCK);
  const signals = analogSignals(header, amplifierUnsigned);
  const part = (one: AnalogSignals, at: number) => analogChannels(one, sampleRate, samples, at, PART);
  const words = [
    ...part(signals.amplifier, 2 * PART),
    ...part(signals.adc, adc),
    ...(header.dcSaved ? part(signals.dc, dc) : []),
    ...part(signals.dac, dac),
    ...digitalLines(channels.digitalIn, 'digital_in', sampleRate, samples, digitalIn),
    ...digitalLines(channels.digitalOut, 'digital_out', sampleRate, samples, digitalOut),
    timeChannel(1, 'time', sampleRate, samples),
  ];
  const streams: SignalStream[] = [
    { sampleRate, word: 'u16', channels: words, runs },
    { sampleRate, word: 'u16', channels: part(signals.stimulation, stimulation), runs, decode: decodeStimulation },
  ];
  return { streams: streams.filter((stream) => stream.channels.length > 0), segments, problems };
}
