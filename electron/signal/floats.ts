/** Physical values: 32 bits for the screen, 64 where they must be exact. */
export type Floats = Float32Array | Float64Array;

/**
 * Copies planes, each into its target from position `at` on. `TypedArray.set` does the same, but byte by byte where
 * memory is shared between threads and the two are not aligned alike.
 */
export function copyPlanes(planes: readonly Floats[], targets: readonly Floats[], at: number): void {
  let source: Buffer = Buffer.alloc(0);
  let result: Buffer = source;
  planes.forEach((plane, index) => {
    const target = targets[index];
    if (target === undefined) return;
    const width = plane.BYTES_PER_ELEMENT;
    if (width !== target.BYTES_PER_ELEMENT || target.buffer instanceof ArrayBuffer) {
      target.set(plane, at);
      return;
    }
    if (source.buffer !== plane.buffer) source = Buffer.from(plane.buffer);
    if (result.buffer !== target.buffer) result = Buffer.from(target.buffer);
    source.copy(result, target.byteOffset + width * at, plane.byteOffset, plane.byteOffset + plane.byteLength);
  });
}
