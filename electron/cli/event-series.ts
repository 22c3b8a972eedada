import type { RecordingInfo, SignalEvent, SignalSource } from '../../shared/contract/recordings.ts';
import { resolveChannelList } from '../../shared/model/channel-list.ts';
import { isSampled } from '../../shared/model/channels.ts';
import { NdiError } from '../../shared/model/errors.ts';
import type { Format, ReadOptions } from './read-options.ts';
import { OutputFile } from './output-file.ts';
import { readEvents } from './read-events.ts';
import type { Run } from './run.ts';

/** The rate that NDI tells of signals whose values come at times of their own. */
const IRREGULAR = -1;

export function holdsEventsOnly(info: RecordingInfo): boolean {
  return info.channels.length > 0 && info.channels.every(({ type }) => !isSampled(type));
}

/**
 * Reads an element whose values come at times of their own (spikes) as `read` does: values by channel, and beside them
 * their times. JSON has `times` besides, one list a channel, and -1 for the rate; CSV has a row a value.
 * @throws NdiError usage.invalid for forms that hold no times
 */
export async function readEventSeries(
  run: Run,
  source: SignalSource,
  info: RecordingInfo,
  channels: string,
  format: Format,
  options: ReadOptions,
) {
  if (options.samples === true) throw wrongForm('Values at times of their own are not asked for by sample numbers.');
  if (format === 'npy' || format === 'f32')
    throw wrongForm(`${format} holds no times, and these values have their own.`);
  const events = await readEvents(run, source, { ...options, channels });
  const names = resolveChannelList(
    channels,
    info.channels.map(({ name }) => name),
  );
  const target = options.out ?? '-';
  const file = await OutputFile.open(target === '-' ? '-' : run.path(target));
  try {
    await file.write(format === 'json' ? `${JSON.stringify(seriesOf(events, names))}\n` : rowsOf(events));
    await file.finish();
  } catch (error) {
    await file.discard();
    throw error;
  }
  if (target === '-') return null;
  const value = { file: run.path(target), format, samples: events.length, bytes: file.size };
  return { value, text: () => `Wrote ${events.length} values to ${value.file}.` };
}

function seriesOf(events: readonly SignalEvent[], names: readonly string[]) {
  const series = new Map(names.map((name) => [name, { times: [] as number[], data: [] as SignalEvent['value'][] }]));
  for (const { channel, time, value } of events) {
    series.get(channel)?.times.push(time);
    series.get(channel)?.data.push(value);
  }
  const all = [...series];
  return {
    channels: all.map(([name]) => ({ name, units: '', sampleRate: IRREGULAR })),
    t0: events[0]?.time ?? null,
    times: all.map(([, { times }]) => times),
    data: all.map(([, { data }]) => data),
  };
}

function rowsOf(events: readonly SignalEvent[]): string {
  const rows = events.map(({ time, channel, value }) => {
    const told = typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`;
    return `${time},${channel},${told}\n`;
  });
  return `time (s),channel,value\n${rows.join('')}`;
}

function wrongForm(message: string): NdiError {
  return new NdiError({ code: 'usage.invalid', message, recovery: 'Take json or csv, and seconds.' });
}
