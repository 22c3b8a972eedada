// Hot loops in AssemblyScript, compiled to dist/kernels/kernels.wasm by build/commands/kernels.mjs. The same loops in
// plain TypeScript, which the tests compare these with, are in ../scalar-kernels.ts.
//
// Words are 16 bits. All arithmetic is on signed words: `flip` is 0x8000 for words stored unsigned, else 0; `bias` is
// what the physical formula expects on top (32768 for words that mean unsigned ones, else 0).

// ---- extremes ----

/**
 * Extends lo[k] and hi[k] (one word a column) by the samples [edges[k], edges[k + 1]) of one channel; edges are i32
 * positions.
 */
export function extremesOfColumns(
  src: usize, blockBytes: i32, perBlock: i32, edges: usize, columns: i32, flip: i32, lo: usize, hi: usize,
): void {
  for (let k = 0; k < columns; k++, edges += 4, lo += 2, hi += 2) {
    const from = load<i32>(edges);
    const to = load<i32>(edges, 4);
    if (to > from) extremesOfRange(src, blockBytes, perBlock, from, to, flip, lo, hi);
  }
}

function extremesOfRange(
  src: usize, blockBytes: i32, perBlock: i32, from: i32, to: i32, flip: i32, lo: usize, hi: usize,
): void {
  let low = <i32>load<i16>(lo);
  let high = <i32>load<i16>(hi);
  const mask = i16x8.splat(<i16>flip);
  let lows = i16x8.splat(<i16>low);
  let highs = i16x8.splat(<i16>high);
  let position = from;
  while (position < to) {
    const block = position / perBlock;
    const inBlock = position - block * perBlock;
    const count = min(perBlock - inBlock, to - position);
    let at = src + <usize>block * blockBytes + <usize>inBlock * 2;
    const end = at + <usize>count * 2;
    position += count;
    if (count < 8) {
      for (; at < end; at += 2) {
        const word = <i32>(<i16>(load<u16>(at) ^ <u16>flip));
        low = min(low, word);
        high = max(high, word);
      }
      continue;
    }
    for (; at + 32 <= end; at += 32) {
      const a = v128.xor(v128.load(at), mask);
      const b = v128.xor(v128.load(at, 16), mask);
      lows = i16x8.min_s(lows, i16x8.min_s(a, b));
      highs = i16x8.max_s(highs, i16x8.max_s(a, b));
    }
    if (at + 16 <= end) {
      const a = v128.xor(v128.load(at), mask);
      lows = i16x8.min_s(lows, a);
      highs = i16x8.max_s(highs, a);
    }
    // The last eight once more: a word that is looked at twice changes nothing.
    const last = v128.xor(v128.load(end - 16), mask);
    lows = i16x8.min_s(lows, last);
    highs = i16x8.max_s(highs, last);
  }
  low = min(low, smallest(lows));
  high = max(high, -1 - smallest(v128.not(highs)));
  store<i16>(lo, <i16>low);
  store<i16>(hi, <i16>high);
}

// @ts-ignore: decorator
@inline
function smallest(words: v128): i32 {
  let v = i16x8.min_s(words, i16x8.shuffle(words, words, 4, 5, 6, 7, 0, 1, 2, 3));
  v = i16x8.min_s(v, i16x8.shuffle(v, v, 2, 3, 0, 1, 4, 5, 6, 7));
  return <i32>min(i16x8.extract_lane_s(v, 0), i16x8.extract_lane_s(v, 1));
}

/** Extends lo[c] and hi[c] by rows of `columns` neighbouring words; rows lie `rowBytes` apart. */
export function extremesOfRows(
  src: usize, rows: i32, rowBytes: i32, columns: i32, flip: i32, lo: usize, hi: usize,
): void {
  const mask = i16x8.splat(<i16>flip);
  // Tiles of 128 rows stay in the cache while all columns pass over them.
  for (let from = 0; from < rows; from += 128) {
    const count = min(128, rows - from);
    const tile = src + <usize>from * rowBytes;
    let c = 0;
    for (; c + 32 <= columns; c += 32) extremes32(tile, count, rowBytes, c, mask, lo, hi);
    for (; c + 8 <= columns; c += 8) extremes8(tile, count, rowBytes, c, mask, lo, hi);
    for (; c < columns; c++) extremes1(tile, count, rowBytes, c, flip, lo, hi);
  }
}

