import { clockAccuracySec } from '../../../shared/model/clocks.ts';
import { identityMapping, mapTime, reverseMapping, type TimeMapping } from '../../../shared/model/time-mapping.ts';
import type { EpochNode } from './epoch-sets.ts';
import type { Edge, EdgeKind, RuleLink } from './graph/edges.ts';
import type { PathStep } from './graph/distances.ts';
import type { SyncGraph } from './graph/sync-graph.ts';
import { mappingAt } from './pulses/fit-pulses.ts';

/** A step of a path, taken with a certain time. */
export interface Hop {
  readonly from: EpochNode;
  readonly to: EpochNode;
  readonly cost: number;
  readonly kind: EdgeKind;
  readonly mapping: TimeMapping;
  /** Of a step by a rule. */
  readonly link: RuleLink | null;
  /** Seconds by which the step may be wrong; null where nothing tells. */
  readonly errorSec: number | null;
}

/** Takes a time along a path whose links are all worked out. */
export function walk(graph: SyncGraph, steps: readonly PathStep[], time: number): { timeSec: number; hops: Hop[] } {
  let timeSec = time;
  const hops = steps.map(({ from, to, cost, edge }): Hop => {
    const [start, end] = [graph.at(from), graph.at(to)];
    if (start === undefined || end === undefined) throw new RangeError('The path leads over a node that is gone.');
    const mapping = edge === null ? identityMapping : edgeMapping(edge, timeSec);
    timeSec = mapTime(mapping, timeSec);
    return {
      from: start,
      to: end,
      cost,
      kind: edge?.kind ?? 'equalClock',
      mapping,
      link: edge?.link ?? null,
      errorSec: edge === null ? Math.max(clockAccuracySec(start.clock), clockAccuracySec(end.clock)) : edgeError(edge),
    };
  });
  return { timeSec, hops };
}

/** The mapping of an edge at a time (seconds on the clock that it leaves). Its link is worked out. */
export function edgeMapping(edge: Edge, time: number): TimeMapping {
  if (edge.mapping !== null) return edge.mapping;
  const { link, reversed } = edge;
  const saved = link?.mapping ?? null;
  if (saved !== null) return reversed ? reverseMapping(saved) : saved;
  const state = link?.fit?.state;
  if (state?.ok !== true) throw new RangeError('The link of the edge has not been worked out.');
  return mappingAt(state.fit, time, reversed);
}

/** NDI's one line for an edge, jumps or not; null while its link is open or where it could not be found. */
export function edgeLine(edge: Edge): TimeMapping | null {
  if (edge.mapping !== null) return edge.mapping;
  const state = edge.link?.fit?.state;
  const line = edge.link?.mapping ?? (state?.ok === true ? state.fit.mapping : null);
  return line === null || !edge.reversed ? line : reverseMapping(line);
}

function edgeError(edge: Edge): number | null {
  if (edge.kind !== 'rule') return 0;
  const state = edge.link?.fit?.state;
  return state?.ok === true ? state.fit.residualMaxSec : null;
}
