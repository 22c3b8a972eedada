/**
 * The binary answer of `signals.view`: what a screen shows of a time range, small enough to cross a process wall.
 *
 * Layout: u32 length of the header, the header as JSON (UTF-8) padded to a multiple of 8 bytes, then one Float32Array.
 * Little-endian, as is every machine that we run on.
 */

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

const ALIGNMENT = 8;

export function encodeViewFrame(frame: ViewFrame): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(JSON.stringify(frame.header));
  const bodyAt = Math.ceil((4 + header.length) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(bodyAt + frame.body.byteLength);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  bytes.set(new Uint8Array(frame.body.buffer, frame.body.byteOffset, frame.body.byteLength), bodyAt);
  return bytes;
}

export function decodeViewFrame(bytes: ArrayBuffer): ViewFrame {
  const headerLength = new DataView(bytes).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, headerLength))) as ViewHeader;
  const bodyAt = Math.ceil((4 + headerLength) / ALIGNMENT) * ALIGNMENT;
  return { header, body: new Float32Array(bytes, bodyAt) };
}