// @ts-ignore: decorator
@inline
function extremes32(tile: usize, rows: i32, rowBytes: i32, c: i32, mask: v128, lo: usize, hi: usize): void {
  const l = lo + <usize>c * 2;
  const h = hi + <usize>c * 2;
  let l0 = v128.load(l), l1 = v128.load(l, 16), l2 = v128.load(l, 32), l3 = v128.load(l, 48);
  let h0 = v128.load(h), h1 = v128.load(h, 16), h2 = v128.load(h, 32), h3 = v128.load(h, 48);
  let at = tile + <usize>c * 2;
  for (let row = 0; row < rows; row++, at += rowBytes) {
    const a = v128.xor(v128.load(at), mask), b = v128.xor(v128.load(at, 16), mask);
    const d = v128.xor(v128.load(at, 32), mask), e = v128.xor(v128.load(at, 48), mask);
    l0 = i16x8.min_s(l0, a); l1 = i16x8.min_s(l1, b); l2 = i16x8.min_s(l2, d); l3 = i16x8.min_s(l3, e);
    h0 = i16x8.max_s(h0, a); h1 = i16x8.max_s(h1, b); h2 = i16x8.max_s(h2, d); h3 = i16x8.max_s(h3, e);
  }
  v128.store(l, l0); v128.store(l, l1, 16); v128.store(l, l2, 32); v128.store(l, l3, 48);
  v128.store(h, h0); v128.store(h, h1, 16); v128.store(h, h2, 32); v128.store(h, h3, 48);
}

// @ts-ignore: decorator
@inline
function extremes8(tile: usize, rows: i32, rowBytes: i32, c: i32, mask: v128, lo: usize, hi: usize): void {
  let low = v128.load(lo + <usize>c * 2);
  let high = v128.load(hi + <usize>c * 2);
  let at = tile + <usize>c * 2;
  for (let row = 0; row < rows; row++, at += rowBytes) {
    const words = v128.xor(v128.load(at), mask);
    low = i16x8.min_s(low, words);
    high = i16x8.max_s(high, words);
  }
  v128.store(lo + <usize>c * 2, low);
  v128.store(hi + <usize>c * 2, high);
}

// @ts-ignore: decorator
@inline
function extremes1(tile: usize, rows: i32, rowBytes: i32, c: i32, flip: i32, lo: usize, hi: usize): void {
  let low = load<i16>(lo + <usize>c * 2);
  let high = load<i16>(hi + <usize>c * 2);
  let at = tile + <usize>c * 2;
  for (let row = 0; row < rows; row++, at += rowBytes) {
    const word = <i16>(load<u16>(at) ^ <u16>flip);
    if (word < low) low = word;
    if (word > high) high = word;
  }
  store<i16>(lo + <usize>c * 2, low);
  store<i16>(hi + <usize>c * 2, high);
}

/** For digital words: ANDs into all[k] and ORs into any[k] the samples of column k. */
export function bitsOfColumns(
  src: usize, blockBytes: i32, perBlock: i32, edges: usize, columns: i32, all: usize, any: usize,
): void {
  for (let k = 0; k < columns; k++, edges += 4, all += 2, any += 2) {
    bitsOfRange(src, blockBytes, perBlock, load<i32>(edges), load<i32>(edges, 4), all, any);
  }
}

function bitsOfRange(
  src: usize, blockBytes: i32, perBlock: i32, from: i32, to: i32, all: usize, any: usize,
): void {
  let every = load<u16>(all);
  let some = load<u16>(any);
  let position = from;
  while (position < to) {
    const inBlock = position % perBlock;
    let count = perBlock - inBlock;
    if (count > to - position) count = to - position;
    let at = src + <usize>(position / perBlock) * blockBytes + <usize>inBlock * 2;
    position += count;
    for (; count > 0; count--, at += 2) {
      const word = load<u16>(at);
      every &= word;
      some |= word;
    }
  }
  store<u16>(all, every);
  store<u16>(any, some);
}

/**
 * Lays words of two tables side by side: for column k and word w the pair lo[k, w], hi[k, w] goes to
 * out + k * rowBytes + 4 * w. In the tables [k, w] lies at k * columnStep + w * wordStep.
 */
