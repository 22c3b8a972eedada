import { decodeBinaryFrame, encodeBinaryFrame } from './binary-frame.ts';

/** Bits of a value: doubles are exact, singles are the doubles rounded once. */
export type Precision = 'single' | 'double';

type Values = Float32Array | Float64Array;

interface FrameChannel {
  readonly name: string;
  readonly units: string;
  readonly sampleRate: number;
  /** Its values are so many of the body, behind those of the channels before it. */
  readonly length: number;
}

interface FrameHeader {
  readonly precision: Precision;
  readonly channels: readonly FrameChannel[];
  /** Time of the first sample, in seconds. */
  readonly t0: number;
}

/** The binary answer of `signals.values`: exact samples, a list a channel; NaN in gaps. */
export interface SampleFrame {
  readonly channels: readonly FrameChannel[];
  readonly t0: number;
  readonly data: readonly Values[];
}

/** @param values of all channels, one after the other */
export function encodeSampleFrame(header: FrameHeader, values: Values): Uint8Array<ArrayBuffer> {
  const { precision, t0 } = header;
  const channels = header.channels.map(({ name, units, sampleRate, length }) => ({ name, units, sampleRate, length }));
  return encodeBinaryFrame({ precision, channels, t0 }, values);
}

export function decodeSampleFrame(bytes: Uint8Array<ArrayBuffer>): SampleFrame {
  const { header, buffer, bodyAt, bodyBytes } = decodeBinaryFrame(bytes);
  const { precision, channels, t0 } = header as FrameHeader;
  const values =
    precision === 'single'
      ? new Float32Array(buffer, bodyAt, bodyBytes / 4)
      : new Float64Array(buffer, bodyAt, bodyBytes / 8);
  let start = 0;
  const data = channels.map(({ length }) => {
    start += length;
    return values.subarray(start - length, start);
  });
  return { channels, t0, data };
}
