import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageSource } from '../../../shared/contract/images.ts';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { documentId } from '../../../shared/model/documents.ts';
import { decodeImageFrame } from '../../../shared/model/image-frame.ts';
import { madePng, madeTiff } from '../../formats/images/testing/made-images.ts';
import { createSession } from '../../ndi/create-session.ts';
import { addDaqSystem } from '../../ndi/daq/daq-systems.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { openSession } from '../../ndi/session.ts';
import { cleanUp, temporaryFolder } from '../../ndi/testing/folders.ts';
import { askPython, hasPython } from '../../ndi/testing/python.ts';
import { createDirectClient } from '../router.ts';
import { createServices, type Services } from '../services.ts';

let services: Services;
beforeAll(() => (services = createServices({ door: 'cli', dataFolder: temporaryFolder() })));
afterAll(() => services.close().finally(cleanUp));

const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;
const frameOf = async (source: ImageSource, at: Record<string, number> = {}, most?: number) => {
  const answer = await createDirectClient(services).images.frame({
    source,
    at,
    ...(most === undefined ? {} : { most }),
  });
  return decodeImageFrame(answer);
};

/** A file of values column by column, as MATLAB stores matrices, written by numpy where it is there. */
const [HEIGHT, WIDTH, CHANNELS, TIMES] = [4, 5, 2, 3];
const valueAt = (y: number, x: number, c: number, t: number) => 1000 * t + 100 * c + 10 * y + x;
function columns(path: string): void {
  if (hasPython) {
    const script = `import numpy as np, sys
y, x, c, t = np.meshgrid(*[np.arange(n) for n in (${HEIGHT}, ${WIDTH}, ${CHANNELS}, ${TIMES})], indexing='ij')
open(sys.argv[1], 'wb').write((1000 * t + 100 * c + 10 * y + x).astype('<u2').tobytes(order='F'))
print(0)`;
    askPython(script, path);
    return;
  }
  const values: number[] = [];
  for (let t = 0; t < TIMES; t++)
    for (let c = 0; c < CHANNELS; c++)
      for (let x = 0; x < WIDTH; x++) for (let y = 0; y < HEIGHT; y++) values.push(valueAt(y, x, c, t));
  writeFileSync(path, Buffer.from(Uint16Array.from(values).buffer));
}
const rows = (c: number, t: number) =>
  Array.from({ length: HEIGHT * WIDTH }, (_, at) => valueAt(Math.floor(at / WIDTH), at % WIDTH, c, t));

describe('pictures of documents', () => {
  function session(values: Parameters<typeof newDocument>[1] = {}) {
    const path = temporaryFolder();
    const file = join(path, 'values.bin');
    columns(file);
    const open = createSession({ path, reference: 'r' });
    const stack = newDocument('imageStack', {
      ...{ 'imageStack.label': 'cells', 'imageStack.formatOntology': '', 'base.name': 'cells' },
      'imageStack_parameters.dimension_order': 'YXCT',
      'imageStack_parameters.dimension_labels': 'height,width,dye,time',
      'imageStack_parameters.dimension_size': [HEIGHT, WIDTH, CHANNELS, TIMES],
      'imageStack_parameters.dimension_scale': [0.5, 0.5, 1, 0.1],
      'imageStack_parameters.dimension_scale_units': 'micrometer,micrometer,,second',
      'imageStack_parameters.data_type': 'uint16',
      'imageStack_parameters.data_limits': [0, 65_535],
      'imageStack_parameters.timestamp': 0,
      'imageStack_parameters.clocktype': 'no_time',
      ...values,
    });
    const [stored] = open.addDocuments([withFile(stack, 'imageStack', file)], true);
    open.close();
    return { path, id: documentId(stored ?? {}) };
  }

  it('are read frame by frame by the parameters of their document', async () => {
    const source = session();
    const info = await services.images.describe(source);
    expect(info).toMatchObject({
      ...{ kind: 'frames', format: 'raw values', dataType: 'uint16', name: 'cells', limits: [0, 65_535], problems: [] },
      y: { label: 'height', size: HEIGHT, scale: 0.5, units: 'micrometer' },
      axes: [
        { letter: 'C', label: 'dye', size: CHANNELS },
        { letter: 'T', label: 'time', size: TIMES, scale: 0.1, units: 'second' },
      ],
    });
    const { header, values } = await frameOf(source, { C: 1, T: 2 });
    expect(header).toEqual({ width: WIDTH, height: HEIGHT, dataType: 'uint16', step: 1, timeSec: null });
    expect([...values]).toEqual(rows(1, 2));
    expect([...(await frameOf(source)).values]).toEqual(rows(0, 0));
  });

  it('are thinned to as many pixels as are asked for, each a pixel of the frame', async () => {
    const source = session();
    const { header, values } = await frameOf(source, { T: 1 }, 6);
    expect(header).toMatchObject({ width: 3, height: 2, step: 2 });
    expect([...values]).toEqual(
      rows(0, 1).filter((_, at) => (at % WIDTH) % 2 === 0 && Math.floor(at / WIDTH) % 2 === 0),
    );
  });

  it.each<[string, Record<string, JsonValue>, string]>([
    [
      'more frames than the file holds',
      { 'imageStack_parameters.dimension_size': [HEIGHT, WIDTH, CHANNELS, 9] },
      'format.truncated',
    ],
    ['a type that there is not', { 'imageStack_parameters.data_type': 'uint12' }, 'format.unsupported'],
    ['no rows', { 'imageStack_parameters.dimension_order': 'XCT' }, 'format.invalid'],
    ['a size of texts', { 'imageStack_parameters.dimension_size': ['4', 'x', '2', '3'] }, 'format.invalid'],
  ])('whose documents tell of %s are refused by name', async (_name, values, wanted) => {
    await expect(services.images.describe(session(values))).rejects.toThrow(code(wanted));
  });

  it('say which axis and which frame there is not', async () => {
    const source = session();
    for (const at of [{ Z: 0 }, { T: TIMES }]) {
      await expect(services.images.frame({ source, at })).rejects.toThrow(code('range.invalid'));
    }
    await expect(services.images.describe({ path: source.path, id: 'none' })).rejects.toThrow(
      code('document.notFound'),
    );
  });
});

