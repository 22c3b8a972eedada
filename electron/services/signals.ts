import type { CallInputs } from '../../shared/contract/contract.ts';
import type { Envelope, RecordingInfo, Samples, SignalEvent } from '../../shared/contract/recordings.ts';
import { isErrorCode, NdiError } from '../../shared/model/errors.ts';
import { encodeSampleFrame } from '../../shared/model/sample-frame.ts';
import type { ViewFrame } from '../../shared/model/view-frame.ts';
import { ElementTables, placeOf } from '../ndi/epochs/element-signals.ts';
import type { Epoch } from '../ndi/epochs/epoch.ts';
import { matrixAddress } from '../formats/binary-matrix/address.ts';
import type { DataWorkers } from '../workers/data-workers.ts';
import { isSampled } from '../../shared/model/channels.ts';
import { resolveChannelList } from '../../shared/model/channel-list.ts';
import type { StoredPreview } from '../signal/pyramid/stored-preview.ts';
import type { OpenedPyramid, Pyramids } from './pyramids/pyramids.ts';
import { isPartlyInCloud } from './cloud/files/fetching-workers.ts';
import { fullPath, type OpenedItem, type OpenItems } from './open-items.ts';
import { chooseElementEpoch, eventsOf, ofElement, sampledOf } from './element-source.ts';
import { findPreviews } from './pyramids/find-previews.ts';
import { chooseEpoch, sessionEpochs } from './session-epochs.ts';

type Inputs = CallInputs['signals'];
type Source = Inputs['view']['source'];

/** Where the signals of a source lie: a recording, and what is added to its device's times. */
interface Place {
  readonly path: string;
  readonly timeShift: number;
  /** What `all` means; null: all that the recording has. */
  readonly channels: readonly string[] | null;
  /** Overviews of some channels that the session keeps. */
  readonly previews: readonly StoredPreview[];
}

/** Signals of recordings and of the epochs of sessions. */
export class SignalsService {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #pyramids: Pyramids;
  /** Found epochs by session or dataset: one that was written is another object and is asked anew. */
  readonly #places = new WeakMap<OpenedItem, Map<string, Promise<Place>>>();

  constructor(items: OpenItems, workers: DataWorkers, pyramids: Pyramids) {
    this.#items = items;
    this.#workers = workers;
    this.#pyramids = pyramids;
  }

  /** Headers of the source; the times are those of the source's clock. */
  async describe(source: Source, signal?: AbortSignal): Promise<RecordingInfo> {
    const { path, timeShift, channels } = await this.#place(source);
    const read = ofElement(await this.#workers.describe(path, signal), channels);
    const info = isPartlyInCloud(path) ? { ...read, inCloud: true } : read;
    if (timeShift === 0) return info;
    const segments = info.segments.map((one) => ({ ...one, t0: one.t0 + timeShift, t1: one.t1 + timeShift }));
    const { extent } = info;
    if (extent === undefined) return { ...info, segments };
    return { ...info, segments, extent: { t0: extent.t0 + timeShift, t1: extent.t1 + timeShift } };
  }

  async view({ source, ...asked }: Inputs['view'], signal?: AbortSignal): Promise<ViewFrame> {
    const { path, timeShift, channels, previews } = await this.#place(source);
    const query = { ...asked, channels: sampledOf(channels, asked.channels) };
    const ask = (opened?: OpenedPyramid) => {
      // A picture that nothing will sharpen is made of all samples at once.
      const sketch = query.sketch === true && (opened?.building ?? null) !== null;
      return this.#workers.view(path, { ...query, sketch, timeShift }, signal, opened?.access, previews);
    };
    // What the session keeps needs not be made again.
    if (await this.#areKept(path, query.channels, previews, signal)) return ask();
    // An overview needs all samples: it is not begun for what still lies in the cloud.
    const mayBegin = query.sketch === true && !isPartlyInCloud(path);
    return this.#byPyramid(path, mayBegin, ask, signal, (frame, { building, jobId }) => {
      return building === null ? frame : { ...frame, header: { ...frame.header, job: jobId } };
    });
  }

