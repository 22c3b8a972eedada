import {
  newPixels,
  type PixelArray,
  pixelBytes,
  pixelGetter,
  type PixelType,
  pixelTypeOf,
} from '../../../shared/model/pixels.ts';
import { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { checkPlace, frameTooLarge } from './image-faults.ts';
import { type ImageLayout, MOST_HELD_BYTES, type OpenImages } from './image-stack.ts';

/** What a document says of a file that says nothing of itself. */
export interface RawShape {
  /** `YXCZT`: the first axis runs fastest, as MATLAB stores matrices. */
  readonly order: string;
  readonly size: readonly number[];
  readonly dataType: string;
}

/** What is read at once, where values of a frame lie close together. */
const BLOCK_BYTES = 8 * 1024 * 1024;

/**
 * Values one after the other without a header: `frames.bin` of an ingested epoch, `.ngrid` files, raw image stacks.
 * @throws NdiError format.invalid, format.unsupported, format.truncated where the shape does not fit the file; path.*
 */
export function openRaw(path: string, shape: RawShape): OpenImages {
  const { dataType, sizes, letters } = checkedShape(path, shape);
  const count = sizes.reduce((product, size) => product * size, 1);
  const fileBytes = sizeOf(path);
  // MATLAB packs logical values into bits (`ubit1`), the Python port gives each a byte.
  const packed = dataType === 'logical' && fileBytes < count && fileBytes >= Math.ceil(count / 8);
  const needed = packed ? Math.ceil(count / 8) : count * pixelBytes(dataType);
  if (!(needed <= fileBytes)) {
    throw formatFault(
      'format.truncated',
      path,
      `it holds ${fileBytes} bytes of the ${needed} that ${sizes.join(' × ')} values of ${dataType} take.`,
      { needed, size: fileBytes },
    );
  }
  const strides = sizes.map((_, axis) => sizes.slice(0, axis).reduce((product, size) => product * size, 1));
  const of = (letter: string) => letters.indexOf(letter);
  const [rowAxis, columnAxis] = [of('Y'), of('X')];
  const others = letters.flatMap((letter, axis) => (letter === 'Y' || letter === 'X' ? [] : [{ letter, axis }]));
  const layout: ImageLayout = {
    format: 'raw',
    height: sizes[rowAxis] ?? 1,
    width: sizes[columnAxis] ?? 1,
    dataType,
    axes: others.map(({ letter, axis }) => ({ letter, size: sizes[axis] ?? 1 })),
    problems: needed === fileBytes ? [] : [longer(path, fileBytes - needed)],
  };
  const strideOf = (axis: number) => strides[axis] ?? 0;
  return {
    layout,
    readFrame(at, step) {
      checkPlace(layout, at, step, path);
      const base = others.reduce((sum, { axis }, index) => sum + (at[index] ?? 0) * strideOf(axis), 0);
      const plane = { base, rowStride: strideOf(rowAxis), columnStride: strideOf(columnAxis), step };
      return readPlane(path, layout, plane, packed);
    },
  };
}

function checkedShape(path: string, { order, size, dataType: name }: RawShape) {
  const letters = Array.from(order.trim().toUpperCase());
  const dataType = pixelTypeOf(name);
  if (dataType === null) {
    const what =
      name === ''
        ? 'nothing says of which type its values are.'
        : `its values are of the type ${name}, which is not known.`;
    throw formatFault('format.unsupported', path, what, { field: 'data_type', value: name });
  }
  const isOrder = new Set(letters).size === letters.length && letters.includes('Y') && letters.includes('X');
  if (!isOrder) {
    throw formatFault(
      'format.invalid',
      path,
      `its axes are called “${order}”, which names no rows (Y) and columns (X).`,
      {
        field: 'dimension_order',
        value: order,
      },
    );
  }
  // Trailing ones may be left out, as MATLAB leaves them out.
  const sizes = letters.map((_, axis) => size[axis] ?? 1);
  const surplus = size.slice(letters.length).some((one) => one !== 1);
  const isSize = (one: number) => Number.isSafeInteger(one) && one > 0;
  if (
    surplus ||
    size.length === 0 ||
    !sizes.every(isSize) ||
    !isSize(sizes.reduce((product, one) => product * one, 1))
  ) {
    throw formatFault('format.invalid', path, `its size (${size.join(' × ')}) is none of the axes ${order}.`, {
      field: 'dimension_size',
      value: size.join(','),
    });
  }
  return { dataType, sizes, letters };
}

function sizeOf(path: string): number {
  const file = new FileBytes(path);
  file.close();
  return file.size;
}

function longer(path: string, bytes: number) {
  const message = `The file holds ${bytes} bytes more than its size says; they are left alone.`;
  return { grade: 'note' as const, code: 'format.invalid', message, paths: [path] };
}

interface Plane {
  /** Number of the first value of the frame, counted over the file. */
  readonly base: number;
  readonly rowStride: number;
  readonly columnStride: number;
  readonly step: number;
}

function readPlane(
  path: string,
  layout: ImageLayout,
  { base, rowStride, columnStride, step }: Plane,
  packed: boolean,
): PixelArray {
  const { dataType } = layout;
  const [rows, columns] = [Math.ceil(layout.height / step), Math.ceil(layout.width / step)];
  if (rows * columns * pixelBytes(dataType) > MOST_HELD_BYTES)
    throw frameTooLarge(path, rows * columns * pixelBytes(dataType));
  const values = newPixels(dataType, rows * columns);
  const rowsInside = rowStride < columnStride;
  const inner = {
    count: rowsInside ? rows : columns,
    stride: step * Math.min(rowStride, columnStride),
    jump: rowsInside ? columns : 1,
  };
  const outer = {
    count: rowsInside ? columns : rows,
    stride: step * Math.max(rowStride, columnStride),
    jump: rowsInside ? 1 : columns,
  };
  const file = new FileBytes(path);
  try {
    const reader = new ValueReader(file, dataType, packed);
    // Lines that lie close together are read with what lies between them; others one by one.
    const lineSpan = (inner.count - 1) * inner.stride + 1;
    const linesAtOnce = Math.max(1, Math.floor(reader.valuesIn(BLOCK_BYTES) / outer.stride));
    for (let first = 0; first < outer.count; first += linesAtOnce) {
      const lines = Math.min(linesAtOnce, outer.count - first);
      const from = base + first * outer.stride;
      const span = (lines - 1) * outer.stride + lineSpan;
      const get = reader.range(from, span, inner.stride);
      for (let line = 0; line < lines; line++) {
        let into = (first + line) * outer.jump;
        for (let at = 0; at < inner.count; at++, into += inner.jump) {
          values[into] = get(from + line * outer.stride + at * inner.stride);
        }
      }
    }
  } finally {
    file.close();
  }
  return values;
}

/** Reads single values by their number in the file, a range at a time. */
class ValueReader {
  readonly #file: FileBytes;
  readonly #type: PixelType;
  readonly #packed: boolean;

  constructor(file: FileBytes, type: PixelType, packed: boolean) {
    this.#file = file;
    this.#type = type;
    this.#packed = packed;
  }

  valuesIn(bytes: number): number {
    return this.#packed ? 8 * bytes : bytes / pixelBytes(this.#type);
  }

  /** Values [from, from + span); of a range too wide to be held, each is read by itself. */
  range(from: number, span: number, stride: number): (number: number) => number {
    if (this.#packed) {
      const bit = (view: DataView, at: number, number: number) => (view.getUint8(at) >> (number % 8)) & 1;
      if (span > 8 * BLOCK_BYTES && stride > 1) {
        return (number) => bit(this.#file.peek(Math.floor(number / 8), 1, 'the frame'), 0, number);
      }
      const first = Math.floor(from / 8);
      const view = this.#file.peek(first, Math.floor((from + span - 1) / 8) - first + 1, 'the frame');
      return (number) => bit(view, Math.floor(number / 8) - first, number);
    }
    const bytes = pixelBytes(this.#type);
    if (span * bytes > BLOCK_BYTES && stride > 1) {
      return (number) => pixelGetter(this.#type, this.#file.peek(number * bytes, bytes, 'the frame'), true)(0);
    }
    const get = pixelGetter(this.#type, this.#file.peek(from * bytes, span * bytes, 'the frame'), true);
    return (number) => get((number - from) * bytes);
  }
}