describe('pictures that are added', () => {
  const page = (seed: number) => Array.from({ length: 12 }, (_, at) => (at * 37 * seed) % 256);
  it('are documents of class imageStack with their files as they were, and the rules hold', async () => {
    const path = temporaryFolder();
    createSession({ path, reference: 'r' }).close();
    const [tiff, png] = [join(path, 'Cells.TIF'), join(path, 'mask.png')];
    writeFileSync(tiff, madeTiff({ width: 4, height: 3, pages: [page(1), page(2)], bits: 8 }));
    writeFileSync(
      png,
      madePng(
        4,
        3,
        8,
        0,
        [0, 1, 2].map((row) => Buffer.from(page(1).slice(4 * row, 4 * row + 4))),
      ),
    );
    const { ids } = await services.images.add({
      path,
      files: [tiff, png],
      label: '',
      scale: 0.65,
      units: 'micrometer',
    });
    expect(ids).toHaveLength(2);
    expect((await services.edits.validate({ path })).problems).toEqual([]);
    const bytes = readFileSync(tiff);
    for (const file of [tiff, png]) rmSync(file);
    const source = { path, id: ids[0] ?? '' };
    expect(await services.images.describe(source)).toMatchObject({
      name: 'Cells',
      format: 'TIFF',
      x: { scale: 0.65, units: 'micrometer' },
      problems: [],
    });
    expect([...(await frameOf(source, { T: 1 })).values]).toEqual(page(2));
    const open = openSession(path);
    expect(readFileSync(open.binaryFile(source.id, 'imageStack'))).toEqual(bytes);
    expect(open.document(source.id)['imageStack']).toEqual({ label: 'Cells.TIF', formatOntology: 'NCIT:C70631' });
    open.close();
    expect((await services.images.list({ path })).map(({ class: name }) => name)).toEqual(['imageStack', 'imageStack']);
    await services.edits.undo({ path });
    expect(await services.images.list({ path })).toEqual([]);
  });

  it('that are no pictures are refused, and nothing is stored', async () => {
    const path = temporaryFolder();
    createSession({ path, reference: 'r' }).close();
    writeFileSync(join(path, 'x.tif'), 'no picture');
    await expect(services.images.add({ path, files: [join(path, 'x.tif')], label: '', units: '' })).rejects.toThrow(
      code('format.unknown'),
    );
    expect(await services.images.list({ path })).toEqual([]);
  });
});

it('a folder of pictures has the times that lie beside them, in each answer', async () => {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  for (const name of ['a', 'b', 'c'])
    writeFileSync(join(folder, `${name}.tif`), madeTiff({ width: 3, height: 2, pages: [[1, 2, 3, 4, 5, 6]] }));
  writeFileSync(join(folder, 'frametimes.txt'), '10 10.5 11');
  const source = { path: folder };
  expect(await services.images.describe(source)).toMatchObject({ timed: true });
  expect(await services.images.times(source)).toEqual([10, 10.5, 11]);
  expect(await services.images.frameAt({ source, time: 10.6 })).toBe(1);
  expect((await frameOf(source, { T: 2 })).header.timeSec).toBe(11);
});