export function zipPairs(
  lo: usize, hi: usize, columns: i32, words: i32, columnStep: i32, wordStep: i32, out: usize, rowBytes: i32,
): void {
  for (let k = 0; k < columns; k++, lo += columnStep, hi += columnStep, out += rowBytes) {
    let w = 0;
    let at: usize = 0;
    let to = out;
    if (wordStep == 2) {
      for (; w + 8 <= words; w += 8, at += 16, to += 32) {
        const a = v128.load(lo + at), b = v128.load(hi + at);
        v128.store(to, low16(a, b));
        v128.store(to, high16(a, b), 16);
      }
    }
    for (; w < words; w++, at += wordStep, to += 4) {
      store<u16>(to, load<u16>(lo + at));
      store<u16>(to, load<u16>(hi + at), 2);
    }
  }
}

/**
 * Physical values of the extremes of one channel; words of neighbouring columns lie `step` bytes apart. NaN where a
 * minimum is above its maximum: nothing was added there.
 */
// @ts-ignore: decorator
@inline
function valuesOfExtremes<T extends number>(
  lo: usize, hi: usize, step: i32, columns: i32, bias: i32, gain: f64, offset: f64, least: usize, most: usize,
): void {
  for (let k = 0; k < columns; k++, lo += step, hi += step, least += sizeof<T>(), most += sizeof<T>()) {
    const low = <i32>load<i16>(lo), high = <i32>load<i16>(hi);
    store<T>(least, <T>(low > high ? NaN : <f64>(low + bias) * gain + offset));
    store<T>(most, <T>(low > high ? NaN : <f64>(high + bias) * gain + offset));
  }
}

export function valuesOfExtremesF64(
  lo: usize, hi: usize, step: i32, columns: i32, bias: i32, gain: f64, offset: f64, least: usize, most: usize,
): void {
  valuesOfExtremes<f64>(lo, hi, step, columns, bias, gain, offset, least, most);
}

export function valuesOfExtremesF32(
  lo: usize, hi: usize, step: i32, columns: i32, bias: i32, gain: f64, offset: f64, least: usize, most: usize,
): void {
  valuesOfExtremes<f32>(lo, hi, step, columns, bias, gain, offset, least, most);
}

// ---- filters ----

/**
 * Filters `count` values (f64, `step` bytes apart) in place by a chain of second-order sections. Each section is
 * b0, b1, b2, a1, a2 at `chain`, and has two values of state, in transposed direct form II.
 */
export function filterPlane(
  plane: usize, count: i32, chain: usize, sections: i32, state: usize, step: i32,
): void {
  for (let s = 0; s < sections; s++, chain += 40, state += 16) {
    const b0 = load<f64>(chain), b1 = load<f64>(chain, 8), b2 = load<f64>(chain, 16);
    const a1 = load<f64>(chain, 24), a2 = load<f64>(chain, 32);
    let first = load<f64>(state), second = load<f64>(state, 8);
    let at = plane;
    for (let k = 0; k < count; k++, at += step) {
      const value = load<f64>(at);
      const result = b0 * value + first;
      first = b1 * value - a1 * result + second;
      second = b2 * value - a2 * result;
      store<f64>(at, result);
    }
    store<f64>(state, first);
    store<f64>(state, second, 8);
  }
}

/** Median over the planes at each of `count` places; planes follow each other. `buffer` has room for one value a plane. */
export function medianOfPlanes(planes: usize, channels: i32, count: i32, buffer: usize, out: usize): void {
  const stride = <usize>count * 8;
  const middle = channels >> 1;
  for (let k = 0; k < count; k++, planes += 8, out += 8) {
    for (let c = 0; c < channels; c++) store<f64>(buffer + (<usize>c << 3), load<f64>(planes + <usize>c * stride));
    const upper = nthSmallest(buffer, channels, middle);
    if (channels & 1) {
      store<f64>(out, upper);
      continue;
    }
    // What lies before the middle is not larger than it.
    let lower = load<f64>(buffer);
    for (let c = 1; c < middle; c++) lower = max(lower, load<f64>(buffer + (<usize>c << 3)));
    store<f64>(out, (lower + upper) / 2);
  }
}

