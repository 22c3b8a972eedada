import { resolveChannelList } from '../../shared/model/channel-list.ts';
import { isSampled } from '../../shared/model/channels.ts';
import { NdiError } from '../../shared/model/errors.ts';
import type { OpenRecording, SignalStream, StreamChannel } from '../formats/format.ts';

/** Channels of one stream, in the order in which they were asked for. */
export interface StreamSelection {
  readonly stream: SignalStream;
  /** Place of the stream in the recording. */
  readonly index: number;
  readonly channels: readonly StreamChannel[];
  /** Place of each channel in the whole request. */
  readonly places: readonly number[];
}

/** Sampled channels of a recording by stream; `all` leaves out channels that only tell the time. */
export function selectSampled(recording: OpenRecording, list: string): StreamSelection[] {
  const sampled = recording.info.channels.filter(({ type }) => isSampled(type));
  const events = recording.info.channels.filter(({ type }) => !isSampled(type));
  const offered = list.trim() === 'all' ? sampled.filter(({ type }) => type !== 'time') : recording.info.channels;
  const names = resolveChannelList(
    list,
    offered.map(({ name }) => name),
  );
  const event = names.find((name) => events.some((channel) => channel.name === name));
  if (event !== undefined) {
    throw new NdiError({
      code: 'channel.notFound',
      message: `${event} holds events, not samples.`,
      recovery: 'Ask for its events instead.',
      details: { channel: event },
    });
  }
  const places = new Map(names.map((name, index) => [name, index]));
  return recording.streams
    .map((stream, index) => {
      const channels = stream.channels
        .filter(({ channel }) => places.has(channel.name))
        .sort((a, b) => (places.get(a.channel.name) ?? 0) - (places.get(b.channel.name) ?? 0));
      return { stream, index, channels, places: channels.map(({ channel }) => places.get(channel.name) ?? 0) };
    })
    .filter(({ channels }) => channels.length > 0);
}

/** Names of the event-like channels that a list means; channels of samples in it are passed over. */
export function selectEvents(recording: OpenRecording, list: string): Set<string> {
  const names = resolveChannelList(
    list,
    recording.info.channels.map(({ name }) => name),
  );
  const events = new Set(recording.info.channels.filter(({ type }) => !isSampled(type)).map(({ name }) => name));
  return new Set(names.filter((name) => events.has(name)));
}
