import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { MoviesService } from './movies.ts';
import type { SignalsService } from './signals.ts';

afterAll(cleanUp);

function madeFolder() {
  const folder = temporaryFolder();
  const recording = join(folder, 'Trial1.rhd');
  for (const [name, text] of [
    ['a.mp4', 'aa'],
    ['trial1_cam.WEBM', '0123456789'],
    ['Trial1.rhd', 'r'],
    ['notes.txt', 'n'],
  ] as const) {
    writeFileSync(join(folder, name), text);
  }
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'deep', 'b.mp4'), 'b');
  mkdirSync(join(folder, 'no movie.mov'));
  if (process.platform !== 'win32') symlinkSync(join(folder, 'gone'), join(folder, 'lost.mp4'));
  const describe = () => Promise.resolve({ path: recording, files: [recording] });
  const movies = new MoviesService({ describe } as unknown as SignalsService);
  return { folder, movies, source: { path: recording } };
}

it('finds the movies beside a recording, those named like it first', async () => {
  const { folder, movies, source } = madeFolder();
  expect(await movies.list({ source })).toEqual([
    { path: join(folder, 'trial1_cam.WEBM'), name: 'trial1_cam.WEBM', sizeBytes: 10, type: 'video/webm' },
    { path: join(folder, 'a.mp4'), name: 'a.mp4', sizeBytes: 2, type: 'video/mp4' },
  ]);
});

it('hands out parts of them, and of no other file', async () => {
  const { folder, movies, source } = madeFolder();
  const part = async (name: string, offset: number, bytes: number) =>
    Buffer.from(await movies.part({ source, path: join(folder, name), offset, bytes })).toString();
  expect(await part('trial1_cam.WEBM', 4, 3)).toBe('456');
  expect(await part('trial1_cam.WEBM', 8, 100)).toBe('89');
  for (const name of ['notes.txt', 'Trial1.rhd', 'deep/b.mp4', '../a.mp4']) {
    await expect(part(name, 0, 1)).rejects.toMatchObject({ code: 'path.missing' });
  }
});
