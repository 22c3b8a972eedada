// Compiles the hot loops (electron/signal/kernels, AssemblyScript) to dist/kernels/kernels.wasm when they are newer.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode, tool } from './install.mjs';

const source = join(root, 'electron', 'signal', 'kernels', 'kernels.ts');
const result = join(root, 'dist', 'kernels', 'kernels.wasm');

if (!existsSync(result) || statSync(result).mtimeMs < statSync(source).mtimeMs) {
  mkdirSync(join(root, 'dist', 'kernels'), { recursive: true });
  runNode([
    tool('assemblyscript', 'bin', 'asc.js'),
    source,
    '--outFile',
    result,
    '--optimizeLevel',
    '3',
    '--shrinkLevel',
    '0',
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--importMemory',
    '--noAssert',
    '--noExportMemory',
  ]);
}
