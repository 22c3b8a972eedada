import type { Channel } from '../../../shared/contract/recordings.ts';
import { eventChannel } from '../channels.ts';

/** A mark or an event that a stimulus reader makes of a laboratory's files. */
export interface StimulusMark {
  /** `mk1`, `e1`, ... */
  readonly channel: string;
  readonly time: number;
  readonly value: number;
}

/** Times at which a line rises and falls, in seconds of the epoch. */
export interface Edges {
  readonly up: readonly number[];
  readonly down: readonly number[];
}

/**
 * Edges of a line of the recording: a digital one (`di2`), or an analog one that crosses a threshold in volts. Edges
 * that follow one of their kind within the refractory time are passed over.
 */
export type ReadEdges = (line: string, options?: { thresholdV?: number; refractorySec?: number }) => Edges;

/** Makes event channels of the files of a laboratory (daq-epochs-time reference, section 13). */
export interface StimulusReader {
  /** Last word of the class of NDI-matlab. */
  readonly id: string;
  readonly channels: readonly Channel[];
  /**
   * What tells how long the epoch is: the samples of the recording counted from 0, the time that its file states, its
   * own time stamps, or (without a recording) the marks themselves.
   */
  readonly extent: 'counted' | 'stated' | 'stamped' | 'marks';
  /** @throws NdiError format.*, path.* */
  marks(files: readonly string[], edges: ReadEdges, hasRecording: boolean): StimulusMark[];
}

const onOffChannel = eventChannel('marker', 1, 'stimulus on/off');
const idChannel = eventChannel('marker', 2, 'stimulus id');
const setUpChannel = eventChannel('marker', 3, 'set-up/clear');

export const twoMarkers = [onOffChannel, idChannel];
export const threeMarkers = [...twoMarkers, setUpChannel];

export function onOffMarks(channel: string, on: readonly number[], off: readonly number[]): StimulusMark[] {
  return [...on.map((time) => ({ channel, time, value: 1 })), ...off.map((time) => ({ channel, time, value: -1 }))];
}

export function valueMarks(channel: string, times: readonly number[], values: readonly number[]): StimulusMark[] {
  return times.map((time, at) => ({ channel, time, value: values[at] ?? NaN }));
}
