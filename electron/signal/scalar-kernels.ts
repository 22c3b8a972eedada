import type { KernelFunctions } from './kernel-functions.ts';
import { singleValue } from './singles.ts';

/**
 * The kernels in plain code: what the compiled ones are tested against, and what runs where they were not built.
 * Slow on purpose: every word is fetched by the formula of `BlockRun`.
 */
export function scalarKernels(memory: WebAssembly.Memory): KernelFunctions {
  const view = () => new DataView(memory.buffer);

  const eachWord = (
    [src, blockBytes, perBlock, from, to]: readonly [number, number, number, number, number],
    flip: number,
    visit: (word: number, index: number) => void,
  ) => {
    const data = view();
    for (let position = from; position < to; position++) {
      const at = src + Math.floor(position / perBlock) * blockBytes + (position % perBlock) * 2;
      visit(signed(data.getUint16(at, true) ^ flip), position - from);
    }
  };

  const decodeChannel =
    (bytes: 4 | 8): KernelFunctions['decodeChannelF64'] =>
    (src, blockBytes, perBlock, from, to, flip, bias, gain, offset, out) => {
      const data = view();
      eachWord([src, blockBytes, perBlock, from, to], flip, (word, index) => {
        put(data, out + index * bytes, bytes, (word + bias) * gain + offset);
      });
    };

  const decodeRows =
    (bytes: 4 | 8): KernelFunctions['decodeRowsF64'] =>
    (src, rows, rowBytes, columns, flip, bias, table) => {
      const data = view();
      for (let column = 0; column < columns; column++, table += 24) {
        const gain = data.getFloat64(table, true);
        const offset = data.getFloat64(table + 8, true);
        const out = data.getUint32(table + 16, true);
        eachWord([src + column * 2, rowBytes, 1, 0, rows], flip, (word, row) => {
          put(data, out + row * bytes, bytes, (word + bias) * gain + offset);
        });
      }
    };

  const decodeChannelSingle: KernelFunctions['decodeChannelSingle'] = (
    ...[src, blockBytes, perBlock, from, to, flip, bias, high, low, out]
  ) => {
    const data = view();
    eachWord([src, blockBytes, perBlock, from, to], flip, (word, index) => {
      put(data, out + index * 4, 4, singleValue(word + bias, high, low));
    });
  };

  const decodeBit =
    (bytes: 4 | 8): KernelFunctions['decodeBitF64'] =>
    (src, blockBytes, perBlock, from, to, bit, out) => {
      const data = view();
      eachWord([src, blockBytes, perBlock, from, to], 0, (word, index) => {
        put(data, out + index * bytes, bytes, (word >> bit) & 1);
      });
    };

  const valuesOfExtremes =
    (bytes: 4 | 8): KernelFunctions['valuesOfExtremesF64'] =>
    (lo, hi, step, columns, bias, gain, offset, least, most) => {
      const data = view();
      for (let column = 0; column < columns; column++) {
        const low = data.getInt16(lo + column * step, true);
        const high = data.getInt16(hi + column * step, true);
        put(data, least + column * bytes, bytes, low > high ? NaN : (low + bias) * gain + offset);
        put(data, most + column * bytes, bytes, low > high ? NaN : (high + bias) * gain + offset);
      }
    };

  const extend = (data: DataView, lo: number, hi: number, word: number) => {
    if (word < data.getInt16(lo, true)) data.setInt16(lo, word, true);
    if (word > data.getInt16(hi, true)) data.setInt16(hi, word, true);
  };

  const eachColumn = (edges: number, columns: number, visit: (column: number, from: number, to: number) => void) => {
    const data = view();
    for (let column = 0; column < columns; column++) {
      visit(column, data.getInt32(edges + 4 * column, true), data.getInt32(edges + 4 * column + 4, true));
    }
  };

  return {
    extremesOfColumns: (src, blockBytes, perBlock, edges, columns, flip, lo, hi) => {
      const data = view();
      eachColumn(edges, columns, (column, from, to) => {
        eachWord([src, blockBytes, perBlock, from, to], flip, (word) => {
          extend(data, lo + 2 * column, hi + 2 * column, word);
        });
      });
    },
    extremesOfRows: (src, rows, rowBytes, columns, flip, lo, hi) => {
      const data = view();
      for (let at = 0; at < 2 * columns; at += 2) {
        eachWord([src + at, rowBytes, 1, 0, rows], flip, (word) => extend(data, lo + at, hi + at, word));
      }
    },
    bitsOfColumns: (src, blockBytes, perBlock, edges, columns, all, any) => {
      const data = view();
      eachColumn(edges, columns, (column, from, to) => {
        const at = 2 * column;
        eachWord([src, blockBytes, perBlock, from, to], 0, (word) => {
          data.setUint16(all + at, data.getUint16(all + at, true) & word, true);
          data.setUint16(any + at, data.getUint16(any + at, true) | word, true);
        });
      });
    },
    zipPairs: (lo, hi, columns, words, columnStep, wordStep, out, rowBytes) => {
      const data = view();
      for (let column = 0; column < columns; column++) {
        for (let word = 0; word < words; word++) {
          const from = column * columnStep + word * wordStep;
          const to = out + column * rowBytes + 4 * word;
          data.setUint16(to, data.getUint16(lo + from, true), true);
          data.setUint16(to + 2, data.getUint16(hi + from, true), true);
        }
      }
    },
    valuesOfExtremesF64: valuesOfExtremes(8),
    valuesOfExtremesF32: valuesOfExtremes(4),
    filterPlane: (plane, count, chain, sections, state, step) => {
      const data = view();
      for (let section = 0; section < sections; section++) {
        const [b0, b1, b2, a1, a2] = [0, 1, 2, 3, 4].map((k) =>
          data.getFloat64(chain + 8 * (5 * section + k), true),
        ) as [number, number, number, number, number];
        const own = state + 16 * section;
        for (let k = 0; k < count; k++) {
          const at = plane + k * step;
          const value = data.getFloat64(at, true);
          const result = b0 * value + data.getFloat64(own, true);
          data.setFloat64(own, b1 * value - a1 * result + data.getFloat64(own + 8, true), true);
          data.setFloat64(own + 8, b2 * value - a2 * result, true);
          data.setFloat64(at, result, true);
        }
      }
    },
    medianOfPlanes: (planes, channels, count, _buffer, out) => {
      const data = view();
      for (let k = 0; k < count; k++) {
        const sorted = valuesAt(data, planes, channels, count, k).sort();
        const [a = NaN, b = NaN] = [sorted[(channels - 1) >> 1], sorted[channels >> 1]];
        data.setFloat64(out + 8 * k, (a + b) / 2, true);
      }
    },
    meanOfPlanes: (planes, channels, count, out) => {
      const data = view();
      for (let k = 0; k < count; k++) {
        const sum = valuesAt(data, planes, channels, count, k).reduce((all, value) => all + value, 0);
        data.setFloat64(out + 8 * k, sum / channels, true);
      }
    },
    decodeChannelF64: decodeChannel(8),
    decodeChannelF32: decodeChannel(4),
    decodeChannelSingle,
    decodeRowsF64: decodeRows(8),
    decodeRowsF32: decodeRows(4),
    decodeRowsSingle: (src, rows, rowBytes, columns, flip, bias, table) => {
      const data = view();
      for (let column = 0; column < columns; column++, table += 24) {
        const [high, low] = [data.getFloat64(table, true), data.getFloat64(table + 8, true)];
        const out = data.getUint32(table + 16, true);
        decodeChannelSingle(src + column * 2, rowBytes, 1, 0, rows, flip, bias, high, low, out);
      }
    },
    decodeBitF64: decodeBit(8),
    decodeBitF32: decodeBit(4),
  };
}

/** Values of all planes at one place. */
function valuesAt(data: DataView, planes: number, channels: number, count: number, place: number): Float64Array {
  return Float64Array.from({ length: channels }, (_, c) => data.getFloat64(planes + 8 * (c * count + place), true));
}

function signed(word: number): number {
  return (word << 16) >> 16;
}

function put(data: DataView, at: number, bytes: 4 | 8, value: number): void {
  if (bytes === 8) data.setFloat64(at, value, true);
  else data.setFloat32(at, value, true);
}
