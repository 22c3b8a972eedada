import { decodeBinaryFrame, encodeBinaryFrame } from './binary-frame.ts';

/** The binary answer of `signals.view`: what a screen shows of a time range. */

/** How the values of one channel are laid out in the body. */
export interface ViewChannel {
  readonly name: string;
  readonly units: string;
  /** `envelope`: per run, `count` minima and then `count` maxima. `samples`: per run, `count` values. */
  readonly mode: 'envelope' | 'samples';
  readonly runs: readonly ViewRun[];
  /** A band or reference was asked for, and this range is too long (or the sample rate too low) for it. */
  readonly asIs?: boolean;
}

/** Values without a gap between them. */
export interface ViewRun {
  /** Time of the first sample, or left edge of the first column, in seconds. */
  readonly t0: number;
  /** Seconds from value to value or from column to column. */
  readonly dt: number;
  readonly count: number;
  /** Position in the body, in floats. */
  readonly at: number;
}

export interface ViewHeader {
  readonly t0: number;
  readonly t1: number;
  readonly columns: number;
  readonly channels: readonly ViewChannel[];
  /** Samples behind one column at the highest rate shown, for the badge (`1:1000 min/max`). 1 means raw. */
  readonly samplesPerColumn: number;
  /** Coarsest level of the pyramid that gave columns; 0 when all came from the samples. */
  readonly level: number;
  /** Share of the columns that were looked at in part only, or (NaN) not at all: the picture gets sharper later. */
  readonly sampled: number;
  /** The job that builds the recording's overview; missing where none is needed or it is complete. */
  readonly job?: string;
}

/** A decoded frame; `body` holds NaN where an envelope column has no sample. */
export interface ViewFrame {
  readonly header: ViewHeader;
  readonly body: Float32Array;
}

export function encodeViewFrame({ header, body }: ViewFrame): Uint8Array<ArrayBuffer> {
  return encodeBinaryFrame(header, body);
}

export function decodeViewFrame(bytes: Uint8Array<ArrayBuffer>): ViewFrame {
  const { header, buffer, bodyAt, bodyBytes } = decodeBinaryFrame(bytes);
  return { header: header as ViewHeader, body: new Float32Array(buffer, bodyAt, bodyBytes / 4) };
}
