import { expect } from 'vitest';
import { isSampled } from '../../shared/model/channels.ts';
import { NdiError, errorCodes } from '../../shared/model/errors.ts';
import type { OpenRecording } from '../formats/format.ts';
import { openRecording } from '../formats/registry.ts';
import type { SignalContext } from './chunks.ts';
import { readSamples } from './samples.ts';
import { computeView } from './view.ts';

/** What became of a damaged recording: read as if nothing were wrong, read with a problem stated, or refused. */
export type Outcome = 'read' | 'doubted' | 'refused';

/** So many samples in a row without a signal are not of the recordings that are damaged. */
const LONG = 64;

/**
 * Uses a recording as the application would; any error must be one of ours.
 * @param between what happens to its files after its headers were read
 */
export function useRecording(
  context: SignalContext,
  path: string,
  isSignal: boolean,
  between: () => void = () => undefined,
): Outcome {
  try {
    const recording = openRecording(path);
    between();
    const { info } = recording;
    const names = info.channels.map(({ name }) => name);
    if (new Set(names).size !== names.length) throw new Error(`Channels of one name: ${names.join(', ')}`);
    for (const { t0, t1, samples } of info.segments) {
      if (!Number.isFinite(t0) || !Number.isFinite(t1) || !(samples > 0)) {
        throw new Error(`A segment of ${samples} samples from ${t0} to ${t1} s`);
      }
    }
    const t0 = info.segments.reduce((first, segment) => Math.min(first, segment.t0), 0);
    const t1 = info.segments.reduce((last, segment) => Math.max(last, segment.t1), 1);
    const outcome = info.problems.length > 0 ? 'doubted' : 'read';
    attempt(() => computeView(context, recording, { channels: 'all', t0, t1, columns: 50 }));
    attempt(() => readSamples(context, recording, { channels: 'all', from: t0, to: t0 + 0.005, unit: 'seconds' }));
    attempt(() => {
      const { data, channels } = readSamples(context, recording, {
        channels: 'all',
        from: 0,
        to: 500,
        unit: 'samples',
      });
      if (outcome === 'read' && isSignal) channels.forEach(({ name }, at) => checkSignal(recording, name, data[at]));
    });
    attempt(() => checkEvents(recording, new Set(names), t0 - 1, t1 + 1));
    return outcome;
  } catch (error) {
    checkError(error);
    return 'refused';
  } finally {
    context.files.closeAll();
  }
}

/** The longest stretch in which the stored words of a channel are all zero. */
export function longestSilence(values: Float64Array, offset: number | null): number {
  let [longest, length] = [0, 0];
  for (const value of values) {
    length = value === 0 || value === offset ? length + 1 : 0;
    if (length > longest) longest = length;
  }
  return longest;
}

/** Missing data must not come as zeros. */
function checkSignal(recording: OpenRecording, name: string, values: Float64Array | undefined): void {
  const channel = recording.info.channels.find((one) => one.name === name);
  if (channel?.type !== 'analog_in' || values === undefined) return;
  const silence = longestSilence(values, channel.offset);
  if (silence >= LONG) throw new Error(`${name} has ${silence} zeros in a row, and no problem is stated`);
}

/** Whether the analog channels of a sound recording have a signal everywhere, so that zeros would be seen. */
export function hasSignal(context: SignalContext, path: string): boolean {
  const recording = openRecording(path);
  const analog = recording.info.channels.filter(({ type }) => isSampled(type) && type === 'analog_in');
  if (analog.length === 0) return false;
  const list = analog.map(({ name }) => name).join(',');
  const { data } = readSamples(context, recording, { channels: list, from: 0, to: 2000, unit: 'samples' });
  context.files.closeAll();
  return data.every((values, at) => longestSilence(values, analog[at]?.offset ?? null) < 4);
}

function checkEvents(recording: OpenRecording, names: ReadonlySet<string>, from: number, to: number): void {
  const { events, total } = recording.readEvents(names, from, to, 100);
  if (events.length !== Math.min(total, 100)) throw new Error(`${events.length} of ${total} events`);
  for (const { time } of events) if (!(time >= from && time < to)) throw new Error(`An event at ${time} s`);
}

function attempt(task: () => unknown): void {
  try {
    task();
  } catch (error) {
    checkError(error);
  }
}

/** Whatever is thrown must be an error of ours, with words. */
export function checkError(error: unknown): void {
  if (!(error instanceof NdiError)) throw error;
  expect(error.code in errorCodes).toBe(true);
  expect(error.code).not.toBe('app.unexpected');
  expect(error.message.length).toBeGreaterThan(10);
}
