import { extname } from 'node:path';
import type { RecordingInfo, Samples, SignalSource } from '../../../shared/contract/recordings.ts';
import type { SignalTimes } from '../../../shared/contract/sync.ts';
import { timeOnLines } from '../../../shared/model/clock-lines.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { decodeSampleFrame, type Precision, type SampleFrame } from '../../../shared/model/sample-frame.ts';
import { ownRange, signalTimes } from '../clock-place.ts';
import { OutputFile } from '../output-file.ts';
import { Progress } from '../progress.ts';
import type { Format, ReadOptions } from '../read-options.ts';
import type { Command, Run } from '../run.ts';
import { clampRange, sampledChannels, splitRange, type Range, type SampledChannel } from '../sample-ranges.ts';
import { openRowWriter, type RowFormat } from '../sample-rows.ts';
import { holdsEventsOnly, readEventSeries } from '../event-series.ts';
import { ReadSegments } from '../read-segments.ts';
import { sourceOf } from '../source.ts';
import { formatNumber, sections, table } from '../tables.ts';

/** What is read: channels of a source, part by part. */
interface Reading {
  readonly run: Run;
  readonly source: SignalSource;
  readonly channels: readonly SampledChannel[];
  readonly parts: readonly Range[];
  /** The other clock on which times are told. */
  readonly times: SignalTimes | null;
}

export const read: Command<ReadOptions> = async (run, [path = ''], options) => {
  const format = chooseFormat(run, options);
  const { source, channels: list } = sourceAndChannels(run, path, options);
  const info = await run.call((client, signal) => client.recordings.describe({ source }, { signal }));
  if (source.element !== undefined && list.trim() === 'all') requireWhole(info);
  if (source.element !== undefined && holdsEventsOnly(info)) {
    return readEventSeries(run, source, info, list, format, options);
  }
  const channels = sampledChannels(info, list);
  if (channels.length === 0) throw nothingSampled();
  if (format !== 'json') checkOneRate(channels, format);
  const times = await signalTimes(run, source, options.clock);
  const range = clampRange(askedRange(options, times), info, channels);
  const reading: Reading = { run, source, channels, parts: splitRange(range, info, channels), times };

  const target = options.out ?? '-';
  const file = await OutputFile.open(target === '-' ? '-' : run.path(target));
  try {
    const { rows, t0, gaps } =
      format === 'json' ? await writeJson(reading, file) : await writeRows(reading, file, format);
    run.signal.throwIfAborted();
    await file.finish();
    if (target === '-') return null;
    const value = {
      file: run.path(target),
      format,
      channels: channels.length,
      samples: rows,
      bytes: file.size,
      ...gaps,
    };
    const jumps = gaps.segments === undefined ? '' : ` Time jumps between its ${gaps.segments.length} segments.`;
    const wrote = `Wrote ${rows} samples of ${channels.length} channels to ${value.file}.${jumps}`;
    if (times === null) return { value, text: () => wrote };
    const clock = clockInfo(times, t0);
    return { value: { ...value, clock }, text: () => sections(wrote, describeClock(clock)) };
  } catch (error) {
    await file.discard();
    throw error;
  }
};

function sourceAndChannels(run: Run, path: string, options: ReadOptions) {
  const { channels, probe, element = probe } = options;
  if (probe !== undefined && element !== probe) throw whichOnes('A probe is an element: one of the two is read.');
  if (element === undefined && channels === undefined) throw whichOnes('Nothing says which signals are read.');
  const named = element === undefined ? options : { ...options, element };
  return { source: sourceOf(run, path, named), channels: channels ?? 'all' };
}

/** A probe is given with all its channels, or not at all: what is missing would not be seen in numbers. */
function requireWhole({ problems }: RecordingInfo): void {
  const missing = problems.find(({ code }) => code === 'channel.notFound');
  if (missing === undefined) return;
  throw new NdiError({
    code: 'channel.notFound',
    message: missing.message,
    recovery: 'Correct the probe map of the epoch, or name the channels that you want with --channels.',
    details: { paths: missing.paths },
  });
}

function whichOnes(message: string): NdiError {
  return new NdiError({ code: 'usage.invalid', message, recovery: 'Give --channels, or --element, or both.' });
}

function askedRange({ from, to, samples }: ReadOptions, times: SignalTimes | null): Range {
  if (samples === true) return { from, to, unit: 'samples' };
  return { ...(times === null ? { from, to } : ownRange(times, from, to)), unit: 'seconds' };
}

/** @param ownT0 the source's own time of the first sample */
const clockInfo = ({ from, to, lines, errorSec }: SignalTimes, ownT0: number | null) => ({
  ...to,
  ownClock: from.clock,
  ownT0,
  lines,
  errorSec,
});

function describeClock({ ownT0, ownClock, device, clock, lines }: ReturnType<typeof clockInfo>): string {
  return sections(
    `The first is at ${ownT0 ?? '?'} s of its own ${ownClock}. Times on ${clock} of ${device} are:`,
    table(
      ['From own time (s)', 'Scale', 'Shift (s)'],
      lines.map(({ fromSec, mapping }) => [fromSec, String(mapping.at(-2) ?? 0), String(mapping.at(-1) ?? 0)]),
    ),
  );
}

const toldTime = (times: SignalTimes | null, time: number) => (times === null ? time : timeOnLines(times.lines, time));

