/** NDI's channel types and the prefixes of their names (`ai3` = third analog input). Case-sensitive. */
export const channelPrefixes = {
  analog_in: 'ai',
  analog_out: 'ao',
  auxiliary_in: 'ax',
  digital_in: 'di',
  digital_out: 'do',
  time: 't',
  event: 'e',
  marker: 'mk',
  text: 'tx',
} as const;

export type ChannelTypeName = keyof typeof channelPrefixes;

/** Types whose channels hold regularly sampled values. */
export function isSampled(type: ChannelTypeName): boolean {
  return type !== 'event' && type !== 'marker' && type !== 'text';
}

export function channelName(type: ChannelTypeName, number: number): string {
  return `${channelPrefixes[type]}${number}`;
}

/** Other names of channel types in device strings (daq-epochs-time reference, section 7.1). */
const otherNames: Readonly<Record<string, string>> = {
  aux: 'ax',
  auxiliary: 'ax',
  time: 't',
  timestamp: 't',
  event: 'e',
  mark: 'mk',
  marker: 'mk',
  text: 'tx',
  metadata: 'md',
  // Events and marks of the edges that are meant where none is named.
  de: 'dep',
  dim: 'dimp',
  ae: 'aep',
  aim: 'aimp',
};

/** The prefix of a channel type however a device string names it: `auxiliary` is `ax`. */
export function channelPrefix(type: string): string {
  return Object.hasOwn(otherNames, type) ? (otherNames[type] ?? type) : type;
}
