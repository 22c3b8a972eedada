import type { Problem } from '../../../shared/contract/common.ts';
import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { timeOnLines } from '../../../shared/model/clock-lines.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { liesInCloud } from '../../ndi/database/file-store.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import type { Session } from '../../ndi/session.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { fullPath, type OpenItems } from '../open-items.ts';
import { chooseEpoch, sessionEpochs } from '../session-epochs.ts';
import type { SyncService } from '../sync/sync.ts';
import { clusterTrains } from './cluster-trains.ts';
import { deviceTrains } from './device-trains.ts';
import { ensembleTrains } from './ensemble-trains.ts';
import { folderTrains } from './folder-trains.ts';
import { neuronTrains } from './neuron-trains.ts';
import type { Trains, UnitTrain } from './train.ts';

/** A unit whose spikes stand on the clock of the signals that are looked at. */
export interface PlacedTrain {
  readonly train: UnitTrain;
  readonly device: string;
  /** Where its spikes were recorded; null where that cannot be read. */
  readonly recording: { readonly path: string; readonly timeShift: number } | null;
  /** Seconds on its own clock, and on that of the source. */
  readonly own: () => Float64Array;
  readonly placed: () => Float64Array;
  readonly spikes: number;
  /** Length of the epochs in which they were counted. */
  readonly seconds: number;
  readonly carried: boolean;
  readonly errorSec: number | null;
}

interface Found {
  readonly trains: PlacedTrain[];
  readonly problems: Problem[];
}

/** Finds the units of a source: those of its own device, then those of every device that ran meanwhile. */
export class SourceUnits {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #sync: SyncService;

  constructor(items: OpenItems, workers: DataWorkers, sync: SyncService) {
    this.#items = items;
    this.#workers = workers;
    this.#sync = sync;
  }

