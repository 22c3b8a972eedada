import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { File as LibraryFile, ready, type Group, type LIBVER_BOUND } from 'h5wasm/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileBytes } from '../file-bytes.ts';
import { Hdf5File } from './hdf5.ts';
import type { Value } from './values.ts';

let folder = '';
beforeAll(async () => {
  await ready;
  folder = mkdtempSync(join(tmpdir(), 'ndi-hdf5-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = Int16Array.from({ length: 5003 * 6 }, (_, index) => ((index * 7919) % 4001) - 2000);
const doubles = Float64Array.from({ length: 20_000 }, (_, index) => Math.sin(index));
const shape = [5003, 6];

/** Every way of laying out chunks and of keeping names that the HDF5 library chooses by itself. */
function writeFile(path: string, version: LIBVER_BOUND): void {
  const file = new LibraryFile(path, 'w', { libver: [version, 'latest'] });
  const put = (name: string, more: object) => file.create_dataset({ name, data: words, shape, ...more });
  put('contiguous', {});
  put('tree', { chunks: [64, 6] });
  put('packed', { chunks: [100, 4], compression: 'gzip', compression_opts: [4] });
  put('growing', { chunks: [10, 6], maxshape: [null, 6] });
  put('growingBoth', { chunks: [50, 3], maxshape: [null, null] });
  put('single', { chunks: shape });
  file.create_dataset({ name: 'pages', data: doubles, shape: [20_000], chunks: [8], maxshape: [null] });
  file.create_dataset({ name: 'fixed', data: doubles, shape: [20_000], chunks: [8] });
  file.create_dataset({ name: 'texts', data: ['a', 'bcd', 'é'] });
  const group = file.create_group('many');
  for (let index = 0; index < 300; index++) group.create_dataset({ name: `d${index}`, data: [index] });
  for (let index = 0; index < 60; index++) group.create_attribute(`a${index}`, `value ${index}`);
  file.create_soft_link('/many/d7', 'soft');
  file.create_soft_link('/round', 'round');
  file.close();
}

describe.each<LIBVER_BOUND>(['earliest', 'v110', 'latest'])('a file as the HDF5 library writes it (%s)', (version) => {
  const open = () => {
    const path = join(folder, `${version}.h5`);
    writeFile(path, version);
    const file = new Hdf5File(new FileBytes(path));
    return { file, values: (name: string) => file.values(file.find(name) ?? file.root) };
  };

  it('gives back every layout of its datasets, names and attributes', () => {
    const { file, values } = open();
    for (const name of ['contiguous', 'tree', 'packed', 'growing', 'growingBoth', 'single']) {
      expect(file.array(file.find(name) ?? file.root).shape, name).toEqual(shape);
      expect(Int16Array.from(values(name) as number[]), name).toEqual(words);
    }
    for (const name of ['pages', 'fixed']) expect(Float64Array.from(values(name) as number[]), name).toEqual(doubles);
    expect(values('texts')).toEqual(['a', 'bcd', 'é']);
    const many = file.find('/many') ?? file.root;
    expect(file.names(many).length).toBe(300);
    expect(values('/many/d299')).toEqual([299]);
    const attributes = file.attributes(many);
    expect([...attributes].sort()).toEqual(
      Array.from({ length: 60 }, (_, index): [string, Value] => [`a${index}`, `value ${index}`]).sort(),
    );
  });

  it('follows links, and refuses those that go round', () => {
    const { file, values } = open();
    expect(values('soft')).toEqual([7]);
    expect(file.find('/many/none')).toBeUndefined();
    expect(() => file.find('/round')).toThrow(expect.objectContaining({ code: 'format.invalid' }));
  });
});

describe('HDF5', () => {
  it('knows a file that was cut from its superblock', () => {
    const path = join(folder, 'cut.h5');
    writeFile(path, 'latest');
    truncateSync(path, 10_000);
    expect(() => new Hdf5File(new FileBytes(path))).toThrow(expect.objectContaining({ code: 'format.truncated' }));
  });

  it('keeps booleans, records and numbers of every kind', () => {
    const path = join(folder, 'kinds.h5');
    const library = new LibraryFile(path, 'w');
    const group: Group = library.create_group('g');
    group.create_attribute('real', 1.5);
    group.create_attribute('list', Int32Array.from([1, -2, 3]));
    group.create_attribute('big', BigInt64Array.from([2n ** 40n]));
    group.create_dataset({ name: 'bytes', data: Uint8Array.from([0, 255]) });
    group.create_dataset({ name: 'scalar', data: 3.25 });
    library.close();
    const file = new Hdf5File(new FileBytes(path));
    const found = file.find('g') ?? file.root;
    const attributes = file.attributes(found);
    expect([attributes.get('real'), attributes.get('list'), attributes.get('big')]).toEqual([
      1.5,
      [1, -2, 3],
      [2 ** 40],
    ]);
    expect(file.value('g/scalar')).toBe(3.25);
    expect(file.values(file.find('g/bytes') ?? file.root)).toEqual([0, 255]);
  });
});
