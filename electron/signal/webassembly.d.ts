/** What we use of WebAssembly's own interface: it is part of the DOM's types, which this layer does not have. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    /** A SharedArrayBuffer where it is shared. */
    readonly buffer: ArrayBuffer;
    /** @returns the size before, in pages of 64 KiB */
    grow(pages: number): number;
  }
  interface ModuleConstructor {
    new (bytes: Uint8Array): Module;
  }
  const Module: ModuleConstructor;
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
    readonly exports: Record<string, unknown>;
  }
}
