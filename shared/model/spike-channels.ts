import type { ChannelTypeName } from './channels.ts';

interface EventChannel {
  readonly type: ChannelTypeName;
  readonly number: number;
  readonly label: string;
}

/** What tells the spikes of a format's event channels from one another. */
export interface SpikeChannel {
  /** `channel`: each holds one unit; `value`: an event's value is its unit. */
  readonly by: 'channel' | 'value';
  /** Channel of the signal in which the spikes were found, where the format says so. */
  readonly signal: string | null;
}

/** Values of events that belong to no unit: not sorted, and (Blackrock) noise. */
const NO_UNITS: Readonly<Record<string, readonly number[]>> = { blackrock: [0, 255] };

/** Whether an event channel holds spikes of sorted units, by the rules of its format; null where it does not. */
export function spikeChannel(format: string, { type, number, label }: EventChannel): SpikeChannel | null {
  if (type !== 'event') return null;
  switch (format) {
    // The unit of a spike packet; electrodes have the same numbers in .nev and .nsX (Blackrock NEV 3.0).
    case 'blackrock':
      return { by: 'value', signal: `ai${number}` };
    // Spikes of channel c are e(1000 + c); numbers below are event channels.
    case 'plexon':
      return number >= 1000 ? { by: 'value', signal: null } : null;
    case 'openephys-binary':
    case 'openephys-legacy':
      return { by: 'value', signal: null };
    case 'neuralynx':
      return / cell \d+$/.test(label) ? { by: 'channel', signal: null } : null;
    case 'nwb':
      return /^unit \d+$/.test(label) ? { by: 'channel', signal: null } : null;
    case 'phy':
      return { by: 'channel', signal: null };
    default:
      return null;
  }
}

/** Whether the value of a spike names a unit. */
export function isSortedUnit(format: string, value: unknown): value is number {
  return typeof value === 'number' && !(NO_UNITS[format] ?? [0]).includes(value);
}
