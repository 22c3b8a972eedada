import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createSession } from './create-session.ts';
import { createDataset } from './dataset-members.ts';
import { openItem } from './open-item.ts';
import { cleanUp, temporaryFolder } from './testing/folders.ts';

afterAll(cleanUp);

const hasPipes = spawnSync('sh', ['-c', 'command -v mkfifo']).status === 0;

// Where there is no mkfifo (Windows) there are no such pipes, and this is skipped.
it.skipIf(!hasPipes).each([
  ['session', 'reference.txt'],
  ['session', 'unique_reference.txt'],
  ['session', 'ndi_object_type.txt'],
  ['session', 'did-sqlite.sqlite'],
  ['dataset', 'reference.txt'],
  ['dataset', 'unique_reference.txt'],
  ['dataset', 'ndi_object_type.txt'],
  ['dataset', 'did-sqlite.sqlite'],
])('a %s with a pipe in the place of its %s is refused, not waited for', (kind, name) => {
  const path = join(temporaryFolder(), kind);
  mkdirSync(path);
  (kind === 'session' ? createSession : createDataset)({ path, reference: 'r' }).close();
  const pipe = join(path, '.ndi', name);
  rmSync(pipe, { force: true });
  execFileSync('mkfifo', [pipe]);
  const names = readdirSync(path, { recursive: true }).sort();
  // Whoever reads from it after all comes to its end at once.
  const writer = spawn('sh', ['-c', 'while :; do : >"$0"; done', pipe], { stdio: 'ignore' });
  try {
    expect(() => openItem(path)).toThrow(
      expect.objectContaining({ code: 'path.ioFault', details: expect.objectContaining({ path: pipe }) as unknown }),
    );
    expect(readdirSync(path, { recursive: true }).sort()).toEqual(names);
    expect(existsSync(pipe)).toBe(true);
  } finally {
    writer.kill();
  }
});
