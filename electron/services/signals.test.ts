import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSession as createSessionFolder } from '../ndi/create-session.ts';
import { newDocument } from '../ndi/documents/build.ts';
import { ndiFolder, typeFile } from '../ndi/folder.ts';
import { createSession } from './imports/create.ts';
import { newFolder, removeFolders, writeIntan } from './imports/testing/made-recordings.ts';
import { createServices, type Services } from './services.ts';

let services: Services;
beforeAll(() => (services = createServices({ door: 'cli', dataFolder: newFolder() })));
afterAll(() => services.close().finally(removeFolders));

/** A session of one recording whose values all begin at `start`. */
async function recorded(reference: string, start: number) {
  const folder = newFolder();
  await writeIntan(join(folder, 'a.rhd'), 1, start);
  return createSession(services, { sessionDir: folder, reference, from: folder, exclude: [] });
}

/** A dataset that links to sessions, as `ndi.dataset.dir/add_linked_session` of NDI-matlab records them. */
function datasetOf(sessions: readonly { id: string; reference: string; path: string }[]): string {
  const folder = newFolder();
  const documents = sessions.map(({ id, reference, path }) =>
    newDocument('session_in_a_dataset', {
      'session_in_a_dataset.session_id': id,
      'session_in_a_dataset.session_reference': reference,
      'session_in_a_dataset.is_linked': 1,
      'session_in_a_dataset.session_creator': 'ndi.session.dir',
      'session_in_a_dataset.session_creator_input1': reference,
      'session_in_a_dataset.session_creator_input2': path,
    }),
  );
  createSessionFolder({ path: folder, reference: 'both days', documents }).close();
  writeFileSync(join(ndiFolder(folder), typeFile), 'dataset');
  return folder;
}

it('reads the signals of each session of a dataset, told apart by their ids', async () => {
  const days = [await recorded('day 1', 100), await recorded('day 2', 200)];
  const path = datasetOf(days);
  const dataset = await services.items.info(path);
  if (dataset.kind !== 'dataset') throw new Error(dataset.kind);
  expect(dataset.sessions.map(({ reference, linked }) => [reference, linked])).toEqual([
    ['day 1', true],
    ['day 2', true],
  ]);

  const firstSample = async (source: { path: string; sessionId?: string; device?: string; epoch?: string }) => {
    const samples = await services.signals.read({ source, channels: 'ai1', from: 0, to: 1, unit: 'samples' });
    return samples.data[0]?.[0];
  };
  for (const [at, { id, path: own }] of days.entries()) {
    const info = await services.items.info(path, id);
    if (info.kind !== 'session') throw new Error(info.kind);
    const epoch = info.epochs[0]?.epochId ?? '';
    const value = await firstSample({ path, sessionId: id, device: 'intan1', epoch });
    expect(value).toBe(await firstSample({ path: own }));
    // Words of 0.195 microvolts: the nearest to what was written.
    expect(value).toBeCloseTo(100 * (at + 1), 0);
  }
  await expect(firstSample({ path })).rejects.toMatchObject({ code: 'session.notFound' });
  await expect(firstSample({ path, sessionId: 'nobody' })).rejects.toMatchObject({ code: 'session.notFound' });
});

it('says why an epoch cannot be read, by the code and the file of what went wrong', async () => {
  const info = await recorded('damaged', 0);
  const file = join(info.path, 'a.rhd');
  writeFileSync(file, '');
  await expect(
    services.signals.read({ source: { path: info.path }, channels: 'ai1', from: 0, to: 1, unit: 'seconds' }),
  ).rejects.toMatchObject({ code: 'format.empty', details: { paths: [file] } });
});
