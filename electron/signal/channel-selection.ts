import type { Channel } from '../../shared/contract/recordings.ts';
import { isSampled } from '../../shared/model/channels.ts';
import { NdiError } from '../../shared/model/errors.ts';
import type { OpenRecording, SignalStream, StreamChannel } from '../formats/format.ts';

/** Channels of one stream, in the order in which they were asked for. */
export interface StreamSelection {
  readonly stream: SignalStream;
  readonly channels: readonly StreamChannel[];
  /** Place of each channel in the whole request. */
  readonly places: readonly number[];
}

/** A list names at most so many channels. */
const MAX_CHANNELS = 10_000;

/**
 * Names that a list means: names and ranges separated by commas (`ai1-4,ai7,di2`), or `all`, which is every channel of
 * `available`. Each name once, in the order of the list.
 *
 * @throws NdiError channel.notFound naming the first one that is not there
 */
function expandChannels(list: string, available: readonly Channel[]): string[] {
  if (list.trim() === 'all') return available.map(({ name }) => name);
  const known = new Set(available.map(({ name }) => name));
  const names = new Set<string>();
  for (const item of list.split(',')) {
    for (const name of expandItem(item.trim(), known)) {
      if (!known.has(name)) throw notFound(name, available);
      names.add(name);
    }
  }
  return [...names];
}

function expandItem(item: string, known: ReadonlySet<string>): string[] {
  if (known.has(item)) return [item];
  const range = /^([a-z]+)(\d+)\s*-\s*(?:\1)?(\d+)$/.exec(item);
  if (range === null) return [item];
  const [, prefix = '', first = '', last = ''] = range;
  const from = Number(first);
  const count = Number(last) - from + 1;
  if (count < 1 || count > MAX_CHANNELS) {
    throw new NdiError({
      code: 'usage.invalid',
      message: `"${item}" is not a range of channels.`,
      recovery: 'Write the smaller number first, as in ai1-4.',
      details: { value: item },
    });
  }
  return Array.from({ length: count }, (_, index) => `${prefix}${from + index}`);
}

/** Sampled channels of a recording by stream; `all` leaves out channels that only tell the time. */
export function selectSampled(recording: OpenRecording, list: string): StreamSelection[] {
  const sampled = recording.info.channels.filter(({ type }) => isSampled(type));
  const offered = list.trim() === 'all' ? sampled.filter(({ type }) => type !== 'time') : sampled;
  const events = recording.info.channels.filter(({ type }) => !isSampled(type));
  const names = list.trim() === 'all' ? expandChannels(list, offered) : expandChannels(list, [...sampled, ...events]);
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
    .map((stream) => {
      const channels = stream.channels
        .filter(({ channel }) => places.has(channel.name))
        .sort((a, b) => (places.get(a.channel.name) ?? 0) - (places.get(b.channel.name) ?? 0));
      return { stream, channels, places: channels.map(({ channel }) => places.get(channel.name) ?? 0) };
    })
    .filter(({ channels }) => channels.length > 0);
}

/** Names of the event-like channels that a list means; channels of samples in it are passed over. */
export function selectEvents(recording: OpenRecording, list: string): Set<string> {
  const names = expandChannels(list, recording.info.channels);
  const events = new Set(recording.info.channels.filter(({ type }) => !isSampled(type)).map(({ name }) => name));
  return new Set(names.filter((name) => events.has(name)));
}

function notFound(name: string, available: readonly Channel[]): NdiError {
  const first = available[0]?.name ?? 'none';
  const last = available.at(-1)?.name ?? 'none';
  return new NdiError({
    code: 'channel.notFound',
    message: `There is no channel ${name === '' ? '""' : name} here.`,
    recovery: `Choose among the ${available.length} channels of the recording (${first} to ${last}).`,
    details: { channel: name },
  });
}
