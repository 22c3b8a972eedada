/** Physical values: 32 bits for the screen, 64 where they must be exact. */
export type Floats = Float32Array | Float64Array;
