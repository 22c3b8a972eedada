import { inflateSync } from 'node:zlib';
import { newPixels, type PixelArray } from '../../../shared/model/pixels.ts';
import { PNG_MARK } from '../../files/png-writer.ts';
import { type FileBytes, withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { checkPlace, frameTooLarge } from './image-faults.ts';
import { type ImageLayout, MOST_HELD_BYTES, type OpenImages } from './image-stack.ts';

/** Source: PNG specification, third edition (W3C, 2025). Colours of a palette are told as red, green and blue. */
/** Samples of a pixel by colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

/** @throws NdiError format.*, path.* */
export function openPng(path: string): OpenImages {
  const header = withFile(path, readHeader);
  const samples = header.colour === PALETTE ? 3 : (SAMPLES[header.colour] ?? 1);
  const layout: ImageLayout = {
    format: 'png',
    ...{ height: header.height, width: header.width },
    dataType: header.bits === 16 ? 'uint16' : header.bits === 1 && header.colour === 0 ? 'logical' : 'uint8',
    axes: samples === 1 ? [] : [{ letter: 'C', size: samples }],
    problems: [],
  };
  return {
    layout,
    readFrame(at, step) {
      checkPlace(layout, at, step, path);
      return withFile(path, (file) => readSample(file, header, layout, at[0] ?? 0, step));
    },
  };
}

function readHeader(file: FileBytes): Header {
  const view = file.view(0, 33, 'the PNG header');
  const isPng = PNG_MARK.every((byte, at) => view.getUint8(at) === byte) && view.getUint32(12) === 0x49484452;
  if (!isPng) throw formatFault('format.invalid', file.path, 'it does not begin as a PNG file.', { offset: 0 });
  const [width, height, bits, colour] = [view.getUint32(16), view.getUint32(20), view.getUint8(24), view.getUint8(25)];
  const depths = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] }[colour];
  const isKnown = view.getUint8(26) === 0 && view.getUint8(27) === 0 && view.getUint8(28) <= 1;
  if (width === 0 || height === 0 || width * height > 2 ** 40 || depths?.includes(bits) !== true || !isKnown) {
    const sentence = `its header tells of ${width} × ${height} pixels of ${bits} bits and colour type ${colour}, which cannot be.`;
    throw formatFault('format.invalid', file.path, sentence, { field: 'IHDR', offset: 8 });
  }
  return { width, height, bits, colour, interlaced: view.getUint8(28) === 1 };
}

interface Chunks {
  readonly data: Uint8Array;
  readonly palette: Uint8Array;
}

function readChunks(file: FileBytes): Chunks {
  const data: Uint8Array[] = [];
  let palette = new Uint8Array(0);
  let bytes = 0;
  for (let at = 8; at + 8 <= file.size;) {
    const head = file.view(at, 8, 'a chunk');
    const [length, kind] = [head.getUint32(0), head.getUint32(4)];
    if (kind === 0x49454e44) break;
    if (kind === 0x49444154 || kind === 0x504c5445) {
      bytes += length;
      if (bytes > MOST_HELD_BYTES) throw frameTooLarge(file.path, bytes);
      const body = new Uint8Array(file.peek(at + 8, length, 'a chunk').buffer as ArrayBuffer);
      if (kind === 0x504c5445) palette = body;
      else data.push(body);
    }
    at += 12 + length;
  }
  return { data: Buffer.concat(data), palette };
}

/** Passes of an interlaced picture: first column and row, and the steps between them (Adam7). */
const ADAM7 = [
  ...[[0, 0, 8, 8] as const, [4, 0, 8, 8] as const, [0, 4, 4, 8] as const, [2, 0, 4, 4] as const],
  ...[[0, 2, 2, 4] as const, [1, 0, 2, 2] as const, [0, 1, 1, 2] as const],
];

