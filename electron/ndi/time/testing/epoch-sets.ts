import type { ClockSpan } from '../../../../shared/model/clocks.ts';
import type { EpochSet, SetEpoch } from '../epoch-sets.ts';

/** An epoch for tests, with the clocks (and files) that matter to them. */
export function testEpoch(epochId: string, clocks: readonly ClockSpan[], files: readonly string[] = []): SetEpoch {
  return { epochId, sessionId: 's', clocks, files, probeMap: [], stamp: '', underlying: [] };
}

export function testSet(name: string, epochs: readonly SetEpoch[]): EpochSet {
  return { name, className: 'ndi.daq.system.mfdaq', kind: 'device', epochs };
}

export const local = (t0: number, t1: number): ClockSpan => ({ type: 'dev_local_time', t0, t1 });
export const utc = (t0: number, t1: number): ClockSpan => ({ type: 'utc', t0, t1 });
