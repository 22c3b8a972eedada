import type { Channel, RecordingInfo } from '../../../shared/contract/recordings.ts';
import { formatDeviceString } from '../../../shared/model/device-string.ts';
import type { ProbeChoice } from '../../../shared/model/import-plan/choices.ts';

/**
 * What a new session supposes of an epoch: all analog inputs of a device are one electrode array. A device without any
 * is supposed to deliver events. Names follow NDI's rules: a letter first, no white space.
 */
export function supposedProbes(device: string, recording: RecordingInfo): ProbeChoice[] {
  const of = (type: Channel['type']) => recording.channels.filter((channel) => channel.type === type);
  const row = (name: string, type: string, prefix: string, channels: readonly Channel[]): ProbeChoice => ({
    name,
    reference: 1,
    type,
    channels: formatDeviceString({
      device: 'x',
      channels: channels.map((channel) => ({ type: prefix, number: channel.number })),
    }).slice(2),
  });
  const analog = of('analog_in');
  if (analog.length > 0) return [row(`${device}_probe`, 'n-trode', 'ai', analog)];
  const lines = of('digital_in');
  if (lines.length > 0) return [row(`${device}_lines`, 'event', 'dep', lines)];
  const markers = of('marker');
  if (markers.length > 0) return [row(`${device}_markers`, 'event', 'mk', markers)];
  return [];
}
