import type { BlockRun } from '../../formats/format.ts';
import { planPyramid, type PyramidPlan, type StreamPlan } from './plan.ts';
import type { OpenRecording } from '../../formats/format.ts';

/** A pyramid as a request names it. It may be used while it is being built. */
export interface PyramidAccess {
  readonly folder: string;
  /** What the files of the recording were (times, sizes) when it was built. */
  readonly stamp: string;
  /** One byte a part, shared with whoever builds: not 0 when the part is there. */
  readonly ready: SharedArrayBuffer;
}

/** The same beside the plan by which it is read. */
export interface OpenPyramid {
  readonly folder: string;
  readonly plan: PyramidPlan;
  readonly ready: Uint8Array;
}

const plans = new WeakMap<object, PyramidPlan>();

/** The plan of a recording, worked out once; of the same recording on another clock when it has the same streams. */
export function planOf(recording: OpenRecording): PyramidPlan {
  const known = plans.get(recording) ?? planPyramid(recording);
  plans.set(recording, known);
  return known;
}

/** The pyramid of a recording, or null where it belongs to other files or another plan. */
export function openPyramid(
  recording: OpenRecording,
  stamp: string,
  access: PyramidAccess | undefined,
): OpenPyramid | null {
  if (access === undefined || access.stamp !== stamp) return null;
  const plan = planOf(recording);
  if (access.ready.byteLength !== plan.parts) return null;
  return { folder: access.folder, plan, ready: new Uint8Array(access.ready) };
}

/** Whether all cells that hold the samples [from, to) of a run are there. */
export function isReady(
  pyramid: OpenPyramid,
  plan: StreamPlan,
  run: Pick<BlockRun, 'samples'>,
  runIndex: number,
  from: number,
  to: number,
): boolean {
  const first = plan.firstParts[runIndex] ?? 0;
  const last = first + Math.floor((Math.min(to, run.samples) - 1) / plan.partSamples);
  for (let part = first + Math.floor(from / plan.partSamples); part <= last; part++) {
    if (pyramid.ready[part] === 0) return false;
  }
  return true;
}

/** The coarsest level whose cells are no longer than `samples`; -1 where all are. */
export function levelFor(plan: StreamPlan, samples: number): number {
  return plan.levels.findLastIndex(({ factor }) => factor <= samples);
}
