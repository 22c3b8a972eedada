import { createHash } from 'node:crypto';
import { cpSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixturePath } from '../../../build/testing/fixtures.ts';

/** A new folder below the system's temporary folder, removed when the test file is done with `cleanUp`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ndi-test-'));
  made.push(folder);
  return folder;
}

const made: string[] = [];

export function cleanUp(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The real dataset that NDI-matlab wrote (read-only). */
export const realDataset = (): string => fixturePath('ndi-dataset', 'oldDataset');

/** A writable copy of it. */
export function copyOfRealDataset(): string {
  const folder = join(temporaryFolder(), 'oldDataset');
  cpSync(realDataset(), folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** Every entry of a folder with its bytes and times: equal before and after means that nothing was touched. */
export function fingerprint(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .concat('.')
    .map((name) => {
      const path = join(folder, name);
      const { mode, mtimeMs, ctimeMs, size } = lstatSync(path);
      const hash = lstatSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
      return [name, mode, mtimeMs, ctimeMs, size, hash].join(' ');
    });
}
