/** Values of pixels, by the names that MATLAB gives their types. 64-bit integers come as doubles, which may round them. */
const pixelTypes = {
  uint8: { bytes: 1, array: Uint8Array },
  int8: { bytes: 1, array: Int8Array },
  uint16: { bytes: 2, array: Uint16Array },
  int16: { bytes: 2, array: Int16Array },
  uint32: { bytes: 4, array: Uint32Array },
  int32: { bytes: 4, array: Int32Array },
  uint64: { bytes: 8, array: Float64Array },
  int64: { bytes: 8, array: Float64Array },
  single: { bytes: 4, array: Float32Array },
  double: { bytes: 8, array: Float64Array },
  logical: { bytes: 1, array: Uint8Array },
} as const;

export type PixelType = keyof typeof pixelTypes;
export type PixelArray = InstanceType<(typeof pixelTypes)[PixelType]['array']>;

/** NumPy’s and NDI’s other names of the same types. */
const otherNames: Readonly<Record<string, PixelType>> = {
  float32: 'single',
  float64: 'double',
  float: 'single',
  char: 'uint8',
  uchar: 'uint8',
  bool: 'logical',
  boolean: 'logical',
  ubit1: 'logical',
};

/** The type of a name, whatever its case; null where it is none. */
export function pixelTypeOf(name: string): PixelType | null {
  const plain = name.trim().toLowerCase();
  if (Object.hasOwn(pixelTypes, plain)) return plain as PixelType;
  return Object.hasOwn(otherNames, plain) ? (otherNames[plain] ?? null) : null;
}

/** Bytes of one value in a file. */
export const pixelBytes = (type: PixelType): number => pixelTypes[type].bytes;

export function newPixels(type: PixelType, length: number): PixelArray {
  return new pixelTypes[type].array(length);
}

/** Values as they lie in memory: what `PixelArray` of the type begins at `byteOffset`. */
export function pixelsIn(type: PixelType, bytes: ArrayBuffer, byteOffset: number, length: number): PixelArray {
  return new pixelTypes[type].array(bytes, byteOffset, length);
}

/** Reads one value of a file. */
export function pixelGetter(type: PixelType, view: DataView, littleEndian: boolean): (at: number) => number {
  switch (type) {
    case 'uint8':
    case 'logical':
      return (at) => view.getUint8(at);
    case 'int8':
      return (at) => view.getInt8(at);
    case 'uint16':
      return (at) => view.getUint16(at, littleEndian);
    case 'int16':
      return (at) => view.getInt16(at, littleEndian);
    case 'uint32':
      return (at) => view.getUint32(at, littleEndian);
    case 'int32':
      return (at) => view.getInt32(at, littleEndian);
    case 'uint64':
      return (at) => Number(view.getBigUint64(at, littleEndian));
    case 'int64':
      return (at) => Number(view.getBigInt64(at, littleEndian));
    case 'single':
      return (at) => view.getFloat32(at, littleEndian);
    case 'double':
      return (at) => view.getFloat64(at, littleEndian);
  }
}
