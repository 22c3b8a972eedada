import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fixturePath, hasFixtures } from '../../build/testing/fixtures.ts';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { createSession } from '../ndi/create-session.ts';
import { newDocument } from '../ndi/documents/build.ts';
import { startDataWorkers } from '../workers/data-workers.ts';
import { Items } from './items.ts';
import { Jobs } from './jobs.ts';
import { OpenItems } from './open-items.ts';
import { QueryIndexes } from './query-indexes.ts';
import { Recents } from './recents.ts';

const folder = temporaryFolder();
const workers = startDataWorkers({ threads: 1 });
const recents = new Recents(join(folder, 'data'));
const openItems = new OpenItems();
const items = new Items(openItems, workers, recents, new QueryIndexes(new Jobs()));
afterAll(() => workers.close());

function sessionIn(path: string): void {
  mkdirSync(path, { recursive: true });
  createSession({ path, reference: 'inside' }).close();
}

test('a folder in which nothing lies but one session stands for it', async () => {
  sessionIn(join(folder, 'download', 'ferret 22'));
  writeFileSync(join(folder, 'download', 'README.md'), 'about it');
  const info = await items.open(join(folder, 'download'));
  expect(info).toMatchObject({ kind: 'session', reference: 'inside', path: join(folder, 'download', 'ferret 22') });
  expect(recents.paths()[0]).toBe(join(folder, 'download', 'ferret 22'));
});

test('a folder that holds the folder of one recording stands for it where it is asked about, and opens as a folder', async () => {
  const path = join(folder, 'tank');
  mkdirSync(join(path, 'day 1', 'neuralynx'), { recursive: true });
  const text = Buffer.alloc(16_384);
  text.write('######## Neuralynx Data File Header\r\n-SamplingFrequency 32000\r\n-ADBitVolts 0.0000001\r\n');
  writeFileSync(join(path, 'day 1', 'neuralynx', 'CSC1.ncs'), text);
  writeFileSync(join(path, 'day 1', 'notes.txt'), 'about it');
  expect(await items.info(path)).toMatchObject({ kind: 'recording', path, format: 'neuralynx' });
  expect(await items.open(path)).toMatchObject({ kind: 'folder', path });
  expect(await items.open(join(path, 'day 1', 'neuralynx'))).toMatchObject({ kind: 'recording' });
  // Beside another folder, or a recording, it does not.
  mkdirSync(join(path, 'day 2'));
  expect(await items.info(path)).toMatchObject({ kind: 'folder' });
});

test('a file that cannot be read is told where it is asked for, though those beside it open', async () => {
  const path = join(folder, 'neuralynx');
  mkdirSync(path);
  const text = Buffer.alloc(16_384);
  text.write('######## Neuralynx Data File Header\r\n-SamplingFrequency 32000\r\n-ADBitVolts 0.0000001\r\n');
  writeFileSync(join(path, 'CSC1.ncs'), text);
  writeFileSync(join(path, 'CSC2.ncs'), text.subarray(0, 9000));
  expect(await items.info(join(path, 'CSC1.ncs'))).toMatchObject({ kind: 'recording', path });
  await expect(items.info(join(path, 'CSC2.ncs'))).rejects.toMatchObject({
    code: 'format.truncated',
    details: { path: join(path, 'CSC2.ncs') },
  });
});

test('a session of many elements is read in turns, and anew where it is closed meanwhile for somebody has written', async () => {
  const path = join(folder, 'many elements');
  mkdirSync(path);
  const elements = Array.from({ length: 3_000 }, (_, at) =>
    newDocument('element', {
      'element.ndi_element_class': 'ndi.probe',
      'element.name': `p${at}`,
      'element.reference': 1,
      'element.type': 'n-trode',
    }),
  );
  createSession({ path, reference: 'many', documents: elements, unchecked: true }).close();
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
    if (turns === 3) openItems.close(path);
  }, 1);
  const info = await items.info(path);
  clearInterval(timer);
  expect(info).toMatchObject({ kind: 'session', documents: { total: 3_001 } });
  expect(info.kind === 'session' && info.probes).toHaveLength(3_000);
  expect(turns).toBeGreaterThan(3);
});

test('beside other folders or recordings a session inside does not stand for the folder', async () => {
  sessionIn(join(folder, 'rig', 'session'));
  writeFileSync(join(folder, 'rig', 'a.rhd'), 'not yet looked at');
  expect(await items.info(join(folder, 'rig'))).toMatchObject({ kind: 'folder', entries: 2 });
  sessionIn(join(folder, 'many', 'one'));
  mkdirSync(join(folder, 'many', 'two'));
  expect(await items.info(join(folder, 'many'))).toMatchObject({ kind: 'folder', entries: 2 });
});

test('an empty folder, a missing path and an unknown file are what they are', async () => {
  mkdirSync(join(folder, 'empty'));
  expect(await items.info(join(folder, 'empty'))).toMatchObject({ kind: 'folder', entries: 0 });
  await expect(items.info(join(folder, 'gone'))).rejects.toMatchObject({ code: 'path.missing' });
  writeFileSync(join(folder, 'notes.txt'), 'words');
  await expect(items.info(join(folder, 'notes.txt'))).rejects.toMatchObject({ code: 'format.unknown' });
});

describe.skipIf(!hasFixtures)('the real dataset', () => {
  test('opens by the folder that holds it, too', async () => {
    cpSync(fixturePath('ndi-dataset'), join(folder, 'ndi-dataset'), { recursive: true });
    expect(await items.info(join(folder, 'ndi-dataset'))).toMatchObject({ kind: 'dataset', reference: 'ds_demo' });
  });
});
