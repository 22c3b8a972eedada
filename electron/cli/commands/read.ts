import { extname } from 'node:path';
import type { Samples, SignalSource } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { OutputFile } from '../output-file.ts';
import { Progress } from '../progress.ts';
import type { Command, Run } from '../run.ts';
import { clampRange, sampledChannels, splitRange, type Range, type SampledChannel } from '../sample-ranges.ts';
import { openRowWriter, type RowFormat } from '../sample-rows.ts';
import { sourceOf, type SourceOptions } from '../source.ts';
import { formatNumber } from '../tables.ts';

interface Options extends SourceOptions {
  readonly channels: string;
  readonly from: number;
  readonly to: number;
  readonly samples?: boolean;
  readonly format?: Format;
  readonly out?: string;
}

type Format = 'json' | RowFormat;

/** What is read: channels of a source, part by part. */
interface Reading {
  readonly run: Run;
  readonly source: SignalSource;
  readonly channels: readonly SampledChannel[];
  readonly parts: readonly Range[];
}

export const read: Command<Options> = async (run, [path = ''], options) => {
  const format = chooseFormat(run, options);
  const source = sourceOf(run, path, options);
  const info = await run.call((client, signal) => client.recordings.describe({ source }, { signal }));
  const channels = sampledChannels(info, options.channels);
  if (channels.length === 0) throw nothingSampled();
  if (format !== 'json') checkOneRate(channels, format);
  const asked: Range = { from: options.from, to: options.to, unit: options.samples === true ? 'samples' : 'seconds' };
  const range = clampRange(asked, info, channels);
  const reading: Reading = { run, source, channels, parts: splitRange(range, info, channels) };

  const target = options.out ?? '-';
  const file = await OutputFile.open(target === '-' ? '-' : run.path(target));
  try {
    const rows = format === 'json' ? await writeJson(reading, file) : await writeRows(reading, file, format);
    run.signal.throwIfAborted();
    await file.finish();
    if (target === '-') return null;
    const value = { file: run.path(target), format, channels: channels.length, samples: rows, bytes: file.size };
    return { value, text: () => `Wrote ${rows} samples of ${channels.length} channels to ${value.file}.` };
  } catch (error) {
    await file.discard();
    throw error;
  }
};

function chooseFormat(run: Run, options: Options): Format {
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
  return format;
}

async function writeRows(
  { run, source, channels, parts }: Reading,
  file: OutputFile,
  format: RowFormat,
): Promise<number> {
  const writer = openRowWriter(format, file, channels);
  const progress = new Progress('Reading');
  try {
    for (const [done, part] of parts.entries()) {
      progress.show(done / parts.length, `${formatNumber(part.from)} ${part.unit}`);
      await writer.write(await readPart(run, source, channels, part));
    }
  } finally {
    progress.end();
  }
  return writer.end();
}

/**
 * The contract's answer as JSON. A range of several parts is written channel after channel, so that it never has to lie
 * in memory as a whole.
 */
async function writeJson({ run, source, channels, parts }: Reading, file: OutputFile): Promise<number> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const block = await readPart(run, source, channels, only);
    await file.write(`${JSON.stringify(block)}\n`);
    return Math.max(...block.data.map((values) => values.length));
  }
  const progress = new Progress('Reading');
  const heads = channels.map(({ name, units, sampleRate }) => ({ name, units, sampleRate }));
  await file.write(`{"channels":${JSON.stringify(heads)},"data":[`);
  let t0: number | null = null;
  let longest = 0;
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
        await file.write((written > 0 ? ',' : '') + JSON.stringify(values).slice(1, -1));
        written += values.length;
      }
      await file.write(']');
      longest = Math.max(longest, written);
    }
  } finally {
    progress.end();
  }
  await file.write(`],"t0":${JSON.stringify(t0)}}\n`);
  return longest;
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
