import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KernelFunctions } from './kernel-functions.ts';
import { scalarKernels } from './scalar-kernels.ts';

export interface Kernels extends KernelFunctions {
  readonly memory: WebAssembly.Memory;
}

/** From a source file as from a bundle in dist/electron/, the compiled kernels lie at the same place. */
const folder = fileURLToPath(new URL('../../dist/kernels/', import.meta.url));
const files = { own: `${folder}kernels.wasm`, shared: `${folder}kernels-shared.wasm` };
const isBuilt = existsSync(files.shared);
const modules = new Map<string, WebAssembly.Module>();

const PAGE_BYTES = 65_536;
/** The first page is left to the kernels. */
export const FIRST_BYTE = PAGE_BYTES;

/** Memory of at least so many bytes that threads share: each has kernels over it, and a room of its own in it. */
export function sharedMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/**
 * One set a thread, and one for each memory that it shares with others. Without a build (`dist/kernels/` missing) the
 * plain loops do the same work, several times slower.
 */
export function loadKernels(
  kind: 'compiled' | 'scalar' = isBuilt ? 'compiled' : 'scalar',
  memory = new WebAssembly.Memory({ initial: 16 }),
): Kernels {
  if (kind === 'scalar') return { memory, ...scalarKernels(memory) };
  const instance = new WebAssembly.Instance(moduleOf(memory), { env: { memory } });
  return { memory, ...(instance.exports as unknown as KernelFunctions) };
}

function moduleOf({ buffer }: WebAssembly.Memory): WebAssembly.Module {
  const path = files[buffer instanceof ArrayBuffer ? 'own' : 'shared'];
  const known = modules.get(path) ?? new WebAssembly.Module(readFileSync(path));
  modules.set(path, known);
  return known;
}

/** Hands out parts of the kernels' memory for one task; the parts are valid until the next task begins. */
export class Scratch {
  readonly kernels: Kernels;
  /** Whether it is a room in memory that threads share: what is decoded goes straight to its place there. */
  readonly isRoom: boolean;
  readonly #first: number;
  readonly #end: number;
  #used: number;

  constructor(kernels: Kernels, room?: { readonly at: number; readonly bytes: number }) {
    this.kernels = kernels;
    this.isRoom = room !== undefined;
    this.#first = room?.at ?? FIRST_BYTE;
    this.#end = room === undefined ? Infinity : room.at + room.bytes;
    this.#used = this.#first;
  }

  reset(): void {
    this.#used = this.#first;
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
    if (this.#used > this.#end) throw new RangeError('A task took more memory than its room has.');
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
