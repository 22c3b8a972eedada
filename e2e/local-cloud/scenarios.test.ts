// Every scenario of NDI Cloud is tested under its name: a test whose title begins with it. `NDI_LIST_SCENARIOS=1` prints where.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/**
 * How many there are by group: tokens, sign-in, faults, listing, documents, files, downloads, what a sync does, its
 * hazards, deleting and publishing, comparing and repairing, DOIs, the local cloud.
 */
const groups = { A: 3, B: 7, C: 10, D: 7, E: 7, F: 13, G: 11, H: 22, I: 12, J: 8, K: 3, L: 4, M: 18 };
const root = fileURLToPath(new URL('../..', import.meta.url));

function* testFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* testFiles(path);
    else if (/\.(test|spec)\.tsx?$/.test(entry.name)) yield path;
  }
}

/** Scenario to the files that test it. */
function testedScenarios(): Map<string, Set<string>> {
  const tested = new Map<string, Set<string>>();
  for (const folder of ['electron/ndi/cloud', 'electron/services/cloud', 'e2e']) {
    for (const path of testFiles(folder)) {
      // Titles are the strings that begin with scenarios: 'H12 H13: …', 'J1, J2: …', 'A1 row %s', 'H5'.
      for (const [, names = ''] of readFileSync(join(root, path), 'utf8').matchAll(
        /['"`]((?:[A-M]\d{1,2}(?:[,: ]+|(?=['"`])))+)/g,
      )) {
        for (const [name] of names.matchAll(/[A-M]\d{1,2}/g)) {
          tested.set(name, (tested.get(name) ?? new Set()).add(path));
        }
      }
    }
  }
  return tested;
}

test('every scenario has a test of its name', () => {
  const tested = testedScenarios();
  const all = Object.entries(groups).flatMap(([group, count]) =>
    Array.from({ length: count }, (_, at) => `${group}${at + 1}`),
  );
  expect(all.filter((name) => !tested.has(name))).toEqual([]);
  if (process.env['NDI_LIST_SCENARIOS'] !== undefined) {
    for (const name of all) process.stdout.write(`${name}\t${[...(tested.get(name) ?? [])].sort().join(', ')}\n`);
  }
});
