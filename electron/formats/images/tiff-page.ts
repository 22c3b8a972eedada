import { type PixelType, pixelTypeOf } from '../../../shared/model/pixels.ts';
import { formatFault } from '../file-faults.ts';
import { checkCompression } from './tiff-codecs.ts';
import { type Directory, numberOf, numbersOf, type TiffFile } from './tiff-directory.ts';

const TAG = {
  ...{ width: 256, height: 257, bits: 258, compression: 259, stripOffsets: 273, samples: 277, rowsPerStrip: 278 },
  ...{
    stripBytes: 279,
    planar: 284,
    predictor: 317,
    tileWidth: 322,
    tileHeight: 323,
    tileOffsets: 324,
    tileBytes: 325,
  },
  sampleFormat: 339,
} as const;

/** How the values of one page are laid out: in pieces (strips as wide as the picture, or tiles). */
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly dataType: PixelType;
  readonly bits: number;
  readonly samples: number;
  /** Samples of a pixel beside each other, or each in pieces of its own. */
  readonly together: boolean;
  readonly compression: number;
  readonly predictor: number;
  readonly pieceWidth: number;
  readonly pieceHeight: number;
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
}

/** What makes pages the frames of one stack. */
export const pageKind = ({ width, height, dataType, samples }: Page): string =>
  [width, height, dataType, samples].join(' ');

/** @throws NdiError format.invalid, format.unsupported, format.truncated */
export function readPage(tiff: TiffFile, directory: Directory): Page {
  const { path } = tiff.file;
  const number = (tag: number, otherwise: number) => numberOf(tiff, directory, tag, otherwise);
  const [width, height] = [number(TAG.width, 0), number(TAG.height, 0)];
  const bits = numbersOf(tiff, directory, TAG.bits);
  const [firstBits = 1] = bits;
  const samples = number(TAG.samples, 1);
  const tiled = directory.fields.has(TAG.tileWidth);
  const compression = number(TAG.compression, 1);
  checkCompression(compression, path);
  const page: Page = {
    width,
    height,
    dataType: typeOf(number(TAG.sampleFormat, 1), firstBits, path),
    bits: firstBits,
    samples,
    together: number(TAG.planar, 1) !== 2 || samples === 1,
    compression,
    predictor: number(TAG.predictor, 1),
    pieceWidth: tiled ? number(TAG.tileWidth, 0) : width,
    pieceHeight: tiled ? number(TAG.tileHeight, 0) : Math.min(height, number(TAG.rowsPerStrip, height)),
    offsets: numbersOf(tiff, directory, tiled ? TAG.tileOffsets : TAG.stripOffsets),
    lengths: numbersOf(tiff, directory, tiled ? TAG.tileBytes : TAG.stripBytes),
  };
  const counts = [width, height, samples, page.pieceWidth, page.pieceHeight];
  if (!counts.every((one) => Number.isSafeInteger(one) && one > 0) || samples > 1024 || width * height > 2 ** 40) {
    const sentence = `a picture of ${width} × ${height} pixels with ${samples} samples in pieces of ${page.pieceWidth} × ${page.pieceHeight} cannot be.`;
    throw formatFault('format.invalid', path, sentence, { field: 'ImageWidth', offset: directory.at });
  }
  if (bits.some((one) => one !== firstBits)) {
    throw formatFault('format.unsupported', path, `its samples differ in their bits (${bits.join(', ')}).`, {
      field: 'BitsPerSample',
    });
  }
  return page;
}

/** Where one picture or sample of it lies in a row of pieces. */
export function pieceCount({ width, height, pieceWidth, pieceHeight }: Page): { across: number; down: number } {
  return { across: Math.ceil(width / pieceWidth), down: Math.ceil(height / pieceHeight) };
}

function typeOf(format: number, bits: number, path: string): PixelType {
  const kind = { 1: 'uint', 2: 'int', 3: 'float', 4: 'uint' }[format];
  const small = kind === 'uint' && (bits === 2 || bits === 4) ? 'uint8' : null;
  const found =
    kind === 'uint' && bits === 1 ? 'logical' : (small ?? (bits < 8 ? null : pixelTypeOf(`${kind}${bits}`)));
  if (found !== null) return found;
  throw formatFault(
    'format.unsupported',
    path,
    `its values are of ${bits} bits in format ${format}, which is not read here.`,
    {
      field: 'BitsPerSample',
      value: bits,
    },
  );
}
