import type { ChannelTypeName } from '../../../shared/model/channels.ts';
import { inGroups } from '../channels.ts';
import type { RangeDecoder, StreamChannel } from '../format.ts';
import { labelOf, sampledChannel, type Scale } from '../intan-rhd/scaling.ts';
import { decodeWords } from '../word-decoder.ts';
import type { RhsChannel, RhsHeader } from './header.ts';

/** Volts: -0.01923 x (raw - 512). The sign is negative as in the manufacturer's loader (neo has it positive). */
const dcScale: Scale = { units: 'V', gain: -0.01923, offset: 512 * 0.01923 };
/** Board inputs and outputs: +-10.24 V whatever the board mode. */
const boardScale: Scale = { units: 'V', gain: 312.5e-6, offset: -10.24 };

/**
 * Stimulation words: magnitude in the low 8 bits, bit 8 for a negative current. Bits 13 to 15 are flags (amplifier
 * settle, charge recovery, compliance limit), 9 to 12 unused.
 */
export const decodeStimulation: RangeDecoder = decodeWords({
  bytes: 2,
  get(data, at) {
    const word = data.getUint16(at, true);
    const steps = word & 0xff;
    return (word & 0x100) === 0 ? steps : -steps;
  },
});

/** A kind of analog signals: its channels and how they are numbered and scaled. */
export interface AnalogSignals {
  readonly list: readonly RhsChannel[];
  readonly type: ChannelTypeName;
  /** Number of the channel before the first one. */
  readonly numberFrom: number;
  readonly scale: Scale;
  /** Put after the label, where one amplifier has several signals. */
  readonly suffix?: string;
}

/**
 * NDI's numbering: amplifiers `ai`, board inputs `ax`, board outputs `ao`. The stimulation current of amplifier k goes on
 * after the board outputs; the DC amplifiers, which NDI does not list, after the board inputs.
 */
export function analogSignals(header: RhsHeader, amplifierScale: Scale) {
  const { amplifier, adc, dac } = header.channels;
  const stimulation = { units: 'A', gain: header.stimulationStep, offset: 0 };
  return {
    amplifier: { list: amplifier, type: 'analog_in', numberFrom: 0, scale: amplifierScale },
    dc: { list: amplifier, type: 'auxiliary_in', numberFrom: adc.length, scale: dcScale, suffix: 'DC' },
    stimulation: {
      list: amplifier,
      type: 'analog_out',
      numberFrom: dac.length,
      scale: stimulation,
      suffix: 'stimulation',
    },
    adc: { list: adc, type: 'auxiliary_in', numberFrom: 0, scale: boardScale },
    dac: { list: dac, type: 'analog_out', numberFrom: 0, scale: boardScale },
  } as const satisfies Record<string, AnalogSignals>;
}

/** The channels of a kind of signals, `stride` bytes from each other. */
export function analogChannels(
  signals: AnalogSignals,
  sampleRate: number,
  samples: number,
  from: number,
  stride: number,
): StreamChannel[] {
  const { list, type, numberFrom, scale, suffix } = signals;
  return list.map((entry, index) => {
    const label = suffix === undefined ? labelOf(entry) : `${labelOf(entry)} ${suffix}`;
    return {
      channel: inGroups(sampledChannel(type, numberFrom + index + 1, label, sampleRate, samples, scale), {
        port: entry.port,
      }),
      channelOffset: from + stride * index,
    };
  });
}
