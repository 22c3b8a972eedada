import { statSync } from 'node:fs';
import { NdiError } from '../../../shared/model/errors.ts';
import { readSmallText } from '../../files/whole-files.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import type { EpochSet, SetEpoch } from '../../ndi/time/epoch-sets.ts';
import type { RuleContext, StampStep } from '../../ndi/time/rules/rule.ts';
import { nearestSample } from '../../signal/sample-times.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';

/** Times of a channel's events as the device noted them, and what is odd about them. */
export interface EventTimes {
  readonly times: readonly number[];
  /** Times that are before the one before them, the same as it, or below zero. */
  readonly backwards: number;
  readonly repeated: number;
  readonly negative: number;
}

/** Beyond the times of any recording. */
const ALWAYS = 1e12;
/** More are no pulses. */
const MOST_EVENTS = 5_000_000;

/** What was read stays known while the files are as they were. */
interface Kept<T> {
  readonly stamp: string;
  readonly value: Promise<T>;
}

/** Reads what sync rules ask for from the recordings of a session's epochs; each is read once while it is unchanged. */
export class RuleFiles {
  readonly #workers: DataWorkers;
  readonly #events = new Map<string, Kept<EventTimes>>();
  readonly #steps = new Map<string, Kept<readonly StampStep[]>>();

  constructor(workers: DataWorkers) {
    this.#workers = workers;
  }

  /** What rules look at, over these epochs. */
  context(devices: readonly EpochSet[], epochs: readonly Epoch[], signal?: AbortSignal): RuleContext {
    const byPlace = new Map(epochs.map((epoch) => [placeOf(epoch.device, epoch.epochId), epoch]));
    const find = (set: EpochSet, epoch: SetEpoch) => byPlace.get(placeOf(set.name, epoch.epochId));
    return {
      devices,
      eventTimes: async (set, epoch, channel) => (await this.eventTimes(find(set, epoch), channel, signal)).times,
      stampSteps: (set, epoch) => this.stampSteps(find(set, epoch), signal),
      readText: readSmallText,
    };
  }

  /** @throws NdiError where the epoch or the channel cannot be read */
  eventTimes(epoch: Epoch | undefined, channel: string, signal?: AbortSignal): Promise<EventTimes> {
    if (epoch === undefined || epoch.recordingPath === null) return Promise.reject(unreadable(epoch));
    const { recordingPath: path, timeShift } = epoch;
    const key = `${placeOf(epoch.device, epoch.epochId)}\n${channel}`;
    return kept(this.#events, key, stampOf(epoch), async () => {
      const query = { channels: channel, from: -ALWAYS, to: ALWAYS, limit: MOST_EVENTS, timeShift };
      const { events, total } = await this.#workers.events(path, query, signal);
      if (total > events.length) throw tooMany(path, channel, total);
      return describeTimes(events.map(({ time }) => time));
    });
  }

  /** The sample nearest to a time of an epoch's own clock, among its fastest channels; null where there is none. */
  async nearestSample(epoch: Epoch | undefined, time: number, signal?: AbortSignal): Promise<number | null> {
    if (epoch === undefined || epoch.recordingPath === null) return null;
    const { recordingPath, timeShift } = epoch;
    const info = await this.#workers.describe(recordingPath, signal);
    const rate = Math.max(0, ...info.channels.map((channel) => channel.sampleRate ?? 0));
    if (rate === 0) return null;
    for (const { start, samples, t0 } of time === Infinity ? info.segments.toReversed() : info.segments) {
      const near = nearestSample({ t0: t0 + timeShift, samples }, rate, time);
      if (near !== null) return start + near;
    }
    return null;
  }

  /** Where time stamps of samples step, as the recording's own segments tell. */
  stampSteps(epoch: Epoch | undefined, signal?: AbortSignal): Promise<readonly StampStep[]> {
    if (epoch === undefined || epoch.recordingPath === null) return Promise.resolve([]);
    const { recordingPath, timeShift } = epoch;
    return kept(this.#steps, placeOf(epoch.device, epoch.epochId), stampOf(epoch), async () => {
      const info = await this.#workers.describe(recordingPath, signal);
      const rate = Math.max(0, ...info.channels.map((channel) => channel.sampleRate ?? 0));
      return info.segments.slice(1).map(({ t0 }, at): StampStep => {
        const end = info.segments[at]?.t1 ?? t0;
        return { beforeSec: end + (rate > 0 ? 1 / rate : 0) + timeShift, afterSec: t0 + timeShift };
      });
    });
  }
}

async function kept<T>(map: Map<string, Kept<T>>, key: string, stamp: string, read: () => Promise<T>): Promise<T> {
  const known = map.get(key);
  if (known?.stamp === stamp) return known.value;
  const value = read();
  map.set(key, { stamp, value });
  try {
    return await value;
  } catch (error) {
    // What could not be read may be readable the next time.
    if (map.get(key)?.value === value) map.delete(key);
    throw error;
  }
}

const placeOf = (device: string, epochId: string) => `${device}\n${epochId}`;

/** Changes when one of the epoch's files is written, replaced or removed. */
export function stampOf(epoch: Pick<Epoch, 'files'>): string {
  return epoch.files.map(fileStamp).join('|');
}

export function fileStamp(path: string): string {
  try {
    const found = statSync(path, { throwIfNoEntry: false, bigint: true });
    return found === undefined ? '-' : `${found.ino}:${found.size}:${found.mtimeNs}`;
  } catch {
    // Nobody may look: it is as good as gone, until somebody may.
    return '-';
  }
}

function describeTimes(times: readonly number[]): EventTimes {
  let [backwards, repeated, negative] = [0, 0, 0];
  times.forEach((time, at) => {
    const before = times[at - 1];
    if (time < 0) negative += 1;
    if (before !== undefined && time < before) backwards += 1;
    if (before !== undefined && time === before) repeated += 1;
  });
  return { times, backwards, repeated, negative };
}

function unreadable(epoch: Epoch | undefined): NdiError {
  const where = epoch === undefined ? 'The epoch' : `The epoch ${epoch.epochId} of ${epoch.device}`;
  return new NdiError({
    code: 'format.unsupported',
    message: `${where} cannot be read, so its pulses are not known.`,
    recovery: 'Look at the problems of the epoch.',
  });
}

function tooMany(path: string, channel: string, total: number): NdiError {
  return new NdiError({
    code: 'range.tooLarge',
    message: `The channel ${channel} of ${path} has ${total} events, too many to relate clocks by.`,
    recovery: 'Choose a channel with the pulses alone.',
    details: { path, channel },
  });
}
