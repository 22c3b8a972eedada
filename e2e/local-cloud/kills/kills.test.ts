// However often and wherever the process is killed: nothing is lost, doubled or half there, on either side.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { documentId } from '../../../shared/model/documents.ts';
import { contentHash } from '../../../electron/ndi/cloud/sync/canonical.ts';
import { readSyncIndex } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { makeWorld } from '../sync/world.ts';
import type { Errand } from './victim.ts';
import { Victims } from './victims.ts';

/** Kills in all; `NDI_CLOUD_KILLS=300` for the long run. */
const KILLS = Number(process.env['NDI_CLOUD_KILLS'] ?? 60);
/** Of each copy, before it is let to its end. */
const KILLS_A_ROUND = 5;
const KILLS_A_TEST = Math.ceil(KILLS / 3);
/** So many requests belong to an errand; a kill comes after any number of them. */
const REQUESTS = { upload: 50, download: 40, twoWay: 30 };

const world = await makeWorld({ eventDelayMs: 15, zipDelayMs: 10, visibilityLagMs: 20 });
const { cloud } = world.cloud;
const victims = await Victims.make(world.folder, cloud);
afterAll(() => victims.close());

const sizes = (count: number) => Array.from({ length: count }, (_, at) => 1 + ((at * 7919) % 40_000));
const errandOf = (kind: Errand['kind'], path: string, datasetId = ''): Errand => {
  return { url: world.cloud.url, user: world.user, folder: world.folder, kind, path, datasetId };
};

/**
 * Kills an errand again and again, looks after each kill, and lets it come to its end.
 * @returns how often it was killed: a kill may come too late
 */
async function survive(errand: Errand, look: () => void): Promise<number> {
  let killed = 0;
  for (let attempt = 0; attempt < KILLS_A_ROUND; attempt += 1) {
    const afterRequests = Math.floor(Math.random() * REQUESTS[errand.kind]);
    const said = await victims.carryOut(errand, { afterRequests, waitMs: Math.random() * 25 });
    look();
    if (said !== null) break;
    killed += 1;
  }
  const word = await victims.carryOut(errand, null);
  expect(word).toEqual({ ended: true, failed: [] });
  return killed;
}

/** Rounds, each with a number, until there were enough kills. */
async function rounds(round: (number: number) => Promise<number>): Promise<void> {
  let killed = 0;
  for (let number = 0; killed < KILLS_A_TEST; number += 1) killed += await round(number);
}

/** Both sides hold exactly these documents, each once and alike, and all their files, whole. */
async function expectInStep(path: string, datasetId: string, ids: readonly string[]): Promise<void> {
  const expected = [...ids].sort();
  expect(world.ids(path)).toEqual(expected);
  expect(world.remoteIds(datasetId)).toEqual(expected);
  const { local, remote } = readSyncIndex(path);
  expect([[...local], [...remote]]).toEqual([expected, expected]);
  world.copy(path, (copy) => {
    for (const id of expected) {
      expect(contentHash(world.stored(datasetId, id) as never)).toEqual(contentHash(copy.document(id)));
    }
  });
  const files = world.filesOf(path);
  // Files of documents that were deleted stay there: the service does not purge them.
  expect(world.storedUids(datasetId)).toEqual(expect.arrayContaining(files.map(({ uid }) => uid)));
  for (const { uid } of files) {
    const here = readFileSync(join(path, '.ndi', 'files', uid));
    const there = cloud.db.get('SELECT etag, size FROM objects WHERE key = ?', `files/${datasetId}/${uid}`);
    expect([here.byteLength, createHash('md5').update(here).digest('hex')]).toEqual([there?.['size'], there?.['etag']]);
  }
  const left = ['parts', 'ndi-desktop.lock'].filter((name) => {
    const one = join(path, '.ndi', 'sync', name);
    return existsSync(one) && (name !== 'parts' || readdirSync(one).length > 0);
  });
  expect(left).toEqual([]);
  const plan = await world.plan(path, { mode: 'twoWay', deletions: true, files: true, updateEdited: true });
  expect(plan.steps).toEqual([]);
  // An archive whose address was given to a process that died before it could write that down looks like another's.
  expect(plan.warnings.filter(({ code }) => code !== 'sync.othersSending')).toEqual([]);
}

