import type { RecordingInfo } from '../../shared/contract/recordings.ts';
import type { OpenRecording } from '../formats/format.ts';
import { wordRules } from './words.ts';

/** The headers with, for analog channels of 16-bit words, the physical values of the least and the greatest word. */
export function infoWithLimits({ info, streams }: OpenRecording): RecordingInfo {
  const limits = new Map<string, [number, number]>();
  for (const { word, decode, channels } of streams) {
    if (decode !== undefined) continue;
    const { bias } = wordRules[word];
    for (const { channel, bit, time } of channels) {
      if (bit !== undefined || time !== undefined) continue;
      const ends = [-32_768, 32_767].map((end) => (end + bias) * (channel.gain ?? 1) + (channel.offset ?? 0));
      limits.set(channel.name, [Math.min(...ends), Math.max(...ends)]);
    }
  }
  const channels = info.channels.map((channel) => {
    const own = limits.get(channel.name);
    return own === undefined ? channel : { ...channel, limits: own };
  });
  return { ...info, channels };
}
