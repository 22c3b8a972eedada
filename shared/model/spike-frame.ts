import { decodeBinaryFrame, encodeBinaryFrame } from './binary-frame.ts';

/** The binary answer of `units.spikes`: spike times of some units, as a screen can tell them apart. */
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

export function encodeSpikeFrame({ header, times }: SpikeFrame): Uint8Array<ArrayBuffer> {
  return encodeBinaryFrame(header, times);
}

export function decodeSpikeFrame(bytes: Uint8Array<ArrayBuffer>): SpikeFrame {
  const { header, buffer, bodyAt, bodyBytes } = decodeBinaryFrame(bytes);
  return { header: header as SpikeHeader, times: new Float64Array(buffer, bodyAt, bodyBytes / 8) };
}
