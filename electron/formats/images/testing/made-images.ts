import { crc32, deflateSync } from 'node:zlib';

/** TIFF files written by the specification alone: what the reader is held to in every clone. */
export interface TiffChoices {
  readonly width: number;
  readonly height: number;
  /** One list of values a page: row after row, samples of a pixel beside each other. */
  readonly pages: readonly (readonly number[])[];
  readonly bits?: 1 | 8 | 16 | 32;
  readonly float?: boolean;
  readonly signed?: boolean;
  readonly samples?: number;
  readonly planar?: boolean;
  readonly big?: boolean;
  readonly bigEndian?: boolean;
  readonly compression?: 'none' | 'deflate' | 'packbits' | 'lzw';
  readonly predictor?: 1 | 2;
  readonly rowsPerStrip?: number;
  readonly tile?: readonly [width: number, height: number];
  readonly description?: string;
  /** Only the first page gets a directory; the values of the others follow those of the first. */
  readonly oneDirectory?: boolean;
}

const COMPRESSIONS = { none: 1, lzw: 5, deflate: 8, packbits: 32_773 } as const;

export function madeTiff(choices: TiffChoices): Buffer {
  const { width, height, pages, bits = 16, samples = 1, planar = false, big = false, bigEndian = false } = choices;
  const { compression = 'none', predictor = 1, tile, description, float = false, signed = false } = choices;
  const parts: Buffer[] = [];
  let size = 0;
  const put = (bytes: Buffer) => {
    const at = size;
    parts.push(bytes);
    size += bytes.length;
    return at;
  };
  const number = (value: number, bytes: number) => {
    const out = Buffer.alloc(bytes);
    const word = BigInt(value);
    for (let at = 0; at < bytes; at++) {
      out[bigEndian ? bytes - 1 - at : at] = Number((word >> BigInt(8 * at)) & 255n);
    }
    return out;
  };
  const word = big ? 8 : 4;
  put(Buffer.from(bigEndian ? 'MM' : 'II'));
  put(number(big ? 43 : 42, 2));
  if (big) put(Buffer.concat([number(8, 2), number(0, 2)]));
  const links = [size];
  put(number(0, word));
  const encodeRows = (values: readonly number[], columns: number, inPiece: number) => {
    const row = columns * inPiece;
    return Buffer.concat(
      Array.from({ length: values.length / row }, (_, at) =>
        encodeRow(values.slice(at * row, (at + 1) * row), bits, float, predictor === 2 ? inPiece : 0, bigEndian),
      ),
    );
  };
  const compress = (plain: Buffer) =>
    ({ none: (same: Buffer) => same, deflate: deflateSync, packbits: packBits, lzw: lzw })[compression](plain);
  const piecesOf = (page: readonly number[]): Buffer[] => {
    const planes = planar
      ? Array.from({ length: samples }, (_, s) => page.filter((__, at) => at % samples === s))
      : [page];
    const inPiece = planar ? 1 : samples;
    return planes.flatMap((plane) => {
      if (tile === undefined) {
        const rows = choices.rowsPerStrip ?? height;
        return Array.from({ length: Math.ceil(height / rows) }, (_, at) =>
          encodeRows(
            plane.slice(at * rows * width * inPiece, Math.min(height, (at + 1) * rows) * width * inPiece),
            width,
            inPiece,
          ),
        );
      }
      const [tw, th] = tile;
      return Array.from({ length: Math.ceil(height / th) * Math.ceil(width / tw) }, (_, at) => {
        const [top, left] = [Math.floor(at / Math.ceil(width / tw)) * th, (at % Math.ceil(width / tw)) * tw];
        const values = Array.from({ length: tw * th * inPiece }, (__, place) => {
          const [y, x, s] = [
            top + Math.floor(place / (tw * inPiece)),
            left + Math.floor((place / inPiece) % tw),
            place % inPiece,
          ];
          return y < height && x < width ? (plane[(y * width + x) * inPiece + s] ?? 0) : 0;
        });
        return encodeRows(values, tw, inPiece);
      });
    });
  };
  for (const [index, page] of pages.entries()) {
    if (choices.oneDirectory === true && index > 0) break;
    const stored = piecesOf(page).map(compress);
    const offsets = stored.map(put);
    if (choices.oneDirectory === true) pages.slice(1).flatMap(piecesOf).forEach(put);
    const texts = description !== undefined && index === 0 ? Buffer.from(`${description}\0`) : null;
    const textAt = texts === null ? 0 : put(texts);
    const list = (values: readonly number[]) =>
      values.length === 1 ? (values[0] ?? 0) : put(Buffer.concat(values.map((one) => number(one, word))));
    const long = big ? 16 : 4;
    const fields: [number, number, number, number][] = [
      [256, 4, 1, width],
      [257, 4, 1, height],
      [258, 3, 1, bits],
      [259, 3, 1, COMPRESSIONS[compression]],
      [262, 3, 1, samples === 3 ? 2 : 1],
      ...(texts === null ? [] : [[270, 2, texts.length, textAt] as [number, number, number, number]]),
      ...(tile === undefined ? [[273, long, offsets.length, list(offsets)] as [number, number, number, number]] : []),
      [277, 3, 1, samples],
      ...(tile === undefined
        ? [
            [278, 4, 1, choices.rowsPerStrip ?? height] as [number, number, number, number],
            [279, long, stored.length, list(stored.map((one) => one.length))] as [number, number, number, number],
          ]
        : []),
      [284, 3, 1, planar ? 2 : 1],
      [317, 3, 1, predictor],
      ...(tile === undefined
        ? []
        : [
            [322, 4, 1, tile[0]] as [number, number, number, number],
            [323, 4, 1, tile[1]] as [number, number, number, number],
            [324, long, offsets.length, list(offsets)] as [number, number, number, number],
            [325, long, stored.length, list(stored.map((one) => one.length))] as [number, number, number, number],
          ]),
      [339, 3, 1, float ? 3 : signed ? 2 : 1],
    ];
    const at = size;
    const entries = fields.map(([tag, type, count, value]) => {
      const inline =
        count === 1 && type === 3
          ? Buffer.concat([number(value, 2), Buffer.alloc(word - 2)])
          : count === 1 && type === 4
            ? Buffer.concat([number(value, 4), Buffer.alloc(word - 4)])
            : number(value, word);
      return Buffer.concat([number(tag, 2), number(type, 2), number(count, word), inline]);
    });
    put(Buffer.concat([number(fields.length, big ? 8 : 2), ...entries]));
    links.push(size);
    put(number(0, word));
    patches.set(links.at(-2) ?? 0, at);
  }
  const whole = Buffer.concat(parts);
  for (const [place, at] of patches) number(at, word).copy(whole, place);
  patches.clear();
  return whole;
}

