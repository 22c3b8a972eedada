import { stat } from 'node:fs/promises';
import type { CallInputs } from '../../../shared/contract/contract.ts';
import type { ImageInfo, ImageSource } from '../../../shared/contract/images.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { ImageFrame } from '../../../shared/model/image-frame.ts';
import { frameNear } from '../../../shared/model/raster.ts';
import { readPart } from '../../files/read-part.ts';
import { filesOf, type ImageAddress } from '../../formats/images/open-images.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { EditService } from '../edits/edits.ts';
import type { OpenItems } from '../open-items.ts';
import { sessionEpochs } from '../session-epochs.ts';
import { describeAxes } from './image-axes.ts';
import { IMAGE_CLASSES } from './image-documents.ts';
import { type ImagePlace, ImagePlaces } from './image-places.ts';
import { newImageStack } from './new-image-stack.ts';

type Inputs = CallInputs['images'];

/** A source is not looked for again while it is played. */
const KEPT_MS = 10_000;
const MOST_KEPT = 16;

/** What was found of a source. */
interface Found {
  readonly address: ImageAddress;
  /** Of the epoch, or of what lies beside the files. */
  readonly times: Float64Array | null;
  readonly info: ImageInfo;
}

interface Kept extends Found {
  usedAt: number;
}

/** Pictures and stacks of frames: of documents, of epochs, of files. */
export class ImagesService {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #edits: EditService;
  readonly #places: ImagePlaces;
  readonly #kept = new Map<string, Kept>();

  constructor(items: OpenItems, workers: DataWorkers, edits: EditService) {
    this.#items = items;
    this.#workers = workers;
    this.#edits = edits;
    this.#places = new ImagePlaces(items, workers);
  }

