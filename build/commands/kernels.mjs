// Compiles the hot loops (electron/signal/kernels, AssemblyScript) to dist/kernels/ when they are newer: once over memory of
// one thread, and once over memory that threads share.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode, tool } from './install.mjs';

const source = join(root, 'electron', 'signal', 'kernels', 'kernels.ts');
const folder = join(root, 'dist', 'kernels');
const results = {
  'kernels.wasm': [],
  'kernels-shared.wasm': ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'],
};

mkdirSync(folder, { recursive: true });
for (const [name, options] of Object.entries(results)) {
  const result = join(folder, name);
  if (existsSync(result) && statSync(result).mtimeMs >= statSync(source).mtimeMs) continue;
  const common =
    '--optimizeLevel 3 --shrinkLevel 0 --enable simd --runtime stub --importMemory --noAssert --noExportMemory';
  runNode([tool('assemblyscript', 'bin', 'asc.js'), source, '--outFile', result, ...common.split(' '), ...options]);
}