function chooseFormat(run: Run, options: ReadOptions): Format {
  const ending = extname(options.out ?? '')
    .slice(1)
    .toLowerCase();
  const byEnding = (['json', 'csv', 'npy', 'f32'] as const).find((format) => format === ending);
  const format = options.format ?? byEnding ?? (run.json ? 'json' : 'csv');
  const toStandardOutput = options.out === undefined || options.out === '-';
  if (run.json && format !== 'json' && toStandardOutput) {
    throw new NdiError({
      code: 'usage.invalid',
      message: `With --json, standard output holds JSON and not ${format}.`,
      recovery: 'Leave out --json, or name a file with --out.',
    });
  }
  if (options.clock !== undefined && toStandardOutput && (format === 'npy' || format === 'f32')) {
    throw new NdiError({
      code: 'usage.invalid',
      message: `${format} holds no times, and on standard output nothing can tell them.`,
      recovery: 'Name a file with --out, or take csv or json.',
    });
  }
  return format;
}

/** Samples of the longest channel, and the source's own time of the first. */
interface Written {
  readonly rows: number;
  readonly t0: number | null;
  /** The segments of which they are, where there are several. */
  readonly gaps: ReturnType<ReadSegments['told']>;
}

async function writeRows(
  { run, source, channels, parts, times }: Reading,
  file: OutputFile,
  format: RowFormat,
): Promise<Written> {
  const writer = openRowWriter(format, file, channels, (time) => toldTime(times, time));
  let t0: number | null = null;
  const segments = new ReadSegments(channels[0]?.sampleRate ?? 1);
  const progress = new Progress('Reading');
  try {
    for (const [done, part] of parts.entries()) {
      progress.show(done / parts.length, `${formatNumber(part.from)} ${part.unit}`);
      const block = await readValues(run, source, channels, part, format === 'f32' ? 'single' : 'double');
      if (block.data.some((values) => values.length > 0)) t0 ??= block.t0;
      segments.add(block.t0, Math.max(...block.data.map((values) => values.length)));
      await writer.write(block);
    }
  } finally {
    progress.end();
  }
  return { rows: await writer.end(), t0, gaps: segments.told((time) => toldTime(times, time)) };
}

/**
 * The contract's answer as JSON. A range of several parts is written channel after channel, so that it never has to lie
 * in memory as a whole. On another clock, `t0` is told on it and `clock` says how every further time is. Where time
 * jumps, `segments` tells the places, counted in samples of the channel with the highest rate.
 */
async function writeJson({ run, source, channels, parts, times }: Reading, file: OutputFile): Promise<Written> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const block = await readPart(run, source, channels, only);
    const told =
      times === null ? block : { ...block, t0: toldTime(times, block.t0), clock: clockInfo(times, block.t0) };
    await file.write(`${JSON.stringify(told)}\n`);
    return { rows: Math.max(...block.data.map((values) => values.length)), t0: block.t0, gaps: {} };
  }
  const progress = new Progress('Reading');
  const heads = channels.map(({ name, units, sampleRate }) => ({ name, units, sampleRate }));
  await file.write(`{"channels":${JSON.stringify(heads)},"data":[`);
  let t0: number | null = null;
  let longest = 0;
  const highest = Math.max(...channels.map(({ sampleRate }) => sampleRate));
  const fastest = channels.findIndex(({ sampleRate }) => sampleRate === highest);
  const segments = new ReadSegments(highest);
  try {
    for (const [index, channel] of channels.entries()) {
      await file.write(index === 0 ? '[' : ',[');
      let written = 0;
      for (const part of parts) {
        progress.show(index / channels.length, channel.name);
        const block = await readPart(run, source, [channel], part);
        const values = block.data[0] ?? [];
        if (values.length === 0) continue;
        t0 ??= block.t0;
        if (index === fastest) segments.add(block.t0, values.length);
        await file.write((written > 0 ? ',' : '') + JSON.stringify(values).slice(1, -1));
        written += values.length;
      }
      await file.write(']');
      longest = Math.max(longest, written);
    }
  } finally {
    progress.end();
  }
  const clock = times === null ? '' : `,"clock":${JSON.stringify(clockInfo(times, t0))}`;
  const gaps = segments.told((time) => toldTime(times, time));
  const jumps = gaps.segments === undefined ? '' : `,"segments":${JSON.stringify(gaps.segments)}`;
  await file.write(`],"t0":${JSON.stringify(t0 === null ? null : toldTime(times, t0))}${jumps}${clock}}\n`);
  return { rows: longest, t0, gaps };
}

async function readPart(
  run: Run,
  source: SignalSource,
  channels: readonly SampledChannel[],
  { from, to, unit }: Range,
): Promise<Samples> {
  const names = channels.map((channel) => channel.name).join(',');
  return run.call((client, signal) => client.signals.read({ source, channels: names, from, to, unit }, { signal }));
}

/** The same in binary. */
async function readValues(
  run: Run,
  source: SignalSource,
  channels: readonly SampledChannel[],
  range: Range,
  precision: Precision,
): Promise<SampleFrame> {
  const names = channels.map((channel) => channel.name).join(',');
  const request = { source, channels: names, ...range, precision };
  return decodeSampleFrame(await run.call((client, signal) => client.signals.values(request, { signal })));
}

function checkOneRate(channels: readonly SampledChannel[], format: Format): void {
  const rates = [...new Set(channels.map((channel) => channel.sampleRate))];
  if (rates.length === 1) return;
  throw new NdiError({
    code: 'usage.invalid',
    message: `${format} holds channels of one rate; these have ${rates.map((rate) => `${rate} Hz`).join(', ')}.`,
    recovery: 'Ask for the channels of each rate on their own, or for json.',
  });
}

function nothingSampled(): NdiError {
  return new NdiError({
    code: 'channel.notFound',
    message: 'The recording has no sampled channels.',
    recovery: 'It holds events only: ask with “ndi events”.',
  });
}
