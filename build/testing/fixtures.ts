import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Folder of real recordings and NDI data beside the checkout (or `NDI_FIXTURES`); their licences keep them out of it. */
export const fixturesFolder = process.env['NDI_FIXTURES'] ?? join(dirname(checkout), 'shared', 'fixtures');

/** Whether the fixtures are on this machine: `describe.skipIf(!hasFixtures)` where they are not. */
export const hasFixtures = existsSync(fixturesFolder);

if (!hasFixtures && process.env['NDI_FIXTURES_SAID'] === undefined) {
  process.env['NDI_FIXTURES_SAID'] = '1';
  process.stderr.write(`Real recordings are not at ${fixturesFolder}: the tests that need them are skipped.\n`);
}

/** Path of a fixture, below `fixtures/`. */
export function fixturePath(...parts: string[]): string {
  return join(fixturesFolder, ...parts);
}
