import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KernelFunctions } from './kernel-functions.ts';
import { scalarKernels } from './scalar-kernels.ts';

export interface Kernels extends KernelFunctions {
  readonly memory: WebAssembly.Memory;
}

/** From a source file as from a bundle in dist/electron/, the compiled kernels lie at the same place. */
const compiledPath = fileURLToPath(new URL('../../dist/kernels/kernels.wasm', import.meta.url));

const PAGE_BYTES = 65_536;

/** One set a thread. Without a build (`dist/kernels/` missing) the plain loops do the same work, several times slower. */
export function loadKernels(kind: 'compiled' | 'scalar' = existsSync(compiledPath) ? 'compiled' : 'scalar'): Kernels {
  const memory = new WebAssembly.Memory({ initial: 16 });
  if (kind === 'scalar') return { memory, ...scalarKernels(memory) };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(compiledPath)), { env: { memory } });
  return { memory, ...(instance.exports as unknown as KernelFunctions) };
}

/** Hands out parts of the kernels' memory for one task; the parts are valid until the next task begins. */
export class Scratch {
  readonly kernels: Kernels;
  #used = PAGE_BYTES;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  reset(): void {
    this.#used = PAGE_BYTES;
  }

  /** How much is taken now; `release` gives back all that was taken since. */
  mark(): number {
    return this.#used;
  }

  release(mark: number): void {
    this.#used = mark;
  }

  /** A pointer to `bytes` bytes, aligned to 64. Views of the memory made before are void afterwards: it may have grown. */
  take(bytes: number): number {
    const at = this.#used;
    this.#used = Math.ceil((at + bytes) / 64) * 64;
    const missing = this.#used + 64 - this.kernels.memory.buffer.byteLength;
    if (missing > 0) this.kernels.memory.grow(Math.ceil(missing / PAGE_BYTES));
    return at;
  }

  u8(at: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.kernels.memory.buffer, at, length);
  }
  i16(at: number, length: number): Int16Array<ArrayBuffer> {
    return new Int16Array(this.kernels.memory.buffer, at, length);
  }
  i32(at: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.kernels.memory.buffer, at, length);
  }
  u16(at: number, length: number): Uint16Array<ArrayBuffer> {
    return new Uint16Array(this.kernels.memory.buffer, at, length);
  }
  f32(at: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.kernels.memory.buffer, at, length);
  }
  f64(at: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.kernels.memory.buffer, at, length);
  }
}
