import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { openImages } from './open-images.ts';
import type { RawShape } from './raw.ts';
import { seriesTimes } from './series-times.ts';
import { madePng, madeTiff, type TiffChoices } from './testing/made-images.ts';

const folder = temporaryFolder('ndi-images');
let files = 0;
function stored(bytes: Uint8Array): string {
  files += 1;
  const path = join(folder, String(files));
  writeFileSync(path, bytes);
  return path;
}
const openFile = (bytes: Uint8Array, raw: RawShape | null = null) =>
  openImages({ kind: 'file', path: stored(bytes), raw });
const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;

const [WIDTH, HEIGHT] = [13, 9];
/** Values without a pattern that a mistake in order would keep. */
const values = (count: number, limit: number, seed = 1) =>
  Array.from({ length: count }, (_, at) => ((at + seed) * (at + 7 * seed) * 2_654_435 + at * 97) % limit);
const everySecond = (page: readonly number[]) =>
  page.filter((_, at) => (at % WIDTH) % 2 === 0 && Math.floor(at / WIDTH) % 2 === 0);

describe('TIFF files', () => {
  const one = values(WIDTH * HEIGHT, 65_536);
  const base = { width: WIDTH, height: HEIGHT, pages: [one] };
  it.each<[string, Partial<TiffChoices>]>([
    ['as they are', {}],
    ['in strips', { rowsPerStrip: 2 }],
    ['in tiles', { tile: [16, 16] }],
    ['in small tiles', { tile: [4, 4], compression: 'deflate' }],
    ['most significant byte first', { bigEndian: true, rowsPerStrip: 4 }],
    ['BigTIFF', { big: true, rowsPerStrip: 3 }],
    ['BigTIFF, most significant byte first', { big: true, bigEndian: true }],
    ['deflate', { compression: 'deflate', rowsPerStrip: 3 }],
    ['deflate of differences', { compression: 'deflate', predictor: 2 }],
    ['deflate of differences, most significant byte first', { compression: 'deflate', predictor: 2, bigEndian: true }],
    ['LZW', { compression: 'lzw' }],
    ['PackBits', { compression: 'packbits', rowsPerStrip: 1 }],
  ])('%s', (_name, choices) => {
    const images = openFile(madeTiff({ ...base, ...choices }));
    expect(images.layout).toMatchObject({ width: WIDTH, height: HEIGHT, dataType: 'uint16', axes: [], problems: [] });
    expect([...images.readFrame([], 1)]).toEqual(one);
    expect([...images.readFrame([], 2)]).toEqual(everySecond(one));
  });

  it('LZW of many codes, which grow to 12 bits and begin anew', () => {
    const [width, height] = [120, 100];
    const page = values(width * height, 256);
    const images = openFile(madeTiff({ width, height, pages: [page], bits: 8, compression: 'lzw' }));
    expect([...images.readFrame([], 1)]).toEqual(page);
  });

  it('bits, signed values, floats', () => {
    const read = (choices: Partial<TiffChoices>, page: readonly number[]) => {
      const images = openFile(madeTiff({ ...base, ...choices, pages: [page] }));
      return [images.layout.dataType, [...images.readFrame([], 1)]];
    };
    const bits = values(WIDTH * HEIGHT, 2);
    expect(read({ bits: 1 }, bits)).toEqual(['logical', bits]);
    const signed = values(WIDTH * HEIGHT, 256).map((value) => value - 128);
    expect(read({ bits: 8, signed: true }, signed)).toEqual(['int8', signed]);
    const floats = values(WIDTH * HEIGHT, 1000).map((value) => value / 8);
    expect(read({ bits: 32, float: true }, floats)).toEqual(['single', floats]);
    const long = values(WIDTH * HEIGHT, 2 ** 32);
    expect(read({ bits: 32 }, long)).toEqual(['uint32', long]);
  });

  it.each([false, true])('colours beside each other or each by itself (%s)', (planar) => {
    const page = values(3 * WIDTH * HEIGHT, 256);
    const choices = {
      ...base,
      bits: 8,
      samples: 3,
      planar,
      rowsPerStrip: 2,
      compression: 'deflate',
      predictor: 2,
    } as const;
    const images = openFile(madeTiff({ ...choices, pages: [page] }));
    expect(images.layout.axes).toEqual([{ letter: 'C', size: 3 }]);
    for (const colour of [0, 1, 2]) {
      expect([...images.readFrame([colour], 1)]).toEqual(page.filter((_, at) => at % 3 === colour));
    }
  });

  it('pages are frames along T; ImageJ says what else they are, also of pages without directories', () => {
    const pages = [1, 2, 3, 4, 5, 6].map((seed) => values(WIDTH * HEIGHT, 65_536, seed));
    const plain = openFile(madeTiff({ ...base, pages }));
    expect(plain.layout.axes).toEqual([{ letter: 'T', size: 6 }]);
    expect([...plain.readFrame([4], 1)]).toEqual(pages[4]);
    const description = 'ImageJ=1.53t\nimages=6\nchannels=2\nframes=3\nhyperstack=true\n';
    for (const oneDirectory of [false, true]) {
      const stack = openFile(madeTiff({ ...base, pages, description, oneDirectory }));
      expect(stack.layout.axes).toEqual([
        { letter: 'C', size: 2 },
        { letter: 'T', size: 3 },
      ]);
      expect([...stack.readFrame([1, 2], 1)]).toEqual(pages[5]);
    }
  });

  it('a stack that was cut off is read as far as it goes, and says so', () => {
    const pages = [1, 2, 3].map((seed) => values(WIDTH * HEIGHT, 65_536, seed));
    const path = stored(madeTiff({ ...base, pages }));
    truncateSync(path, madeTiff({ ...base, pages: pages.slice(0, 2) }).length + 40);
    const images = openImages({ kind: 'file', path, raw: null });
    expect(images.layout.axes).toEqual([{ letter: 'T', size: 2 }]);
    expect(images.layout.problems[0]?.message).toMatch(/Only the first 2 pages/);
    expect([...images.readFrame([1], 1)]).toEqual(pages[1]);
    expect(() => images.readFrame([2], 1)).toThrow(code('range.invalid'));
  });

  it('what is not read here is named', () => {
    const bytes = madeTiff(base);
    const at = bytes.indexOf(Buffer.from([3, 1, 3, 0, 1, 0, 0, 0, 1, 0]));
    bytes.writeUInt16LE(7, at + 8);
    expect(() => openFile(bytes)).toThrow(/compressed as JPEG/);
  });
});

