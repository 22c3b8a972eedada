import { firstNotBefore } from '../../../shared/model/rising.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import type { SignalSource } from '../../../shared/contract/recordings.ts';
import type { Unit } from '../../../shared/contract/units.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { SpikeFrame } from '../../../shared/model/spike-frame.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { OpenItems } from '../open-items.ts';
import type { SyncService } from '../sync/sync.ts';
import { type PlacedTrain, SourceUnits } from './source-units.ts';
import { sortingsStamp } from './folder-trains.ts';
import { meanWaveform } from './mean-waveform.ts';

type Inputs = CallInputs['units'];
type Outputs = CallOutputs['units'];

/** Sources whose units are kept for the next question; a pan asks many times a second. */
const KEPT = 4;
/** Times of one answer of `times`. */
const MOST_TIMES = 5_000_000;

interface Kept {
  readonly item: object | null;
  readonly stamp: string;
  readonly units: Promise<{ trains: readonly PlacedTrain[]; problems: readonly Problem[] }>;
}

/** Sorted units and their spikes, whoever sorted them, on the clock of the signals that are looked at. */
export class UnitsService {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #source: SourceUnits;
  readonly #kept = new Map<string, Kept>();

  constructor(items: OpenItems, workers: DataWorkers, sync: SyncService) {
    this.#items = items;
    this.#workers = workers;
    this.#source = new SourceUnits(items, workers, sync);
  }

  /** @throws NdiError session.*, path.*, epoch.notFound, format.* */
  async list({ source }: Inputs['list'], signal?: AbortSignal): Promise<Outputs['list']> {
    const { trains, problems } = await this.#of(source, signal);
    return { units: trains.map(unitOf), problems: [...problems] };
  }

  /** @throws NdiError channel.notFound for a unit that is not there, range.invalid, as `list` */
  async spikes({ source, units, t0, t1, columns }: Inputs['spikes'], signal?: AbortSignal): Promise<SpikeFrame> {
    checkRange(t0, t1);
    const trains = await this.#chosen(source, units, signal);
    const width = (t1 - t0) / columns;
    const parts: number[][] = [];
    let at = 0;
    const entries = trains.map((train) => {
      const times = train.placed();
      const [from, to] = [firstNotBefore(times, t0), firstNotBefore(times, t1)];
      const part: number[] = [];
      let last = -1;
      for (let index = from; index < to; index++) {
        const time = times[index] ?? NaN;
        const column = Math.floor((time - t0) / width);
        if (column === last) continue;
        last = column;
        part.push(time);
      }
      parts.push(part);
      const entry = { id: train.train.id, at, count: part.length, total: to - from };
      at += part.length;
      return entry;
    });
    return { header: { t0, t1, units: entries }, times: Float64Array.from(parts.flat()) };
  }

  /** @throws NdiError range.tooLarge, as `spikes` */
  async times({ source, units, from, to }: Inputs['times'], signal?: AbortSignal): Promise<Outputs['times']> {
    checkRange(from, to);
    const trains = await (units === undefined
      ? this.#of(source, signal).then((all) => all.trains)
      : this.#chosen(source, units, signal));
    let room = MOST_TIMES;
    return trains.map(({ train: { id, name }, placed }) => {
      const times = placed();
      const own = Array.from(times.subarray(firstNotBefore(times, from), firstNotBefore(times, to)));
      room -= own.length;
      if (room < 0) throw tooMany();
      return { id, name, times: own };
    });
  }

  /** @throws NdiError as `spikes` */
  async next({ source, units, time, back = false }: Inputs['next'], signal?: AbortSignal): Promise<Outputs['next']> {
    const trains = await this.#chosen(source, units, signal);
    let nearest: Outputs['next'] = null;
    for (const { train, placed } of trains) {
      const times = placed();
      // Whoever stands on a spike wants the one after it, whatever the last digit of a sum of times.
      const at = back ? firstNotBefore(times, time - 1e-9) - 1 : firstNotBefore(times, time + 1e-9);
      const found = times[at];
      if (found === undefined) continue;
      if (nearest === null || (back ? found > nearest.time : found < nearest.time)) {
        nearest = { time: found, unit: train.id };
      }
    }
    return nearest;
  }

  /** @throws NdiError channel.notFound where nothing tells its channels, as `spikes` */
  async waveform({ source, unit }: Inputs['waveform'], signal?: AbortSignal): Promise<Outputs['waveform']> {
    const [found] = await this.#chosen(source, [unit], signal);
    if (found === undefined) throw notThere(unit);
    const { train, own, recording } = found;
    const channels = train.channels.slice(0, 3);
    if (recording !== null && channels.length > 0) {
      const { path, timeShift } = recording;
      const mean = await meanWaveform(own(), channels, (query) =>
        this.#workers.readArrays(path, { ...query, timeShift }, signal),
      );
      if (mean !== null) return mean;
    }
    if (train.kept !== undefined) return train.kept;
    throw new NdiError({
      code: 'channel.notFound',
      message: `Nothing tells in which signal the spikes of ${train.name} were found.`,
      recovery: 'Its spikes are shown all the same.',
      details: { unit },
    });
  }

  async #chosen(source: SignalSource, ids: readonly string[], signal?: AbortSignal): Promise<PlacedTrain[]> {
    const { trains } = await this.#of(source, signal);
    const byId = new Map(trains.map((one) => [one.train.id, one]));
    return ids.map((id) => byId.get(id) ?? missing(id));
  }

  async #of(source: SignalSource, signal?: AbortSignal): Promise<Awaited<Kept['units']>> {
    const key = JSON.stringify([source.path, source.sessionId, source.device, source.epoch]);
    // A session that was written is another object, a recording that was written has another description.
    const item = this.#items.find(source.path);
    const stamp =
      item === null
        ? JSON.stringify((await this.#workers.describe(source.path, signal)).events)
        : sortingsStamp(this.#items.session(source.path, source.sessionId).path);
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    // Whoever asks first is not the only one who waits: an abort of one question is not the end of the work.
    const kept =
      known?.item === item && known.stamp === stamp ? known : { item, stamp, units: this.#source.of(source) };
    this.#kept.set(key, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    try {
      const units = await kept.units;
      signal?.throwIfAborted();
      return units;
    } catch (error) {
      if (this.#kept.get(key) === kept && signal?.aborted !== true) this.#kept.delete(key);
      throw error;
    }
  }
}

function unitOf({ train, device, spikes, seconds, carried, errorSec }: PlacedTrain): Unit {
  const { id, name, origin, quality, probe, channels, depth } = train;
  const ratePerSec = seconds > 0 ? spikes / seconds : null;
  return {
    id,
    name,
    origin,
    quality,
    device,
    probe,
    channels: [...channels],
    depth,
    spikes,
    ratePerSec,
    carried,
    errorSec,
  };
}

function checkRange(from: number, to: number): void {
  if (from < to) return;
  throw new NdiError({
    code: 'range.invalid',
    message: `The range from ${from} to ${to} s is empty.`,
    recovery: 'Let it end after it begins.',
    details: { from: String(from), to: String(to) },
  });
}

function missing(id: string): never {
  throw notThere(id);
}

function notThere(id: string): NdiError {
  return new NdiError({
    code: 'channel.notFound',
    message: `There is no unit ${id} here.`,
    recovery: 'List the units to see which there are.',
    details: { unit: id },
  });
}

function tooMany(): NdiError {
  return new NdiError({
    code: 'range.tooLarge',
    message: `More than ${MOST_TIMES} spikes lie in this range.`,
    recovery: 'Ask for a shorter range, or for fewer units.',
  });
}
