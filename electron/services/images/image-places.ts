import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ImageSource } from '../../../shared/contract/images.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Raster } from '../../../shared/model/raster.ts';
import { toFileError } from '../../files/file-faults.ts';
import { type ImageKind, imageKind } from '../../formats/images/image-kinds.ts';
import type { ImageAddress } from '../../formats/images/open-images.ts';
import { ingestedImages } from '../../ndi/epochs/ingested-images.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { fullPath, type OpenItems } from '../open-items.ts';
import { chooseEpoch, sessionEpochs } from '../session-epochs.ts';
import { type ImageFacts, imageFacts, rawShape } from './image-documents.ts';

/** Where the picture of a source is, and what is known of it besides its bytes. */
export interface ImagePlace {
  readonly name: string;
  readonly address: ImageAddress;
  /** Of a single file: what it is. */
  readonly kind: (ImageKind & { readonly sizeBytes: number }) | null;
  readonly facts: ImageFacts | null;
  readonly times: Float64Array | null;
  readonly raster: Raster | null;
}

/** Finds the pictures of sources. */
export class ImagePlaces {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;

  constructor(items: OpenItems, workers: DataWorkers) {
    this.#items = items;
    this.#workers = workers;
  }

  /** @throws NdiError document.*, epoch.notFound, usage.invalid, session.*, path.*, format.* */
  async find(source: ImageSource, signal?: AbortSignal): Promise<ImagePlace> {
    const { path, id, device, epoch } = source;
    if (id !== undefined) return this.#ofDocument(source, id);
    if (device === undefined && epoch === undefined && this.#items.find(path) === null) return ofPath(fullPath(path));
    const session = this.#items.session(path, source.sessionId);
    const { epochs } = await sessionEpochs(session, this.#workers, signal);
    const found = chooseEpoch(withImages(epochs, device, epoch), device, epoch);
    if (found.images === undefined) throw noImages(`The epoch ${found.epochId} of ${found.device} holds no images.`);
    const { address, times, raster } = found.images;
    const name = `${found.device} · ${found.epochId}`;
    const kind = address.kind === 'file' ? { ...imageKind(address.path), kind: 'raw' as const } : null;
    return { name, address, kind, facts: null, times, raster };
  }

  #ofDocument(source: ImageSource, id: string): ImagePlace {
    const item = this.#items.find(source.path);
    if (item === null) return noItem(source.path);
    const holder = item.kind === 'session' ? item.session : item.dataset;
    const document = holder.document(id);
    const entry = holder.entry(id);
    const facts = imageFacts(document, entry === undefined ? [] : [entry.class, ...entry.superclasses], source.file);
    if (facts === null) throw noImages(`The document ${id} holds no picture.`);
    const path = holder.binaryFile(id, facts.file);
    const name = entry?.name === '' || entry === undefined ? facts.file : entry.name;
    const ingested = ingestedImages(holder, document);
    const kind = imageKind(path);
    return {
      ...{ name, facts, kind: ingested === null ? kind : { ...kind, kind: 'raw' } },
      address: ingested?.address ?? { kind: 'file', path, raw: rawShape(facts) },
      times: ingested?.times ?? null,
      raster: ingested?.raster ?? null,
    };
  }
}

/** Where nothing names an epoch, the only one with images is meant. */
function withImages<T extends { readonly images?: unknown }>(
  epochs: readonly T[],
  device: string | undefined,
  epoch: string | undefined,
): readonly T[] {
  if (device !== undefined || epoch !== undefined) return epochs;
  const found = epochs.filter(({ images }) => images !== undefined);
  return found.length > 0 ? found : epochs;
}

/** A file, or a folder of pictures as one series: of Prairie View, by the names of its files, or of pages. */
function ofPath(path: string): ImagePlace {
  const name = basename(path);
  const plain = { name, facts: null, times: null, raster: null };
  try {
    if (!statSync(path).isDirectory()) {
      return { ...plain, kind: imageKind(path), address: { kind: 'file', path, raw: null } };
    }
    const names = readdirSync(path).filter((one) => /\.tiff?$/i.test(one) && !one.startsWith('.'));
    if (names.length === 0) throw noImages(`${path} holds no TIFF files.`);
    const reader = names.every((one) => /cycle\d+.*ch\d+/i.test(one)) ? 'prairieview' : 'tiffstack';
    const files = names.sort().map((one) => join(path, one));
    return { ...plain, kind: null, address: { kind: 'series', reader, files } };
  } catch (thrown) {
    throw toFileError(thrown, path);
  }
}

function noImages(message: string): NdiError {
  return new NdiError({
    code: 'format.unsupported',
    message,
    recovery: 'List what there is with “ndi images”, or choose a TIFF or PNG file.',
  });
}

function noItem(path: string): never {
  throw new NdiError({
    code: 'session.notFound',
    message: `${fullPath(path)} holds no NDI session or dataset, so it has no documents.`,
    recovery: 'Choose the folder that holds its .ndi folder.',
    details: { path: fullPath(path) },
  });
}