describe('PNG files', () => {
  const bytesOf = (page: readonly number[], perRow: number, bits: number) =>
    Array.from({ length: HEIGHT }, (_, row) => {
      const line = page.slice(row * perRow, (row + 1) * perRow);
      return bits === 16 ? Buffer.from(line.flatMap((value) => [value >> 8, value & 255])) : Buffer.from(line);
    });

  it.each([
    [8, 0, 1],
    [16, 0, 1],
    [8, 2, 3],
    [16, 2, 3],
    [8, 4, 2],
    [8, 6, 4],
  ])('of %i bits and colour type %i, by every filter', (bits, colour, samples) => {
    const page = values(samples * WIDTH * HEIGHT, 2 ** bits);
    const images = openFile(madePng(WIDTH, HEIGHT, bits, colour, bytesOf(page, samples * WIDTH, bits)));
    expect(images.layout).toMatchObject({ dataType: bits === 16 ? 'uint16' : 'uint8', width: WIDTH, height: HEIGHT });
    for (let sample = 0; sample < samples; sample++) {
      const own = page.filter((_, at) => at % samples === sample);
      const at = samples === 1 ? [] : [sample];
      expect([...images.readFrame(at, 1)]).toEqual(own);
      expect([...images.readFrame(at, 2)]).toEqual(everySecond(own));
    }
  });

  it('colours of a palette are told as red, green and blue', () => {
    const palette = Buffer.from([10, 20, 30, 40, 50, 60, 70, 80, 90]);
    const page = values(WIDTH * HEIGHT, 3);
    const images = openFile(madePng(WIDTH, HEIGHT, 8, 3, bytesOf(page, WIDTH, 8), palette));
    expect([...images.readFrame([1], 1)]).toEqual(page.map((index) => palette[3 * index + 1]));
  });
});

