import { listOf, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import type { RawShape } from '../../formats/images/raw.ts';
import { FRAMES_FILE, IMAGES_CLASS, numbersOf } from '../../ndi/epochs/ingested-images.ts';

/** What a document says of its picture. */
export interface ImageFacts {
  /** Name of the file that holds it. */
  readonly file: string;
  /** Letters of the axes, and by their places in it what else is told. */
  readonly order: string;
  readonly size: readonly number[];
  readonly labels: readonly string[];
  readonly scales: readonly number[];
  readonly units: readonly string[];
  readonly dataType: string;
  readonly limits: readonly [number, number] | null;
  readonly timestamp: number | null;
  readonly clockType: string;
}

const nothing = {
  ...{
    order: '',
    size: [],
    labels: [],
    scales: [],
    units: [],
    dataType: '',
    limits: null,
    timestamp: null,
    clockType: '',
  },
};

/** Classes of documents that hold pictures, and the file of each (document types `imageStack`, `image`, `ontologyImage`). */
const files: Readonly<Record<string, string>> = {
  imageStack: 'imageStack',
  image: 'imageFile',
  ontologyImage: 'ontologyImage.ngrid',
  [IMAGES_CLASS]: FRAMES_FILE,
};

export const IMAGE_CLASSES = Object.keys(files);

/**
 * What a document says of its picture; null where it holds none.
 * @param classes its class and superclasses
 * @param wanted one of its files, of documents of other classes
 */
export function imageFacts(document: NdiDocument, classes: readonly string[], wanted?: string): ImageFacts | null {
  const known = classes.find((name) => Object.hasOwn(files, name));
  const file = wanted ?? files[known ?? ''];
  if (file === undefined) return null;
  if (known === IMAGES_CLASS) return ingestedFacts(document, file);
  if (known === 'ontologyImage') return gridFacts(document, file);
  return known === undefined ? { file, ...nothing } : stackFacts(document, file);
}

function stackFacts(document: NdiDocument, file: string): ImageFacts {
  const field = (name: string) => valueAt(document, `imageStack_parameters.${name}`);
  const [low = NaN, high = NaN] = numbersOf(field('data_limits'));
  const [timestamp = NaN] = numbersOf(field('timestamp'));
  return {
    file,
    order: textOf(field('dimension_order')),
    size: numbersOf(field('dimension_size')),
    labels: wordsOf(field('dimension_labels')),
    scales: numbersOf(field('dimension_scale')),
    units: wordsOf(field('dimension_scale_units')),
    dataType: textOf(field('data_type')),
    limits: Number.isFinite(low) && Number.isFinite(high) && low < high ? [low, high] : null,
    timestamp: Number.isFinite(timestamp) ? timestamp : null,
    clockType: textOf(field('clocktype')),
  };
}

/** Sizes of the axes from rows on: `mat2ngrid` of NDI-matlab, which names none of them. */
const GRID_ORDERS = ['Y', 'YX', 'YXT', 'YXCT', 'YXCZT'];

function gridFacts(document: NdiDocument, file: string): ImageFacts {
  const size = numbersOf(valueAt(document, 'ngrid.data_dim'));
  const order = GRID_ORDERS[Math.max(2, size.length) - 1] ?? '';
  return { ...nothing, file, order, size, dataType: textOf(valueAt(document, 'ngrid.data_type')) };
}

function ingestedFacts(document: NdiDocument, file: string): ImageFacts {
  const field = (name: string) => valueAt(document, `${IMAGES_CLASS}.${name}`);
  return {
    ...nothing,
    file,
    order: textOf(field('dimension_order')),
    size: numbersOf(field('dimension_size')),
    dataType: textOf(field('data_type')),
    clockType: textOf(field('clocktype')),
  };
}

/** `height,width,time`, or a list of the same. */
function wordsOf(value: JsonValue | undefined): string[] {
  const list = typeof value === 'string' ? value.split(',') : listOf(value).map((one) => textOf(one));
  return list.map((one) => one.trim());
}

/** What a file without a mark holds, by its document; null where the document does not say. */
export function rawShape({ order, size, dataType }: ImageFacts): RawShape | null {
  return order === '' && size.length === 0 ? null : { order, size, dataType };
}