const minutes = { timeout: 60_000 + KILLS * 5000 };

it(`an upload survives ${KILLS_A_TEST} kills`, minutes, async () => {
  await rounds(async (round) => {
    const path = world.dataset(`upload ${round}`, 30, sizes(12));
    const ids = world.ids(path);
    const killed = await survive(errandOf('upload', path), () =>
      expect(world.ids(path)).toEqual(expect.arrayContaining(ids)),
    );
    await expectInStep(path, world.linkOf(path), world.ids(path));
    // The link, and nothing else, came to what was here.
    expect(world.ids(path)).toHaveLength(ids.length + 1);
    expect(cloud.db.all('SELECT id FROM datasets')).toHaveLength(round + 1);
    return killed;
  });
});

it(`a download survives ${KILLS_A_TEST} kills`, minutes, async () => {
  const path = world.dataset('to be fetched', 30, sizes(12));
  const { datasetId } = await world.upload(path);
  const ids = world.ids(path);
  await rounds(async (round) => {
    const folder = `down ${round}`;
    const copy = join(world.folder, folder, datasetId);
    const killed = await survive(errandOf('download', folder, datasetId), () => {
      // Half a copy is none.
      if (existsSync(join(copy, '.ndi'))) expect(world.ids(copy)).toEqual(ids);
      expect(world.remoteIds(datasetId)).toEqual(ids);
    });
    await expectInStep(copy, datasetId, ids);
    return killed;
  });
});

it(`a sync both ways survives ${KILLS_A_TEST} kills`, minutes, async () => {
  const path = world.dataset('two ways', 40, sizes(12));
  const { datasetId } = await world.upload(path);
  const { path: other } = await world.download(datasetId, 'another computer');
  await rounds(async (round) => {
    await world.sync(other, { mode: 'twoWay', deletions: true, updateEdited: true, approval: { typedName: true } });
    const [goneHere = '', goneThere = '', mine = '', theirs = ''] = world.demoIds(path).slice(-4);
    const [newHere, newThere] = [world.demo('here', round), world.demo('there', round)];
    // Another computer adds, edits, deletes and sends, and so does this one.
    world.put(other, [world.withBytes(other, newThere, 5000 + round)]);
    world.edit(other, theirs, { 'demoNDI.value': -round - 1 });
    world.copy(other, (copy) => copy.remove([goneThere]));
    const approval = { yes: true, maxDeletions: 10 };
    await world.sync(other, { mode: 'twoWay', deletions: true, updateEdited: true, approval });
    world.put(path, [world.withBytes(path, newHere, 6000 + round)]);
    world.edit(path, mine, { 'demoNDI.value': -round - 1 });
    world.copy(path, (copy) => copy.remove([goneHere]));
    const before = world.ids(path);
    const staying = before.filter((id) => id !== goneThere);
    const killed = await survive(errandOf('twoWay', path), () => {
      expect(world.ids(path)).toEqual(expect.arrayContaining(staying));
      const there = world.remoteIds(datasetId);
      expect(there).toEqual(expect.arrayContaining(staying.filter((id) => id !== documentId(newHere))));
      expect(there).toContain(documentId(newThere));
    });
    const expected = [...staying, documentId(newThere)];
    await expectInStep(path, datasetId, expected);
    expect(world.stored(datasetId, mine)['demoNDI']).toEqual({ value: -round - 1 });
    expect(world.copy(path, (copy) => copy.document(theirs))['demoNDI']).toEqual({ value: -round - 1 });
    return killed;
  });
});
