// npm run build: kernels, privileged side and page into dist/. Does nothing for a part whose sources have not changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root, runNode, tool } from './install.mjs';

const parts = [
  {
    name: 'kernels',
    sources: ['electron/signal/kernels', 'build/commands/kernels.mjs'],
    result: 'dist/kernels/kernels-shared.wasm',
    make: () => runNode([join('build', 'commands', 'kernels.mjs')]),
  },
  {
    name: 'electron',
    sources: ['electron', 'shared', 'build/commands/bundle.mjs'],
    result: 'dist/electron/cli.js',
    make: () => runNode([join('build', 'commands', 'bundle.mjs')]),
  },
  {
    name: 'renderer',
    sources: ['renderer', 'shared', 'build/vite.config.ts'],
    result: 'dist/renderer/index.html',
    make: () =>
      runNode([tool('vite', 'bin', 'vite.js'), 'build', '--config', 'build/vite.config.ts', '--logLevel', 'warn']),
  },
];

/** Builds the parts whose sources changed since the last build; all of them, or those named. */
export function ensureBuilt(names = parts.map((part) => part.name)) {
  const stampPath = join(root, 'dist', '.stamps.json');
  const stamps = existsSync(stampPath) ? JSON.parse(readFileSync(stampPath, 'utf8')) : {};
  for (const part of parts.filter((one) => names.includes(one.name))) {
    const stamp = hashTree([...part.sources, 'package-lock.json']);
    if (stamps[part.name] === stamp && existsSync(join(root, part.result))) continue;
    process.stderr.write(`Building ${part.name}…\n`);
    part.make();
    stamps[part.name] = stamp;
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(stampPath, JSON.stringify(stamps));
  }
}

function hashTree(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addToHash(hash, path);
  return hash.digest('hex');
}

function addToHash(hash, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  const entries = listFolder(full);
  if (entries === null) {
    hash.update(path).update(readFileSync(full));
    return;
  }
  for (const entry of entries) if (!entry.includes('.test.')) addToHash(hash, join(path, entry));
}

function listFolder(path) {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  ensureBuilt();
}
