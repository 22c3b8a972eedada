import { newPixels, type PixelArray, pixelBytes, pixelGetter } from '../../../shared/model/pixels.ts';
import { formatFault } from '../file-faults.ts';
import { frameTooLarge } from './image-faults.ts';
import { MOST_HELD_BYTES } from './image-stack.ts';
import { decompress } from './tiff-codecs.ts';
import type { TiffFile } from './tiff-directory.ts';
import { type Page, pieceCount } from './tiff-page.ts';

const PLAIN = 1;
/** Rows of an uncompressed picture that are read at once. */
const BLOCK_BYTES = 4 * 1024 * 1024;

/**
 * One sample of every `step`-th pixel of a page, row after row; one piece after the other is held.
 * @throws NdiError format.*, range.tooLarge, path.*
 */
export function readSample(tiff: TiffFile, page: Page, sample: number, step: number): PixelArray {
  const [rows, columns] = [Math.ceil(page.height / step), Math.ceil(page.width / step)];
  const bytes = rows * columns * pixelBytes(page.dataType);
  if (bytes > MOST_HELD_BYTES) throw frameTooLarge(tiff.file.path, bytes);
  const values = newPixels(page.dataType, rows * columns);
  const { across, down } = pieceCount(page);
  const firstPiece = page.together ? 0 : sample * across * down;
  for (let piece = 0; piece < across * down; piece++) {
    const top = Math.floor(piece / across) * page.pieceHeight;
    const left = (piece % across) * page.pieceWidth;
    for (const part of pieceParts(tiff, page, firstPiece + piece, top, step)) {
      const get = sampleGetter(tiff, page, part.bytes, sample);
      const [bottom, right] = [
        Math.min(page.height, part.top + part.rows),
        Math.min(page.width, left + page.pieceWidth),
      ];
      for (let y = firstOnGrid(part.top, step); y < bottom; y += step) {
        let into = (y / step) * columns + firstOnGrid(left, step) / step;
        for (let x = firstOnGrid(left, step); x < right; x += step, into++) values[into] = get(y - part.top, x - left);
      }
    }
  }
  return values;
}

const firstOnGrid = (from: number, step: number): number => Math.ceil(from / step) * step;

interface Part {
  readonly top: number;
  readonly rows: number;
  readonly bytes: Uint8Array;
}

/** A piece as it was before it was compressed: whole, or of an uncompressed one some rows at a time. */
function* pieceParts(tiff: TiffFile, page: Page, piece: number, top: number, step: number): Generator<Part> {
  const { file } = tiff;
  const at = page.offsets[piece];
  if (at === undefined) {
    throw formatFault('format.truncated', file.path, `piece ${piece} of its picture is missing.`, {
      field: 'StripOffsets',
    });
  }
  const rowBytes = bytesOfRow(page);
  if (rowBytes > MOST_HELD_BYTES) throw frameTooLarge(file.path, rowBytes);
  // The last strip ends with the picture; tiles are whole.
  const rows = page.pieceWidth === page.width ? Math.min(page.pieceHeight, page.height - top) : page.pieceHeight;
  const isPlain = page.compression === PLAIN && page.predictor === 1;
  const stored = page.lengths[piece] ?? (isPlain ? rows * rowBytes : file.size - at);
  if (isPlain) {
    const atOnce = Math.max(1, Math.floor(BLOCK_BYTES / rowBytes));
    for (let first = 0; first < rows; first += atOnce) {
      const count = Math.min(atOnce, rows - first);
      if (firstOnGrid(top + first, step) >= top + first + count) continue;
      const view = file.peek(at + first * rowBytes, count * rowBytes, 'a picture');
      yield { top: top + first, rows: count, bytes: bytesIn(view) };
    }
    return;
  }
  const bytes = rows * rowBytes;
  if (bytes > MOST_HELD_BYTES || stored > MOST_HELD_BYTES) throw frameTooLarge(file.path, Math.max(bytes, stored));
  if (firstOnGrid(top, step) >= top + rows) return;
  const plain = decompress(bytesIn(file.peek(at, stored, 'a compressed picture')), page.compression, bytes, file.path);
  if (plain.length < bytes) {
    const sentence = `a compressed piece of its picture holds ${plain.length} bytes of ${bytes}.`;
    throw formatFault('format.truncated', file.path, sentence, { needed: bytes, size: plain.length, offset: at });
  }
  yield { top, rows, bytes: undoPredictor(tiff, page, plain, rows, rowBytes) };
}

