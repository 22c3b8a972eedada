/**
 * The binary answer of `units.spikes`: spike times of some units, as a screen can tell them apart.
 *
 * Layout: u32 length of the header, the header as JSON (UTF-8) padded to a multiple of 8 bytes, then one Float64Array.
 * Little-endian, as is every machine that we run on.
 */
export interface SpikeHeader {
  readonly t0: number;
  readonly t1: number;
  readonly units: readonly {
    readonly id: string;
    /** Position and number of its times in the body. */
    readonly at: number;
    readonly count: number;
    /** Spikes in the range: more than `count` where several fall into one column. */
    readonly total: number;
  }[];
}

export interface SpikeFrame {
  readonly header: SpikeHeader;
  /** Seconds on the source's clock, rising within a unit. */
  readonly times: Float64Array;
}

const ALIGNMENT = 8;

export function encodeSpikeFrame({ header, times }: SpikeFrame): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bodyAt = Math.ceil((4 + text.length) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(bodyAt + times.byteLength);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(new Uint8Array(times.buffer, times.byteOffset, times.byteLength), bodyAt);
  return bytes;
}

export function decodeSpikeFrame(bytes: ArrayBuffer): SpikeFrame {
  const length = new DataView(bytes).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length))) as SpikeHeader;
  return { header, times: new Float64Array(bytes, Math.ceil((4 + length) / ALIGNMENT) * ALIGNMENT) };
}