/** The n-th smallest of some values, by partitions: smaller ones stand before it afterwards. */
function nthSmallest(values: usize, count: i32, n: i32): f64 {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = load<f64>(values + (<usize>n << 3));
    let i = low;
    let j = high;
    while (i <= j) {
      while (load<f64>(values + (<usize>i << 3)) < pivot) i++;
      while (pivot < load<f64>(values + (<usize>j << 3))) j--;
      if (i <= j) {
        const a = values + (<usize>i << 3), b = values + (<usize>j << 3);
        const kept = load<f64>(a);
        store<f64>(a, load<f64>(b));
        store<f64>(b, kept);
        i++;
        j--;
      }
    }
    if (j < n) low = i;
    if (n < i) high = j;
  }
  return load<f64>(values + (<usize>n << 3));
}

/** Average over the planes at each of `count` places. */
export function meanOfPlanes(planes: usize, channels: i32, count: i32, out: usize): void {
  const stride = <usize>count * 8;
  for (let k = 0; k < count; k++, planes += 8, out += 8) {
    let sum: f64 = 0;
    for (let c = 0; c < channels; c++) sum += load<f64>(planes + <usize>c * stride);
    store<f64>(out, sum / <f64>channels);
  }
}

// ---- decoding: physical = word * gain + offset in double precision ----

/** Stores eight physical values as f64 or, rounded once, as f32. */
// @ts-ignore: decorator
@inline
function storeEight<T extends number>(out: usize, words: v128, bias: v128, gain: v128, offset: v128): void {
  const low = i32x4.add(i32x4.extend_low_i16x8_s(words), bias);
  const high = i32x4.add(i32x4.extend_high_i16x8_s(words), bias);
  const a = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(low), gain), offset);
  const b = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(upper(low)), gain), offset);
  const c = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(high), gain), offset);
  const d = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(upper(high)), gain), offset);
  if (sizeof<T>() == 8) {
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
  } else {
    v128.store(out, i64x2.shuffle(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2));
    v128.store(out, i64x2.shuffle(f32x4.demote_f64x2_zero(c), f32x4.demote_f64x2_zero(d), 0, 2), 16);
  }
}

// @ts-ignore: decorator
@inline
function upper(words: v128): v128 {
  return i64x2.shuffle(words, words, 1, 1);
}

// @ts-ignore: decorator
@inline
function storeOne<T extends number>(
  out: usize, at: usize, flip: i32, bias: i32, gain: f64, offset: f64, single: bool,
): void {
  const word = <i32>(<i16>(load<u16>(at) ^ <u16>flip)) + bias;
  if (single) store<f32>(out, <f32>word * <f32>gain + <f32>word * <f32>offset);
  else store<T>(out, <T>(<f64>word * gain + offset));
}

/** Stores word * high + word * low, all in singles: for gains where that gives what doubles would (`singles.ts`). */
// @ts-ignore: decorator
@inline
function storeSingles(out: usize, words: v128, bias: v128, high: v128, low: v128): void {
  const a = f32x4.convert_i32x4_s(i32x4.add(i32x4.extend_low_i16x8_s(words), bias));
  const b = f32x4.convert_i32x4_s(i32x4.add(i32x4.extend_high_i16x8_s(words), bias));
  v128.store(out, f32x4.add(f32x4.mul(a, high), f32x4.mul(a, low)));
  v128.store(out, f32x4.add(f32x4.mul(b, high), f32x4.mul(b, low)), 16);
}

/** `single`: the gain is given as two singles, `gain` and `offset`, as in `storeSingles`. */
// @ts-ignore: decorator
@inline
function decodeChannel<T extends number>(
  src: usize, blockBytes: i32, perBlock: i32, from: i32, to: i32,
  flip: i32, bias: i32, gain: f64, offset: f64, out: usize, single: bool,
): void {
  const mask = i16x8.splat(<i16>flip);
  const biases = i32x4.splat(bias);
  const gains = single ? f32x4.splat(<f32>gain) : f64x2.splat(gain);
  const offsets = single ? f32x4.splat(<f32>offset) : f64x2.splat(offset);
  let position = from;
  while (position < to) {
    const inBlock = position % perBlock;
    let count = perBlock - inBlock;
    if (count > to - position) count = to - position;
    let at = src + <usize>(position / perBlock) * blockBytes + <usize>inBlock * 2;
    position += count;
    for (; count >= 8; count -= 8, at += 16, out += 8 * sizeof<T>()) {
      const words = v128.xor(v128.load(at), mask);
      if (single) storeSingles(out, words, biases, gains, offsets);
      else storeEight<T>(out, words, biases, gains, offsets);
    }
    for (; count > 0; count--, at += 2, out += sizeof<T>()) storeOne<T>(out, at, flip, bias, gain, offset, single);
  }
}