function readSample(file: FileBytes, header: Header, layout: ImageLayout, sample: number, step: number): PixelArray {
  const { width, height, bits, colour, interlaced } = header;
  const stored = SAMPLES[colour] ?? 1;
  const passes = (interlaced ? ADAM7 : [[0, 0, 1, 1] as const]).map(([x0, y0, dx, dy]) => {
    const [columns, rows] = [Math.ceil((width - x0) / dx), Math.ceil((height - y0) / dy)];
    const rowBytes = Math.ceil((columns * stored * bits) / 8);
    return { x0, y0, dx, dy, columns, rows, rowBytes, bytes: columns > 0 && rows > 0 ? rows * (1 + rowBytes) : 0 };
  });
  const needed = passes.reduce((sum, pass) => sum + pass.bytes, 0);
  if (needed > MOST_HELD_BYTES) throw frameTooLarge(file.path, needed);
  const { data, palette } = readChunks(file);
  const bytes = inflated(data, needed, file.path);
  const columns = Math.ceil(width / step);
  const values = newPixels(layout.dataType, columns * Math.ceil(height / step));
  let at = 0;
  for (const pass of passes) {
    if (pass.bytes === 0) continue;
    const lines = bytes.subarray(at, at + pass.bytes);
    at += pass.bytes;
    unfilter(lines, pass.rows, pass.rowBytes, Math.max(1, (stored * bits) / 8), file.path);
    for (let row = 0; row < pass.rows; row++) {
      const y = pass.y0 + row * pass.dy;
      if (y % step !== 0) continue;
      const line = lines.subarray(row * (1 + pass.rowBytes) + 1, (row + 1) * (1 + pass.rowBytes));
      for (let column = 0; column < pass.columns; column++) {
        const x = pass.x0 + column * pass.dx;
        if (x % step !== 0) continue;
        const value = valueIn(line, column * stored + (colour === PALETTE ? 0 : sample), bits);
        values[(y / step) * columns + x / step] = colour === PALETTE ? (palette[3 * value + sample] ?? 0) : value;
      }
    }
  }
  return values;
}

function valueIn(line: Uint8Array, index: number, bits: number): number {
  if (bits === 8) return line[index] ?? 0;
  if (bits === 16) return ((line[2 * index] ?? 0) << 8) | (line[2 * index + 1] ?? 0);
  const perByte = 8 / bits;
  return ((line[Math.floor(index / perByte)] ?? 0) >> (8 - bits * ((index % perByte) + 1))) & ((1 << bits) - 1);
}

function inflated(data: Uint8Array, needed: number, path: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(data, { maxOutputLength: needed + 1024 });
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw formatFault('format.invalid', path, `its compressed pixels are damaged (${why}).`, { field: 'IDAT' });
  }
  if (bytes.length >= needed) return bytes;
  const sentence = `it holds ${bytes.length} of ${needed} bytes of pixels.`;
  throw formatFault('format.truncated', path, sentence, { field: 'IDAT', needed, size: bytes.length });
}

/** Each line begins with the number of its filter, which predicts a byte from those to the left and above. */
function unfilter(lines: Uint8Array, rows: number, rowBytes: number, pixel: number, path: string): void {
  let above = new Uint8Array(rowBytes);
  for (let row = 0; row < rows; row++) {
    const start = row * (1 + rowBytes);
    const filter = lines[start] ?? 0;
    const line = lines.subarray(start + 1, start + 1 + rowBytes);
    if (filter > 4) {
      throw formatFault('format.invalid', path, `row ${row} has the filter ${filter}, which there is not.`, {
        field: 'IDAT',
      });
    }
    for (let at = 0; filter !== 0 && at < rowBytes; at++) {
      const left = at < pixel ? 0 : (line[at - pixel] ?? 0);
      const up = above[at] ?? 0;
      const corner = at < pixel ? 0 : (above[at - pixel] ?? 0);
      const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
      line[at] = (line[at] ?? 0) + guess;
    }
    above = line as Uint8Array<ArrayBuffer>;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