  /** @throws NdiError session.*, database.*, path.* */
  async list({ path, sessionId }: Inputs['list'], signal?: AbortSignal) {
    const session = this.#items.session(path, sessionId);
    const place = sessionId === undefined ? { path } : { path, sessionId };
    const documents = IMAGE_CLASSES.flatMap((isa) => session.documents({ isa })).map((entry) => ({
      name: entry.name === '' ? entry.id : entry.name,
      class: entry.class,
      source: { ...place, id: entry.id },
    }));
    const { systems } = await sessionEpochs(session, this.#workers, signal);
    const epochs = systems.flatMap(({ system, epochs: own }) =>
      own
        .filter(({ images }) => images !== undefined)
        .map(({ device, epochId }) => ({
          name: `${device} · ${epochId}`,
          class: system.className,
          source: { ...place, device, epoch: epochId },
        })),
    );
    return [...epochs, ...documents];
  }

  /** @throws NdiError document.*, epoch.notFound, usage.invalid, format.*, path.*; app.cancelled */
  async describe(source: ImageSource, signal?: AbortSignal): Promise<ImageInfo> {
    return (await this.#find(source, true, signal)).info;
  }

  /** @throws as `describe`; range.* */
  async frame({ source, at, most }: Inputs['frame'], signal?: AbortSignal): Promise<ImageFrame> {
    const { address, times, info } = await this.#find(source, false, signal);
    requireFrames(info);
    const { axes, x, y } = info;
    const unknown = Object.keys(at ?? {}).find((letter) => axes.every((axis) => axis.letter !== letter));
    if (unknown !== undefined) throw noAxis(unknown, info);
    const indexes = axes.map(({ letter }) => at?.[letter] ?? 0);
    const step = most === undefined ? 1 : Math.max(1, Math.ceil(Math.sqrt((x.size * y.size) / most)));
    const values = await this.#workers.readFrame({ address, at: indexes, step }, signal);
    return {
      header: {
        ...{ width: Math.ceil(x.size / step), height: Math.ceil(y.size / step), step },
        dataType: info.dataType as ImageFrame['header']['dataType'],
        timeSec: times?.[indexes[axes.findIndex(({ letter }) => letter === 'T')] ?? 0] ?? null,
      },
      values,
    };
  }

  /** @throws as `describe` */
  async times(source: ImageSource, signal?: AbortSignal): Promise<number[]> {
    return [...((await this.#find(source, false, signal)).times ?? [])];
  }

  /** @throws as `describe` */
  async frameAt({ source, time }: Inputs['frameAt'], signal?: AbortSignal): Promise<number | null> {
    const { times } = await this.#find(source, false, signal);
    return times === null ? null : frameNear(times, time);
  }

  /** @throws as `describe` */
  async part({ source, offset, bytes }: Inputs['part'], signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const { address } = await this.#find(source, false, signal);
    const [path = ''] = filesOf(address);
    return readPart(path, offset, bytes);
  }

  /** @throws NdiError document.invalid, document.notFound, format.*, path.*, database.* */
  async add(request: Inputs['add'], signal?: AbortSignal): Promise<{ ids: string[] }> {
    const { path, sessionId, files } = request;
    const session = this.#items.session(path, sessionId);
    const documents = [];
    for (const file of files) {
      const info = await this.describe({ path: file }, signal);
      documents.push(newImageStack(session, file, info, request));
    }
    const place = sessionId === undefined ? { path } : { path, sessionId };
    const { ids } = await this.#edits.change(
      place,
      { add: documents },
      `Add ${files.length === 1 ? 'a picture' : `${files.length} pictures`}`,
    );
    return { ids };
  }

  async #find(source: ImageSource, anew: boolean, signal?: AbortSignal): Promise<Kept> {
    const key = JSON.stringify(source);
    const known = this.#kept.get(key);
    const now = Date.now();
    if (!anew && known !== undefined && now - known.usedAt < KEPT_MS) {
      known.usedAt = now;
      return known;
    }
    const place = await this.#places.find(source, signal);
    const found = { ...(await this.#describe(place, signal)), usedAt: now };
    this.#kept.delete(key);
    this.#kept.set(key, found);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return found;
  }

  async #describe({ name, address, kind, facts, times, raster }: ImagePlace, signal?: AbortSignal): Promise<Found> {
    const files = [...filesOf(address)];
    const [path = ''] = files;
    const base = {
      ...{ name, files, type: kind?.type ?? '' },
      limits: facts?.limits === undefined || facts.limits === null ? null : ([...facts.limits] as [number, number]),
      timestamp: facts?.timestamp ?? null,
      clockType: facts?.clockType ?? (times === null ? '' : 'dev_local_time'),
    };
    if (kind?.kind === 'picture' || kind?.kind === 'movie') {
      // What the document says of their scale holds; of their size only the page will know.
      const { y, x } = describeAxes({ height: 0, width: 0, axes: [] }, facts, path);
      const info: ImageInfo = {
        ...base,
        ...{ kind: kind.kind, format: kind.name, sizeBytes: kind.sizeBytes, dataType: '', timed: false, raster: null },
        ...{ y, x, axes: [], problems: [] },
      };
      return { address, times, info };
    }
    const { layout, series } = await this.#workers.describeImages(address, signal);
    const { y, x, axes, problems } = describeAxes(layout, facts, path);
    const known = times ?? series?.times ?? null;
    const info: ImageInfo = {
      ...base,
      ...{
        kind: 'frames',
        format: kind?.name ?? (files.length === 1 ? 'TIFF' : `${files.length} TIFF files`),
      },
      sizeBytes: kind?.sizeBytes ?? (await totalBytes(files)),
      ...{ dataType: layout.dataType, y, x, axes },
      timed: known !== null,
      raster: raster ?? series?.raster ?? null,
      problems: [...layout.problems, ...(series?.problems ?? []), ...problems],
    };
    return { address, times: known, info };
  }
}

async function totalBytes(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file)
        .then(({ size }) => size)
        .catch(() => 0),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function requireFrames(info: ImageInfo): void {
  if (info.kind === 'frames') return;
  throw new NdiError({
    code: 'format.unsupported',
    message: `${info.name} is a ${info.kind} (${info.format}), whose values are not read here.`,
    recovery: `${info.kind === 'movie' ? 'It is played' : 'It is shown'} on its page in the window. Frames and values are read of TIFF and PNG files and of raw values: save it as one of these.`,
    details: { format: info.format },
  });
}

function noAxis(letter: string, { axes }: ImageInfo): NdiError {
  return new NdiError({
    code: 'range.invalid',
    message: `There is no axis ${letter} along which frames lie.`,
    recovery:
      axes.length === 0
        ? 'It has one frame only.'
        : `There are ${axes.map((axis) => `${axis.letter} (${axis.label}, ${axis.size})`).join(', ')}.`,
    details: { axis: letter },
  });
}