  async #areKept(
    path: string,
    channels: string,
    previews: readonly StoredPreview[],
    signal?: AbortSignal,
  ): Promise<boolean> {
    if (previews.length === 0) return false;
    const info = await this.#workers.describe(path, signal);
    const kept = new Set(previews.flatMap((preview) => preview.channels));
    const names = info.channels.map(({ name }) => name);
    return resolveChannelList(channels, names).every((name) => kept.has(name));
  }

  async envelope({ source, ...asked }: Inputs['envelope'], signal?: AbortSignal): Promise<Envelope> {
    const { path, timeShift, channels } = await this.#place(source);
    const query = { ...asked, channels: sampledOf(channels, asked.channels) };
    const ask = (opened?: OpenedPyramid) =>
      this.#workers.envelope(path, { ...query, timeShift }, signal, opened?.access);
    return this.#byPyramid(path, false, ask, signal);
  }

  /** Builds the recording's pyramid as a job and waits for it. */
  async buildOverview(source: Source, signal?: AbortSignal): Promise<{ path: string; bytes: number; parts: number }> {
    const { path } = await this.#place(source);
    return { path, ...(await this.#pyramids.complete(path, signal)) };
  }

  /** Asks with what there is of the recording's pyramid; without it where it turns out not to be sound. */
  async #byPyramid<T>(
    path: string,
    mayBegin: boolean,
    ask: (opened?: OpenedPyramid) => Promise<T>,
    signal?: AbortSignal,
    mark: (answer: T, opened: OpenedPyramid) => T = (answer) => answer,
  ): Promise<T> {
    const opened = await (mayBegin ? this.#pyramids.begin(path, signal) : this.#pyramids.find(path, signal));
    if (opened === undefined) return ask();
    try {
      return mark(await ask(opened), opened);
    } catch (error) {
      // Its files were removed or cut off: the recording itself has all that is needed.
      if (!(error instanceof NdiError) || !String(error.details['path']).startsWith(opened.access.folder)) throw error;
      this.#pyramids.discard(path);
      return ask();
    }
  }

  async read({ source, ...asked }: Inputs['read'], signal?: AbortSignal): Promise<Samples> {
    const { path, timeShift, channels } = await this.#place(source);
    const query = { ...asked, channels: sampledOf(channels, asked.channels) };
    return this.#workers.read(path, { ...query, timeShift }, signal);
  }

  /** Exact samples as a binary frame. */
  async values({ source, precision, ...asked }: Inputs['values'], signal?: AbortSignal) {
    const { path, timeShift, channels } = await this.#place(source);
    const query = { ...asked, channels: sampledOf(channels, asked.channels), timeShift };
    const held =
      precision === 'single'
        ? await this.#workers.readSingles(path, query, signal)
        : await this.#workers.readArrays(path, query, signal);
    const frame = encodeSampleFrame({ ...held, precision }, held.values);
    held.release();
    return frame;
  }

  async events(
    { source, limit = 100_000, ...asked }: Inputs['events'],
    signal?: AbortSignal,
  ): Promise<{ events: SignalEvent[]; total: number }> {
    const { path, timeShift, channels } = await this.#place(source);
    const query = { ...asked, channels: eventsOf(channels, asked.channels) };
    if (query.channels === '') return { events: [], total: 0 };
    return this.#workers.events(path, { ...query, limit, timeShift }, signal);
  }

  /** Numbers of events in equal parts of a range; none where there are no channels with events, or not on this machine. */
  async eventCounts({ source, ...asked }: Inputs['eventCounts'], signal?: AbortSignal): Promise<{ counts: number[] }> {
    const { path, timeShift, channels } = await this.#place(source);
    if (isPartlyInCloud(path)) return { counts: [] };
    const info = ofElement(await this.#workers.describe(path, signal), channels);
    const names = info.channels.filter(({ type }) => !isSampled(type)).map(({ name }) => name);
    if (names.length === 0) return { counts: [] };
    return {
      counts: await this.#workers.eventCounts(path, { ...asked, channels: names.join(','), timeShift }, signal),
    };
  }

  async #place(source: Source): Promise<Place> {
    if (source.matrix !== undefined) {
      const path = matrixAddress({ file: fullPath(source.path), description: source.matrix });
      return { path, timeShift: 0, channels: null, previews: [] };
    }
    const item = this.#items.find(source.path);
    if (item === null) {
      refuseEpoch(source);
      return { path: fullPath(source.path), timeShift: 0, channels: null, previews: [] };
    }
    const places = this.#places.get(item) ?? new Map<string, Promise<Place>>();
    this.#places.set(item, places);
    const key = [source.sessionId, source.device, source.element, source.epoch].join('\0');
    const known = places.get(key) ?? this.#find(source);
    places.set(key, known);
    try {
      return await known;
    } catch (error) {
      // What was not there may come: the next question looks again.
      places.delete(key);
      throw error;
    }
  }

  async #find(source: Source): Promise<Place> {
    const session = this.#items.session(source.path, source.sessionId);
    const { epochs } = await sessionEpochs(session, this.#workers);
    if (source.element !== undefined) {
      const element = new ElementTables(session, epochs).find(source.element);
      const epoch = chooseElementEpoch(element, source);
      if (epoch.held.by === 'device' && epoch.held.epoch.recordingPath === null) throw unreadable(epoch.held.epoch);
      const { held } = epoch;
      const previews = held.by === 'device' ? findPreviews(session, held.epoch) : [];
      return { ...placeOf(session, element, epoch), previews };
    }
    const epoch = chooseEpoch(epochs, source.device, source.epoch);
    if (epoch.recordingPath === null) throw unreadable(epoch);
    const previews = findPreviews(session, epoch);
    return { path: epoch.recordingPath, timeShift: epoch.timeShift, channels: null, previews };
  }
}

function refuseEpoch({ path, device, element, epoch }: Source): void {
  if (device === undefined && element === undefined && epoch === undefined) return;
  throw new NdiError({
    code: 'usage.invalid',
    message: `${fullPath(path)} is a recording, which has no DAQ systems and epochs.`,
    recovery: 'Leave out the device and the epoch, or name a session.',
    details: { path: fullPath(path) },
  });
}

function unreadable(epoch: Epoch): NdiError {
  const why = epoch.problems.find((problem) => problem.grade !== 'note') ?? epoch.problems[0];
  const code = why?.code ?? '';
  return new NdiError({
    code: isErrorCode(code) ? code : 'format.unsupported',
    message: `The signals of epoch ${epoch.epochId} of ${epoch.device} cannot be read. ${why?.message ?? ''}`.trim(),
    recovery: 'Look at the problems of the epoch on the session’s page.',
    details: { epoch: epoch.epochId, device: epoch.device, paths: why?.paths ?? epoch.files },
  });
}