describe('epochs of an image DAQ system', () => {
  const [height, width, times] = [10, 8, 6];
  const frames = Array.from({ length: times }, (_, t) =>
    Array.from({ length: height * width }, (__, at) => at + 100 * t),
  );
  function session() {
    const path = temporaryFolder();
    mkdirSync(path, { recursive: true });
    for (const name of ['movieB', 'stackA'])
      writeFileSync(join(path, `${name}.tif`), madeTiff({ width, height, pages: frames, compression: 'lzw' }));
    writeFileSync(
      join(path, 'movieB_frametimes.txt'),
      Array.from({ length: times }, (_, t) => 100 + t * 0.05).join('\n'),
    );
    const open = createSession({ path, reference: 'imgexp' });
    addDaqSystem(open, {
      ...{
        name: 'scope',
        readerClass: 'ndi.daq.reader.image.ndr',
        readerArgument: 'tiffstack',
        filePatterns: ['#.tif'],
      },
      systemClass: 'ndi.daq.system.image',
    });
    open.close();
    return path;
  }

  it('are read before and after they were ingested alike, and by a program that knows only the layout', async () => {
    const path = session();
    const info = await services.items.info(path);
    if (info.kind !== 'session') return expect.fail('no session');
    expect(info.epochs.map(({ images, clocks }) => [images, clocks[0]?.type, clocks[0]?.t1])).toEqual([
      [true, 'dev_local_time', 100.25],
      [true, 'no_time', null],
    ]);
    const client = createDirectClient(services);
    const everything = async () =>
      Promise.all(
        (await client.images.list({ path }))
          .filter(({ source }) => source.epoch !== undefined)
          .map(async ({ source }) => {
            const { x, y, axes, dataType, timed } = await services.images.describe(source);
            const all = await Promise.all(frames.map(async (_, T) => frameOf(source, { T })));
            return {
              ...{ size: [y.size, x.size, axes.find(({ letter }) => letter === 'T')?.size], dataType, timed },
              frames: all.map(({ values }) => [...values]),
              times: all.map(({ header }) => header.timeSec),
              near: await client.images.frameAt({ source, time: 100.06 }),
            };
          }),
      );
    const before = await everything();
    expect(before[0]).toEqual({
      size: [height, width, times],
      dataType: 'uint16',
      timed: true,
      frames,
      times: frames.map((_, t) => 100 + t * 0.05),
      near: 1,
    });
    expect(before[1]).toMatchObject({ timed: false, frames, times: frames.map(() => null), near: null });

    expect(await services.ingest.status({ path })).toEqual({ epochs: 2, ingested: 0, unreadable: 0 });
    await services.ingest.ingest({ path });
    expect((await services.edits.validate({ path })).problems).toEqual([]);
    expect(await services.ingest.status({ path })).toEqual({ epochs: 2, ingested: 2, unreadable: 0 });
    for (const name of ['movieB.tif', 'stackA.tif', 'movieB_frametimes.txt']) rmSync(join(path, name));
    await services.clearCaches();
    const key = (one: { timed: boolean }) => Number(!one.timed);
    expect((await everything()).sort((a, b) => key(a) - key(b))).toEqual(before);
    if (!hasPython) return;
    const told = askPython(framesReader, path);
    expect(told).toEqual([
      ['dev_local_time', [height, width, 1, 1, times], frames[5]],
      ['no_time', [height, width, 1, 1, times], frames[5]],
    ]);
  });

  it('say what they are when one of another kind is asked for', async () => {
    const path = session();
    await expect(services.signals.describe({ path, device: 'scope', epoch: '1' })).rejects.toThrow(
      code('format.unsupported'),
    );
    await expect(services.images.describe({ path, device: 'scope', epoch: '7' })).rejects.toThrow(
      code('epoch.notFound'),
    );
  });
});

/** Knows documents and layout from the reference alone: column-major pixels in the order Y X C Z T. */
const framesReader = `
import json, os, sqlite3, sys
import numpy as np
root = sys.argv[1]
one = lambda x: x[0] if isinstance(x, list) else x
told = []
for (code,) in sqlite3.connect(os.path.join(root, '.ndi', 'did-sqlite.sqlite')).execute('SELECT json_code FROM docs'):
    d = json.loads(code)
    head = d.get('daqreader_image_epochdata_ingested')
    if head is None: continue
    assert head['dimension_order'] == 'YXCZT' and head['num_frames'] == head['dimension_size'][4] == len(head['frametimes'])
    info = one(d['files']['file_info'])
    uid = one(info['locations'])['uid']
    path = next(os.path.join(r, uid) for r, _, names in os.walk(os.path.join(root, '.ndi')) if uid in names)
    frames = np.fromfile(path, head['data_type']).reshape(head['dimension_size'], order='F')
    told.append([head['clocktype'], head['dimension_size'], frames[:, :, 0, 0, 5].reshape(-1).tolist()])
print(json.dumps(sorted(told, key=lambda x: x[0])))
`;