/** Where directories are named, by where the links stand. */
const patches = new Map<number, number>();

function encodeRow(
  values: readonly number[],
  bits: number,
  float: boolean,
  stride: number,
  bigEndian: boolean,
): Buffer {
  if (bits === 1) {
    const out = Buffer.alloc(Math.ceil(values.length / 8));
    values.forEach((value, at) => (out[at >> 3] = (out[at >> 3] ?? 0) | (value << (7 - (at % 8)))));
    return out;
  }
  const bytes = bits / 8;
  const out = Buffer.alloc(values.length * bytes);
  values.forEach((value, at) => {
    const before = stride > 0 && at >= stride ? (values[at - stride] ?? 0) : 0;
    if (float) {
      out.writeFloatLE(value, at * 4);
      return;
    }
    const stored = (((value - before) % 2 ** bits) + 2 ** bits) % 2 ** bits;
    if (bigEndian) out.writeUIntBE(stored, at * bytes, bytes);
    else out.writeUIntLE(stored, at * bytes, bytes);
  });
  return out;
}

/** Runs of equal bytes, and stretches of others. */
function packBits(plain: Buffer): Buffer {
  const out: number[] = [];
  for (let at = 0; at < plain.length;) {
    let run = 1;
    while (run < 128 && plain[at + run] === plain[at]) run += 1;
    if (run > 2) out.push(257 - run, plain[at] ?? 0);
    else {
      run = Math.min(run === 2 ? 2 : 1, plain.length - at);
      out.push(run - 1, ...plain.subarray(at, at + run));
    }
    at += run;
  }
  return Buffer.from(out);
}

/** Codes from 9 bits on, the highest bit first; wider one code early. */
function lzw(plain: Buffer): Buffer {
  const bits: number[] = [];
  const emit = (code: number, width: number) => {
    for (let bit = width - 1; bit >= 0; bit--) bits.push((code >> bit) & 1);
  };
  let table = new Map<string, number>();
  let [next, width] = [258, 9];
  const clear = () => {
    emit(256, width);
    table = new Map(Array.from({ length: 256 }, (_, byte) => [String.fromCharCode(byte), byte]));
    [next, width] = [258, 9];
  };
  clear();
  let known = '';
  for (const byte of plain) {
    const longer = known + String.fromCharCode(byte);
    if (table.has(longer)) known = longer;
    else {
      emit(table.get(known) ?? 0, width);
      table.set(longer, next++);
      if (next === 512 || next === 1024 || next === 2048) width += 1;
      known = String.fromCharCode(byte);
      if (next === 4095) clear();
    }
  }
  if (known !== '') emit(table.get(known) ?? 0, width);
  emit(257, width);
  const out = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, at) => (out[at >> 3] = (out[at >> 3] ?? 0) | (bit << (7 - (at % 8)))));
  return out;
}

/** A PNG file whose rows use each of the five filters in turn. @param rows bytes of the rows as they are without filters */
export function madePng(
  width: number,
  height: number,
  bits: number,
  colour: number,
  rows: readonly Buffer[],
  palette?: Buffer,
): Buffer {
  const pixel = Math.max(1, (({ 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour] ?? 1) * bits) / 8);
  const lines = rows.map((row, y) => {
    const filter = y % 5;
    const above = rows[y - 1] ?? Buffer.alloc(row.length);
    const body = row.map((byte, at) => {
      const left = at < pixel ? 0 : (row[at - pixel] ?? 0);
      const up = above[at] ?? 0;
      const corner = at < pixel ? 0 : (above[at - pixel] ?? 0);
      const near = [left, up, corner].reduce((best, one) =>
        Math.abs(left + up - corner - one) < Math.abs(left + up - corner - best) ? one : best,
      );
      return byte - ([0, left, up, Math.floor((left + up) / 2), near][filter] ?? 0);
    });
    return Buffer.concat([Buffer.from([filter]), body]);
  });
  const chunk = (kind: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colour], 8);
  return Buffer.concat([
    ...[Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header)],
    ...(palette === undefined ? [] : [chunk('PLTE', palette)]),
    ...[chunk('IDAT', deflateSync(Buffer.concat(lines))), chunk('IEND', Buffer.alloc(0))],
  ]);
}