/** Physical values of the samples [from, to) of one channel. */
export function decodeChannelF64(
  src: usize, blockBytes: i32, perBlock: i32, from: i32, to: i32,
  flip: i32, bias: i32, gain: f64, offset: f64, out: usize,
): void {
  decodeChannel<f64>(src, blockBytes, perBlock, from, to, flip, bias, gain, offset, out, false);
}

export function decodeChannelF32(
  src: usize, blockBytes: i32, perBlock: i32, from: i32, to: i32,
  flip: i32, bias: i32, gain: f64, offset: f64, out: usize,
): void {
  decodeChannel<f32>(src, blockBytes, perBlock, from, to, flip, bias, gain, offset, out, false);
}

export function decodeChannelSingle(
  src: usize, blockBytes: i32, perBlock: i32, from: i32, to: i32,
  flip: i32, bias: i32, high: f64, low: f64, out: usize,
): void {
  decodeChannel<f32>(src, blockBytes, perBlock, from, to, flip, bias, high, low, out, true);
}

/**
 * Rows of interleaved words to one plane a column. `table` has 24 bytes a column: gain and offset (f64; with
 * `single` the two parts of the gain), and where its values go (u32).
 */
// @ts-ignore: decorator
@inline
function decodeRows<T extends number>(
  src: usize, rows: i32, rowBytes: i32, columns: i32, flip: i32, bias: i32, table: usize, single: bool,
): void {
  const rows8 = rows & ~7;
  const columns8 = columns & ~7;
  // Tiles of 64 rows: what is read for eight columns is still in the cache for the next eight.
  for (let from = 0; from < rows8; from += 64) {
    const end = min(rows8, from + 64);
    for (let c = 0; c < columns8; c += 8) {
      for (let row = from; row < end; row += 8) {
        const tile = src + <usize>row * rowBytes + <usize>c * 2;
        decodeTile<T>(tile, rowBytes, flip, bias, table + <usize>c * 24, <usize>row * sizeof<T>(), single);
      }
    }
  }
  for (let c = 0; c < columns; c++, table += 24) {
    const gain = load<f64>(table), offset = load<f64>(table, 8);
    const out = <usize>load<u32>(table, 16);
    for (let row = c < columns8 ? rows8 : 0; row < rows; row++) {
      const word = src + <usize>row * rowBytes + <usize>c * 2;
      storeOne<T>(out + <usize>row * sizeof<T>(), word, flip, bias, gain, offset, single);
    }
  }
}

/** Eight rows of eight columns, transposed in registers; values go `at` bytes behind where those of the columns begin. */
// @ts-ignore: decorator
@inline
function decodeTile<T extends number>(
  src: usize, rowBytes: i32, flip: i32, bias: i32, table: usize, at: usize, single: bool,
): void {
  const mask = i16x8.splat(<i16>flip);
  const biases = i32x4.splat(bias);
  const r0 = v128.load(src), r1 = v128.load(src + rowBytes);
  const r2 = v128.load(src + 2 * rowBytes), r3 = v128.load(src + 3 * rowBytes);
  const r4 = v128.load(src + 4 * rowBytes), r5 = v128.load(src + 5 * rowBytes);
  const r6 = v128.load(src + 6 * rowBytes), r7 = v128.load(src + 7 * rowBytes);
  // Pairs of rows, then pairs of pairs, then halves: three rounds turn rows into columns.
  const p0 = low16(r0, r1), p1 = high16(r0, r1), p2 = low16(r2, r3), p3 = high16(r2, r3);
  const p4 = low16(r4, r5), p5 = high16(r4, r5), p6 = low16(r6, r7), p7 = high16(r6, r7);
  const q0 = low32(p0, p2), q1 = high32(p0, p2), q2 = low32(p1, p3), q3 = high32(p1, p3);
  const q4 = low32(p4, p6), q5 = high32(p4, p6), q6 = low32(p5, p7), q7 = high32(p5, p7);
  storeColumn<T>(table, at, v128.xor(i64x2.shuffle(q0, q4, 0, 2), mask), biases, single);
  storeColumn<T>(table + 24, at, v128.xor(i64x2.shuffle(q0, q4, 1, 3), mask), biases, single);
  storeColumn<T>(table + 48, at, v128.xor(i64x2.shuffle(q1, q5, 0, 2), mask), biases, single);
  storeColumn<T>(table + 72, at, v128.xor(i64x2.shuffle(q1, q5, 1, 3), mask), biases, single);
  storeColumn<T>(table + 96, at, v128.xor(i64x2.shuffle(q2, q6, 0, 2), mask), biases, single);
  storeColumn<T>(table + 120, at, v128.xor(i64x2.shuffle(q2, q6, 1, 3), mask), biases, single);
  storeColumn<T>(table + 144, at, v128.xor(i64x2.shuffle(q3, q7, 0, 2), mask), biases, single);
  storeColumn<T>(table + 168, at, v128.xor(i64x2.shuffle(q3, q7, 1, 3), mask), biases, single);
}