  /** @throws NdiError session.*, epoch.notFound, path.*, format.* */
  async of(source: SignalSource): Promise<Found> {
    if (this.#items.find(source.path) === null) return this.#ofRecording(fullPath(source.path));
    const session = this.#items.session(source.path, source.sessionId);
    const { epochs } = await sessionEpochs(session, this.#workers);
    const epoch = chooseEpoch(epochs, source.device, source.epoch);
    const own = await this.#trainsOf(session, epochs, epoch);
    const seconds = lengthOf(epoch);
    const trains = own.trains.map((train) => placedAsIs(train, epoch.device, recordingOf(epoch), seconds));
    const problems = [...own.problems];
    const exact = { path: source.path, sessionId: source.sessionId, device: epoch.device, epoch: epoch.epochId };
    for (const device of new Set(epochs.map((one) => one.device))) {
      if (device === epoch.device) continue;
      const other = await this.#ofOther(session, epochs, exact, epoch, device);
      trains.push(...other.trains);
      problems.push(...other.problems);
    }
    return { trains, problems };
  }

  async #ofRecording(path: string): Promise<Found> {
    const { extent, segments } = await this.#workers.describe(path);
    const [t0, t1] = [extent?.t0 ?? segments[0]?.t0 ?? 0, extent?.t1 ?? segments.at(-1)?.t1 ?? 0];
    const { trains, problems } = await deviceTrains(this.#workers, path, 0);
    const recording = { path, timeShift: 0 };
    return { trains: trains.map((train) => placedAsIs(train, '', recording, t1 - t0)), problems: [...problems] };
  }

  async #trainsOf(session: Session, epochs: readonly Epoch[], epoch: Epoch): Promise<Trains> {
    const path = epoch.recordingPath;
    const ofDevice = epochs.filter(({ device }) => device === epoch.device);
    const describe = (one: string) => this.#workers.describe(one);
    const found = [
      neuronTrains(session, epoch),
      ensembleTrains(session, epoch),
      clusterTrains(session, epoch),
      await folderTrains({ session, epochs: ofDevice, describe }, epoch),
      path === null ? { trains: [], problems: [] } : await deviceTrains(this.#workers, path, epoch.timeShift),
    ];
    return { trains: found.flatMap(({ trains }) => trains), problems: found.flatMap(({ problems }) => problems) };
  }

  /** Units of another device in the epochs that ran meanwhile; none where nothing relates its clock. */
  async #ofOther(
    session: Session,
    epochs: readonly Epoch[],
    source: SignalSource,
    epoch: Epoch,
    device: string,
  ): Promise<Found> {
    const theirs = epochs.filter((one) => one.device === device);
    // Reading the sync graph takes longer than looking whether there is anything to carry.
    const known = await Promise.all(theirs.map((one) => this.#trainsOf(session, epochs, one)));
    if (known.every(({ trains }) => trains.length === 0))
      return { trains: [], problems: known.flatMap((one) => one.problems) };
    try {
      const there = { device, clock: clockOf(theirs[0]) };
      const { lines } = await this.#sync.signalTimes({ source, to: there });
      const parts = theirs.flatMap((one, at) => {
        const found = known[at];
        return found !== undefined && lines.some(({ epochId }) => epochId === one.epochId) ? [{ one, found }] : [];
      });
      const back = { device: epoch.device, epoch: epoch.epochId, clock: clockOf(epoch) };
      const trains: PlacedTrain[] = [];
      for (const { one, found } of parts) {
        const place = { ...source, device, epoch: one.epochId };
        const times = await this.#sync.signalTimes({ source: place, to: back });
        for (const train of found.trains) {
          // A unit that spans two epochs of its device keeps its one id.
          const before = trains.findIndex((other) => other.train.id === train.id);
          const carried = placedByLines(train, device, one, times);
          if (before < 0) trains.push(carried);
          else trains[before] = joined(trains[before] ?? carried, carried);
        }
      }
      return {
        trains: trains.filter(({ spikes }) => spikes > 0),
        problems: parts.flatMap(({ found }) => [...found.problems]),
      };
    } catch (error) {
      if (!(error instanceof NdiError) || error.code === 'app.cancelled' || liesInCloud(error)) throw error;
      const message = `The units of ${device} cannot be shown here: ${error.message}`;
      return { trains: [], problems: [{ grade: 'note', code: error.code, message, paths: [session.path] }] };
    }
  }
}

const clockOf = (epoch: Epoch | undefined) => epoch?.clocks[0]?.type ?? 'dev_local_time';
const recordingOf = ({ recordingPath: path, timeShift }: Epoch) => (path === null ? null : { path, timeShift });

function lengthOf({ clocks: [clock] }: Epoch): number {
  const length = (clock?.t1 ?? NaN) - (clock?.t0 ?? NaN);
  return Number.isFinite(length) ? length : 0;
}

function placedAsIs(
  train: UnitTrain,
  device: string,
  recording: PlacedTrain['recording'],
  seconds: number,
): PlacedTrain {
  const own = once(train.times);
  return {
    ...{ train, device, recording, own, placed: own, spikes: train.spikes, seconds },
    carried: false,
    errorSec: null,
  };
}

function placedByLines(
  train: UnitTrain,
  device: string,
  epoch: Epoch,
  { lines, errorSec }: Awaited<ReturnType<SyncService['signalTimes']>>,
): PlacedTrain {
  const own = once(train.times);
  const placed = once(() => {
    const there = Array.from(own(), (time) => timeOnLines(lines, time) ?? NaN);
    return Float64Array.from(there.filter(Number.isFinite)).sort();
  });
  const recording = recordingOf(epoch);
  return {
    ...{ train, device, recording, own, placed, spikes: train.spikes, seconds: lengthOf(epoch) },
    carried: true,
    errorSec,
  };
}

function joined(a: PlacedTrain, b: PlacedTrain): PlacedTrain {
  const placed = once(() => Float64Array.from([...a.placed(), ...b.placed()]).sort());
  return { ...a, placed, spikes: a.spikes + b.spikes, seconds: a.seconds + b.seconds };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
