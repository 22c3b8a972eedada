// Scenario group H of NDI Cloud in whole runs: what is on each side after every mode, and what the index says.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import type { SyncMode } from '../../../shared/model/sync.ts';
import { readSyncIndex, syncIndexPath, writeSyncIndex } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const words = (list: string): string[] => list.split(' ').filter((word) => word !== '');

/**
 * L = {a b c d}, R = {a b e f}, Li = {a b d}, Ri = {a b d f}: c is new here, e new there, d was deleted there, f was
 * recorded and never fetched. The link and the session are on both sides and left out of what is told.
 */
async function start(name: string) {
  const path = world.dataset(name, 0);
  const made = Object.fromEntries(words('a b c d e f').map((letter, at) => [letter, world.demo(letter, at)]));
  const of = (letters: string): NdiDocument[] =>
    words(letters).flatMap((letter) => (made[letter] === undefined ? [] : [made[letter]]));
  const ids = (letters: string) => of(letters).map(documentId);
  const letterOf = new Map(Object.entries(made).map(([letter, document]) => [documentId(document), letter]));
  const letters = (all: Iterable<string>) => [...all].flatMap((id) => letterOf.get(id) ?? []).sort();
  world.put(path, of('a b d'));
  const { datasetId } = await world.upload(path);
  const common = world.ids(path).filter((id) => !letterOf.has(id));
  world.removeThere(datasetId, ids('d')[0] ?? '');
  world.put(path, of('c'));
  const session = world.copy(path, (copy) => copy.id);
  for (const document of of('e f')) {
    world.addThere(datasetId, { ...document, base: { ...(document['base'] as object), session_id: session } });
  }
  writeSyncIndex(path, { local: [...common, ...ids('a b d')], remote: [...common, ...ids('a b d f')] });
  const look = () => {
    const index = readSyncIndex(path);
    return [world.ids(path), world.remoteIds(datasetId), index.local, index.remote].map((all) =>
      letters(all).join(' '),
    );
  };
  return { path, datasetId, look };
}

const consent = { approval: { typedName: true } };

it.each([
  ['H1', 'uploadNew', false, ['a b c d', 'a b c e f', 'a b c d']],
  ['H2', 'downloadNew', false, ['a b c d e f', 'a b e f', 'a b d e f']],
  ['H3', 'mirrorFromRemote', false, ['a b e f', 'a b e f', 'a b e f']],
  ['H4', 'mirrorToRemote', false, ['a b c d', 'a b c d', 'a b c d']],
  ['H5', 'twoWay', false, ['a b c d e f', 'a b c d e f', 'a b c d e f']],
  ['H6', 'twoWay', true, ['a b c e f', 'a b c e f', 'a b c e f']],
] as const)(
  '%s: after %s (deletions %s) both sides and the index are as they should be',
  async (name, mode, deletions, after) => {
    const { path, look } = await start(name);
    const options = { mode, deletions, ...consent };
    expect((await world.sync(path, options)).success).toBe(true);
    const [here, there, index] = after;
    expect(look()).toEqual([here, there, index, index]);
    // Again at once: nothing is left to do, nothing changes.
    const writes = world.requests(/^(PUT|DELETE)|bulk-(upload|delete)$/).length;
    const again = await world.sync(path, options);
    expect(again.plan.steps).toEqual([]);
    expect(world.requests(/^(PUT|DELETE)|bulk-(upload|delete)$/)).toHaveLength(writes);
    expect(look()).toEqual([here, there, index, index]);
  },
);

it('H10 H11: what was deleted here comes back, or is deleted there; what is gone on both sides leaves the index', async () => {
  const back = await world.synced('comes back');
  const [gone = ''] = back.demos;
  world.copy(back.path, (copy) => copy.remove([gone]));
  for (const mode of ['uploadNew', 'downloadNew'] as const) {
    expect((await world.plan(back.path, { mode })).steps).toEqual([]);
  }
  expect((await world.sync(back.path, { mode: 'twoWay' })).tally.fetched).toBe(1);
  world.copy(back.path, (copy) => copy.remove([gone]));
  const deleted = await world.sync(back.path, { mode: 'twoWay', deletions: true, approval: { yes: true } });
  expect([deleted.success, deleted.tally.deletedThere]).toEqual([true, 1]);
  const both = await world.synced('gone on both sides');
  const [lost = ''] = both.demos;
  world.copy(both.path, (copy) => copy.remove([lost]));
  world.removeThere(both.datasetId, lost);
  const { plan } = await world.sync(both.path, { mode: 'twoWay' });
  expect(plan.steps).toEqual([]);
  expect(readSyncIndex(both.path).local.has(lost)).toBe(false);
});

it('H17: a plan of any mode tells all that would be done, writes nothing there, and leaves the index as it is to the byte', async () => {
  const { path, look } = await start('dry');
  const before = [readFileSync(syncIndexPath(path)), look()];
  const from = world.cloud.cloud.log.length;
  const counts: Partial<Record<SyncMode, number>> = {};
  for (const mode of ['uploadNew', 'downloadNew', 'mirrorToRemote', 'mirrorFromRemote', 'twoWay'] as const) {
    counts[mode] = (await world.plan(path, { mode, deletions: true, files: true, updateEdited: true })).steps.length;
  }
  expect(counts).toEqual({ uploadNew: 1, downloadNew: 2, mirrorToRemote: 4, mirrorFromRemote: 4, twoWay: 4 });
  expect([readFileSync(syncIndexPath(path)), look()]).toEqual(before);
  const asked = world.cloud.cloud.log.slice(from).map(({ method, path: one }) => `${method} ${one}`);
  expect(asked.filter((one) => !/^GET|auth\/login$|bulk-fetch$|ndiquery/.test(one))).toEqual([]);
});