describe('values without a header, as NDI stores matrices', () => {
  /** Y = 3, X = 4, C = 2, T = 5, the first axis fastest. */
  const size = [3, 4, 2, 5];
  const count = 3 * 4 * 2 * 5;
  const numbers = Uint16Array.from({ length: count }, (_, at) => at);
  const bytes = Buffer.from(numbers.buffer);

  it('are read in whatever order the axes are named', () => {
    const [y, x, c, t] = [2, 1, 1, 3];
    const images = openFile(bytes, { order: 'YXCT', size, dataType: 'uint16' });
    expect(images.layout).toMatchObject({
      height: 3,
      width: 4,
      axes: [
        { letter: 'C', size: 2 },
        { letter: 'T', size: 5 },
      ],
    });
    expect(images.readFrame([c, t], 1)[y * 4 + x]).toBe(y + 3 * x + 12 * c + 24 * t);
    const other = openFile(bytes, { order: 'CTXY', size: [2, 5, 4, 3], dataType: 'uint16' });
    expect(other.readFrame([c, t], 1)[y * 4 + x]).toBe(c + 2 * t + 10 * x + 40 * y);
    expect([...other.readFrame([0, 0], 2)]).toEqual([0, 20, 80, 100]);
  });

  it('trailing axes of one may be left out', () => {
    const images = openFile(bytes, { order: 'YXCZT', size: [10, 12], dataType: 'uint16' });
    expect(images.layout.axes.map(({ size: one }) => one)).toEqual([1, 1, 1]);
    expect(images.readFrame([0, 0, 0], 1)[1]).toBe(10);
  });

  it('logical values are packed into bits by MATLAB and take a byte in Python', () => {
    const mask = Array.from({ length: 35 }, (_, at) => (at % 3 === 0 ? 1 : 0));
    const packed = Buffer.alloc(5);
    mask.forEach((bit, at) => (packed[at >> 3] = (packed[at >> 3] ?? 0) | (bit << (at % 8))));
    const shape = { order: 'YX', size: [5, 7], dataType: 'ubit1' };
    const asRows = Array.from({ length: 35 }, (_, at) => mask[Math.floor(at / 7) + 5 * (at % 7)]);
    for (const file of [packed, Buffer.from(mask)]) expect([...openFile(file, shape).readFrame([], 1)]).toEqual(asRows);
  });

  it('frames that lie value by value far apart are read, and only they', () => {
    const path = stored(Buffer.alloc(0));
    const [rows, columns, times] = [3, 2, 3_000_000];
    truncateSync(path, rows * columns * times * 2);
    const images = openImages({
      kind: 'file',
      path,
      raw: { order: 'TYX', size: [times, rows, columns], dataType: 'int16' },
    });
    expect([...images.readFrame([times - 1], 1)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each<[string, Partial<RawShape>, string]>([
    ['more values than the file has', { size: [3, 4, 2, 6] }, 'format.truncated'],
    ['a type that there is not', { dataType: 'uint24' }, 'format.unsupported'],
    ['no type', { dataType: '' }, 'format.unsupported'],
    ['no rows', { order: 'XCTZ' }, 'format.invalid'],
    ['an axis twice', { order: 'YXYT' }, 'format.invalid'],
    ['a size of nothing', { size: [] }, 'format.invalid'],
    ['a negative size', { size: [3, -4, 2, 5] }, 'format.invalid'],
    ['a broken size', { size: [3, 4.5, 2, 5] }, 'format.invalid'],
    ['more sizes than axes', { size: [3, 4, 2, 5, 7] }, 'format.invalid'],
    ['a size beyond all numbers', { size: [1e9, 1e9, 1e9, 5] }, 'format.invalid'],
  ])('%s is refused by name', (_name, lie, wanted) => {
    expect(() => openFile(bytes, { order: 'YXCT', size, dataType: 'uint16', ...lie })).toThrow(code(wanted));
  });

  it('bytes that are left over are a note', () => {
    const images = openFile(bytes, { order: 'YXCT', size: [3, 4, 2, 4], dataType: 'uint16' });
    expect(images.layout.problems).toMatchObject([
      { grade: 'note', message: expect.stringContaining('48 bytes more') as string },
    ]);
  });
});

describe('series of files of one epoch', () => {
  const page = (seed: number) => values(WIDTH * HEIGHT, 65_536, seed);
  const tiff = (...pages: number[][]) => madeTiff({ width: WIDTH, height: HEIGHT, pages });
  function series(name: string, contents: Readonly<Record<string, Buffer | string>>): string[] {
    const place = join(folder, name);
    mkdirSync(place);
    return Object.entries(contents).map(([file, bytes]) => {
      writeFileSync(join(place, file), bytes);
      return join(place, file);
    });
  }

  it('tiffstack: all pages of the files by name, and those in the folder of a file that marks it', () => {
    const listed = series('stack', { 'b.tif': tiff(page(3), page(4)), 'a.tif': tiff(page(1), page(2)) });
    for (const files of [listed, [join(folder, 'stack', 'anything.txt')], [join(folder, 'stack')]]) {
      const images = openImages({ kind: 'series', reader: 'tiffstack', files });
      expect(images.layout.axes).toEqual([
        { letter: 'C', size: 1 },
        { letter: 'T', size: 4 },
      ]);
      expect([...images.readFrame([0, 2], 1)]).toEqual(page(3));
    }
  });

  it('prairieview: channels of a frame in files of their own, by cycle and frame', () => {
    const name = (cycle: number, channel: number, frame: number) => `t1_Cycle00${cycle}_Ch${channel}_00000${frame}.tif`;
    const files = series('prairie', {
      [name(1, 2, 1)]: tiff(page(12)),
      [name(1, 1, 1)]: tiff(page(11)),
      [name(2, 1, 1)]: tiff(page(21)),
      [name(2, 2, 1)]: tiff(page(22)),
      [name(2, 1, 2)]: tiff(page(31)),
    });
    const images = openImages({ kind: 'series', reader: 'prairieview', files });
    expect(images.layout.axes).toEqual([
      { letter: 'C', size: 2 },
      { letter: 'T', size: 2 },
    ]);
    expect([...images.readFrame([1, 1], 1)]).toEqual(page(22));
    expect(images.layout.problems[0]?.message).toMatch(/1 frames lack the picture of a channel/);
  });

  it('prairieview: times and scanning come from the configuration, of either kind', () => {
    const name = (frame: number) => `t1_Cycle001_Ch1_00000${frame}.tif`;
    const both = { [name(1)]: tiff(page(1)), [name(2)]: tiff(page(2)) };
    const legacy = series('legacy', {
      ...both,
      'run_Main.pcf':
        '[Main]\r\nTotal images=2\r\nLines per frame=100\r\nFrame period (us)=200000\r\nDwell time (us)=4\r\n\r\n' +
        '[Image TimeStamp (us)]\r\nImage 1=1500000\r\nImage 2=1700000\r\n',
    });
    expect(seriesTimes('prairieview', legacy, 2)).toEqual({
      times: Float64Array.of(1.5, 1.7),
      raster: {
        framePeriodSec: 0.2,
        linePeriodSec: 0.002,
        dwellTimeSec: 4e-6,
        linesPerFrame: 100,
        pixelsPerLine: null,
        bidirectional: false,
      },
      problems: [],
    });
    const scan = series('scan', {
      ...both,
      'run.xml':
        '<PVScan version="5.4"><Key key="linesPerFrame" value="512"/><Key key="scanLinePeriod" value="0.0001"/>' +
        '<Key key="bidirectionalScan" value="True"/><Frame absoluteTime="0.25"/><Frame absoluteTime="0.5"/></PVScan>',
    });
    expect(seriesTimes('prairieview', scan, 2)).toMatchObject({
      times: Float64Array.of(0.25, 0.5),
      raster: { linePeriodSec: 0.0001, linesPerFrame: 512, bidirectional: true },
    });
    // As many times as frames, or none: others would stand at wrong times.
    const wrong = seriesTimes('prairieview', scan, 3);
    expect([wrong.times, wrong.problems[0]?.message]).toEqual([
      null,
      expect.stringContaining('2 times, and there are 3 frames'),
    ]);
  });

  it('no picture at all is told', () => {
    expect(() => openImages({ kind: 'series', reader: 'tiffstack', files: series('none', { 'a.txt': '' }) })).toThrow(
      code('format.empty'),
    );
  });
});
