import type { Channel } from '../../../shared/contract/recordings.ts';
import { channelName, type ChannelTypeName } from '../../../shared/model/channels.ts';
import type { StreamChannel } from '../format.ts';
import type { IntanChannel } from './channel-table.ts';
import type { RhdHeader } from './header.ts';

export interface Scale {
  readonly units: string;
  readonly gain: number;
  readonly offset: number;
}

/** Microvolts from the unsigned words of the single file: 0.195 x (raw - 32768). */
export const amplifierUnsigned: Scale = { units: 'uV', gain: 0.195, offset: -6389.76 };
/** Microvolts from the signed words of `amplifier.dat` and `amp-*.dat`. */
export const amplifierSigned: Scale = { units: 'uV', gain: 0.195, offset: 0 };
export const auxiliaryScale: Scale = { units: 'V', gain: 37.4e-6, offset: 0 };
export const supplyScale: Scale = { units: 'V', gain: 74.8e-6, offset: 0 };
export const temperatureScale: Scale = { units: 'degC', gain: 0.01, offset: 0 };

/** Board inputs depend on the board: modes other than 1 and 13 count as 0. */
export function adcScale(boardMode: number): Scale {
  if (boardMode === 1) return { units: 'V', gain: 152.59e-6, offset: -32768 * 152.59e-6 };
  if (boardMode === 13) return { units: 'V', gain: 312.5e-6, offset: -10.24 };
  return { units: 'V', gain: 50.354e-6, offset: 0 };
}

const digitalScale: Scale = { units: '', gain: 1, offset: 0 };

/** A channel as the contract has it; `samples` is filled in when the streams are known. */
export function sampledChannel(
  type: ChannelTypeName,
  number: number,
  label: string,
  sampleRate: number,
  samples: number,
  scale: Scale,
): Channel {
  return {
    name: channelName(type, number),
    type,
    number,
    label,
    units: scale.units,
    sampleRate,
    samples,
    gain: scale.gain,
    offset: scale.offset,
  };
}

/** The channel whose values are the times of a stream's samples. */
export function timeChannel(number: number, label: string, sampleRate: number, samples: number): StreamChannel {
  const channel: Channel = {
    name: channelName('time', number),
    type: 'time',
    number,
    label,
    units: 's',
    sampleRate,
    samples,
    gain: null,
    offset: null,
  };
  return { channel, channelOffset: 0, time: true };
}

/** The lines of one digital word, numbered by their place among the enabled ones. */
export function digitalLines(
  lines: readonly IntanChannel<string>[],
  type: 'digital_in' | 'digital_out',
  sampleRate: number,
  samples: number,
  channelOffset: number,
): StreamChannel[] {
  return lines.map((line, index) => ({
    channel: sampledChannel(type, index + 1, labelOf(line), sampleRate, samples, digitalScale),
    channelOffset,
    bit: line.nativeOrder,
  }));
}

/** What people call the channel: the user's name with the device's beside it where they differ. */
export function labelOf(channel: Pick<IntanChannel<string>, 'native' | 'custom'>): string {
  if (channel.custom === '' || channel.custom === channel.native) return channel.native;
  return `${channel.custom} (${channel.native})`;
}

/**
 * NDI numbers Intan's channels by their place among the enabled ones. After the auxiliary inputs, `ax` goes on with
 * supply voltages, temperatures and board inputs, which NDI itself does not list.
 */
export function axNumbers(header: RhdHeader): { supply: number; temperature: number; adc: number } {
  const supply = header.channels.auxiliary.length;
  const temperature = supply + header.channels.supply.length;
  return { supply, temperature, adc: temperature + header.temperatureSensors };
}