function bytesIn(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength);
}

const samplesInPiece = ({ together, samples }: Page): number => (together ? samples : 1);

const bytesOfRow = (page: Page): number => Math.ceil((page.pieceWidth * samplesInPiece(page) * page.bits) / 8);

/** One value by its row and column in the piece. */
function sampleGetter(tiff: TiffFile, page: Page, bytes: Uint8Array, sample: number) {
  const inPiece = samplesInPiece(page);
  const offset = page.together ? sample : 0;
  const rowBytes = bytesOfRow(page);
  if (page.bits < 8) {
    const perByte = 8 / page.bits;
    const mask = (1 << page.bits) - 1;
    return (row: number, column: number) => {
      const index = column * inPiece + offset;
      const byte = bytes[row * rowBytes + Math.floor(index / perByte)] ?? 0;
      return (byte >> (8 - page.bits * ((index % perByte) + 1))) & mask;
    };
  }
  const size = page.bits / 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The floating-point predictor leaves the highest byte first, whatever the order of the file.
  const get = pixelGetter(page.dataType, view, page.predictor === 3 ? false : tiff.littleEndian);
  return (row: number, column: number) => get(row * rowBytes + (column * inPiece + offset) * size);
}

/** Differences to the pixel before (2), or of bytes that stand plane by plane (3): TIFF 6.0, section 14; technical note 3. */
function undoPredictor(tiff: TiffFile, page: Page, bytes: Uint8Array, rows: number, rowBytes: number): Uint8Array {
  if (page.predictor === 1) return bytes;
  const inPiece = samplesInPiece(page);
  const size = page.bits / 8;
  const isKnown = (page.predictor === 2 && [1, 2, 4].includes(size)) || (page.predictor === 3 && page.bits >= 16);
  if (!isKnown) {
    const sentence = `its values of ${page.bits} bits are predicted in a way (${page.predictor}) that is not read here.`;
    throw formatFault('format.unsupported', tiff.file.path, sentence, { field: 'Predictor', value: page.predictor });
  }
  const out = Uint8Array.from(bytes.subarray(0, rows * rowBytes));
  for (let row = 0; row < rows; row++) {
    const line = out.subarray(row * rowBytes, (row + 1) * rowBytes);
    if (page.predictor === 3) undoFloat(line, inPiece, size);
    else undoDifferences(line, inPiece, size, tiff.littleEndian);
  }
  return out;
}

function undoDifferences(line: Uint8Array, inPiece: number, size: number, littleEndian: boolean): void {
  const view = new DataView(line.buffer, line.byteOffset, line.byteLength);
  for (let at = inPiece * size; at + size <= line.length; at += size) {
    const before = at - inPiece * size;
    if (size === 1) view.setUint8(at, view.getUint8(at) + view.getUint8(before));
    else if (size === 2) {
      view.setUint16(at, view.getUint16(at, littleEndian) + view.getUint16(before, littleEndian), littleEndian);
    } else view.setUint32(at, view.getUint32(at, littleEndian) + view.getUint32(before, littleEndian), littleEndian);
  }
}

function undoFloat(line: Uint8Array, inPiece: number, size: number): void {
  for (let at = inPiece; at < line.length; at++) line[at] = (line[at] ?? 0) + (line[at - inPiece] ?? 0);
  const planes = Uint8Array.from(line);
  const count = line.length / size;
  for (let value = 0; value < count; value++) {
    for (let byte = 0; byte < size; byte++) line[value * size + byte] = planes[byte * count + value] ?? 0;
  }
}
