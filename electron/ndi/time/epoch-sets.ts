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
  /** Changes when one of its files does; the same where nobody looked. */
  readonly stamp: string;
  /** Epochs on which it stands. */
  readonly underlying: readonly { readonly setName: string; readonly epochId: string }[];
}

/** One epoch on one clock: the node of the sync graph. */
export interface EpochNode {
  readonly index: number;
  /** What it is of, without epochs: those may be others by now. */
  readonly set: Pick<EpochSet, 'name' | 'className' | 'kind'>;
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

/** Whether nothing about an epoch has changed. */
export function sameEpoch(a: SetEpoch, b: SetEpoch): boolean {
  if (a.epochId !== b.epochId || a.stamp !== b.stamp || a.clocks.length !== b.clocks.length) return false;
  const sameClocks = a.clocks.every(({ type, t0, t1 }, at) => {
    const other = b.clocks[at];
    return other?.type === type && Object.is(other.t0, t0) && Object.is(other.t1, t1);
  });
  if (!sameClocks || a.sessionId !== b.sessionId || a.files.length !== b.files.length) return false;
  if (!a.files.every((file, at) => file === b.files[at])) return false;
  return sameRows(a.probeMap, b.probeMap) && sameRows(a.underlying, b.underlying);
}

function sameRows(a: readonly object[], b: readonly object[]): boolean {
  return a.length === b.length && (a.length === 0 || JSON.stringify(a) === JSON.stringify(b));
}

/** The set with those of its epochs that did not change as the objects that they were. */
export function keepingEpochs(set: EpochSet, before: EpochSet | undefined): EpochSet {
  if (before === undefined) return set;
  const known = new Map(before.epochs.map((epoch) => [epoch.epochId, epoch]));
  const epochs = set.epochs.map((epoch) => {
    const old = known.get(epoch.epochId);
    return old !== undefined && sameEpoch(old, epoch) ? old : epoch;
  });
  return { ...set, epochs };
}
