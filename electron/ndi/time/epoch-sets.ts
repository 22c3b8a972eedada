import type { ClockSpan, ClockType } from '../../../shared/model/clocks.ts';
import type { ProbeMapEntry } from '../../../shared/model/epoch-probe-map.ts';

/** Anything with epochs whose times can be converted: a DAQ system, a probe, an element. */
export interface EpochSet {
  /** Name of its nodes in the sync graph: `intan1`, `probe: cortex | 1`, `element: unit1 | 1`. */
  readonly name: string;
  /** Class of NDI. */
  readonly className: string;
  /** DAQ systems are what sync rules relate; probes and elements stand on the epochs of others. */
  readonly kind: 'device' | 'derived';
  readonly epochs: readonly SetEpoch[];
}

export interface SetEpoch {
  readonly epochId: string;
  readonly sessionId: string;
  readonly clocks: readonly ClockSpan[];
  /** Absolute paths, of DAQ systems only. */
  readonly files: readonly string[];
  readonly probeMap: readonly ProbeMapEntry[];
  /** Epochs on which it stands. */
  readonly underlying: readonly { readonly setName: string; readonly epochId: string }[];
}

/** One epoch on one clock: the node of the sync graph. */
export interface EpochNode {
  readonly index: number;
  readonly set: EpochSet;
  readonly epoch: SetEpoch;
  readonly clock: ClockType;
  /** Seconds; NaN where there are none. */
  readonly t0: number;
  readonly t1: number;
}

/** Names a node in answers and arguments: DEVICE/EPOCH/CLOCK. */
export function nodeId(node: EpochNode): string {
  return `${node.set.name}/${node.epoch.epochId}/${node.clock}`;
}

/** Whether a time lies in the node's extent. */
export const holdsTime = (node: EpochNode, time: number): boolean => node.t0 <= time && time <= node.t1;
