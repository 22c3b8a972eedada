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