// @ts-ignore: decorator
@inline
function storeColumn<T extends number>(column: usize, at: usize, words: v128, biases: v128, single: bool): void {
  const out = at + load<u32>(column, 16);
  if (single) {
    const high = f32x4.splat(<f32>load<f64>(column)), low = f32x4.splat(<f32>load<f64>(column, 8));
    storeSingles(out, words, biases, high, low);
  } else storeEight<T>(out, words, biases, v128.load_splat<f64>(column), v128.load_splat<f64>(column + 8));
}

// @ts-ignore: decorator
@inline
function low16(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
// @ts-ignore: decorator
@inline
function high16(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
// @ts-ignore: decorator
@inline
function low32(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 0, 4, 1, 5);
}
// @ts-ignore: decorator
@inline
function high32(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 2, 6, 3, 7);
}

export function decodeRowsF64(
  src: usize, rows: i32, rowBytes: i32, columns: i32, flip: i32, bias: i32, table: usize,
): void {
  decodeRows<f64>(src, rows, rowBytes, columns, flip, bias, table, false);
}

export function decodeRowsF32(
  src: usize, rows: i32, rowBytes: i32, columns: i32, flip: i32, bias: i32, table: usize,
): void {
  decodeRows<f32>(src, rows, rowBytes, columns, flip, bias, table, false);
}

export function decodeRowsSingle(
  src: usize, rows: i32, rowBytes: i32, columns: i32, flip: i32, bias: i32, table: usize,
): void {
  decodeRows<f32>(src, rows, rowBytes, columns, flip, bias, table, true);
}

/** One line of a digital word as 0 and 1. */
// @ts-ignore: decorator
@inline
function decodeBit<T extends number>(
  src: usize, blockBytes: i32, perBlock: i32, from: i32, to: i32, bit: i32, out: usize,
): void {
  if (perBlock == 1) {
    let at = src + <usize>from * blockBytes;
    for (let row = from; row < to; row++, at += blockBytes, out += sizeof<T>()) {
      store<T>(out, <T>((<i32>load<u16>(at) >> bit) & 1));
    }
    return;
  }
  let position = from;
  while (position < to) {
    const inBlock = position % perBlock;
    let count = perBlock - inBlock;
    if (count > to - position) count = to - position;
    let at = src + <usize>(position / perBlock) * blockBytes + <usize>inBlock * 2;
    position += count;
    for (; count > 0; count--, at += 2, out += sizeof<T>()) store<T>(out, <T>((<i32>load<u16>(at) >> bit) & 1));
  }
}

export function decodeBitF64(
  src: usize, blockBytes: i32, perBlock: i32, from: i32, to: i32, bit: i32, out: usize,
): void {
  decodeBit<f64>(src, blockBytes, perBlock, from, to, bit, out);
}

export function decodeBitF32(
  src: usize, blockBytes: i32, perBlock: i32, from: i32, to: i32, bit: i32, out: usize,
): void {
  decodeBit<f32>(src, blockBytes, perBlock, from, to, bit, out);
}
