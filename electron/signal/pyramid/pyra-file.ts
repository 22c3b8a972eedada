/**
 * Files of one level of a min/max pyramid, as Pyraview writes them and NDI's `pyraview` documents keep them: a header of
 * 1024 bytes, then for every cell and channel its minimum and its maximum.
 */
export const pyraHeaderBytes = 1024;

const MAGIC = 0x4152_5950; // 'PYRA'
const VERSION = 1;

/** Data types by their numbers in the header; we write the ones named here. */
export const pyraTypes = { int16: 2, float64: 9 } as const;

export interface PyraHeader {
  readonly dataType: number;
  readonly channels: number;
  /** Samples per second of this level, and of the recording. */
  readonly sampleRate: number;
  readonly nativeRate: number;
  readonly startTime: number;
  /** Samples of the recording behind one cell. */
  readonly decimation: number;
}

export function encodePyraHeader(header: PyraHeader): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pyraHeaderBytes);
  const data = new DataView(bytes.buffer);
  data.setUint32(0, MAGIC, true);
  data.setUint32(4, VERSION, true);
  data.setUint32(8, header.dataType, true);
  data.setUint32(12, header.channels, true);
  data.setFloat64(16, header.sampleRate, true);
  data.setFloat64(24, header.nativeRate, true);
  data.setFloat64(32, header.startTime, true);
  data.setUint32(40, header.decimation, true);
  return bytes;
}

/** Reads a header; null where it is none of this version. */
export function decodePyraHeader(data: DataView): PyraHeader | null {
  if (data.byteLength < pyraHeaderBytes || data.getUint32(0, true) !== MAGIC) return null;
  if (data.getUint32(4, true) !== VERSION) return null;
  return {
    dataType: data.getUint32(8, true),
    channels: data.getUint32(12, true),
    sampleRate: data.getFloat64(16, true),
    nativeRate: data.getFloat64(24, true),
    startTime: data.getFloat64(32, true),
    decimation: data.getUint32(40, true),
  };
}
