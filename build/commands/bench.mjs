// npm run bench [-- NAME…]: runs the benches of bench/, all or those named, and prints their tables.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, fail, root, runNode } from './install.mjs';

ensureInstalled();
ensureBuilt();
const wanted = process.argv.slice(2);
const all = readdirSync(join(root, 'bench'))
  .filter((name) => name.endsWith('.bench.ts'))
  .sort();
const chosen = wanted.length === 0 ? all : all.filter((name) => wanted.some((want) => name === `${want}.bench.ts`));
if (chosen.length === 0)
  fail(`No such bench. There are: ${all.map((name) => name.replace('.bench.ts', '')).join(', ')}.`);
for (const name of chosen) runNode([join('bench', name)]);
