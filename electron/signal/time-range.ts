import { NdiError } from '../../shared/model/errors.ts';
import type { OpenRecording, SignalStream } from '../formats/format.ts';

/** @throws NdiError range.invalid unless both are numbers and the first is smaller */
export function checkTimeRange(t0: number, t1: number): void {
  if (Number.isFinite(t0) && Number.isFinite(t1) && t0 < t1) return;
  throw new NdiError({
    code: 'range.invalid',
    message: `The time range from ${t0} to ${t1} s is not a range.`,
    recovery: 'Give a start that is before the end.',
    details: { from: Number.isFinite(t0) ? t0 : String(t0), to: Number.isFinite(t1) ? t1 : String(t1) },
  });
}

/** The streams of a recording on a clock that is `timeShift` seconds ahead of the device's. */
export function shiftStreams(streams: OpenRecording['streams'], timeShift: number): readonly SignalStream[] {
  if (timeShift === 0) return streams;
  return streams.map((stream) => ({
    ...stream,
    runs: stream.runs.map((run) => ({ ...run, t0: run.t0 + timeShift })),
  }));
}
