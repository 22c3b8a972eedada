import { composeMappings, mapTime, reverseMapping, type TimeMapping } from '../../../shared/model/time-mapping.ts';
import { entry } from './entry.ts';
import { type EpochNode, nodeId } from './epoch-sets.ts';
import type { Edge } from './graph/edges.ts';
import type { SyncGraph } from './graph/sync-graph.ts';
import type { Finding } from './finding.ts';
import { edgeLine } from './hops.ts';

/** More of the same helps nobody. */
const MOST_TOLD = 20;

/**
 * Links that say different things: going round a circle of them (two rules for the same epochs are the smallest) does
 * not come back to the time that one set out with. Linear in the size of the graph.
 */
export function contradictions(graph: SyncGraph, allowedSec: number): Finding[] {
  const toRoot = new Map<number, TimeMapping>();
  const tree = new Set<Edge>();
  const found: Finding[] = [];
  for (const root of graph.nodes) {
    if (toRoot.has(root.index)) continue;
    toRoot.set(root.index, [1, 0]);
    const queue = [root.index];
    for (let next = 0; next < queue.length; next++) {
      const node = entry(queue, next);
      for (const edge of graph.leaving(node)) {
        const line = straight(edge);
        if (line === null || toRoot.has(edge.to)) continue;
        // Back along the edge, then on to the root.
        toRoot.set(edge.to, composeMappings(reverseMapping(line), toRoot.get(node) ?? [1, 0]));
        tree.add(edge);
        queue.push(edge.to);
      }
    }
  }
  for (const edge of graph.edges) {
    if (found.length >= MOST_TOLD) break;
    const line = straight(edge);
    if (edge.kind !== 'rule' || edge.reversed || tree.has(edge) || line === null) continue;
    const [from, to] = [graph.at(edge.from), graph.at(edge.to)];
    if (from === undefined || to === undefined) continue;
    const difference = differenceSec(from, line, toRoot.get(edge.from), toRoot.get(edge.to));
    if (difference > allowedSec + looseness(edge)) found.push(contradiction(edge, from, to, difference));
  }
  return found;
}

/** The edge as a line that has a way back; null where it has none. */
function straight(edge: Edge): TimeMapping | null {
  const line = edgeLine(edge);
  return line?.length === 2 && line[0] !== 0 ? line : null;
}

/** How far apart two ways to the root are, at the ends of the epoch. */
function differenceSec(
  from: EpochNode,
  line: TimeMapping,
  fromRoot: TimeMapping | undefined,
  toRoot: TimeMapping | undefined,
): number {
  if (fromRoot === undefined || toRoot === undefined || !Number.isFinite(from.t0)) return 0;
  const ends = [from.t0, from.t1].map((time) =>
    Math.abs(mapTime(toRoot, mapTime(line, time)) - mapTime(fromRoot, time)),
  );
  return Math.max(...ends);
}

/** What the fit of a link leaves open, seconds. */
function looseness(edge: Edge): number {
  const state = edge.link?.fit?.state;
  return state?.ok === true ? 2 * (state.fit.lineResidualMaxSec ?? 0) : 0;
}

function contradiction(edge: Edge, from: EpochNode, to: EpochNode, difference: number): Finding {
  const rule = edge.link?.rule;
  return {
    code: 'time.contradiction',
    grade: 'shouldFix',
    message: `The rule ${rule?.kind?.name ?? ''} between ${nodeId(from)} and ${nodeId(to)} contradicts the other links: they differ by ${Number(difference.toFixed(6))} s.`,
    value: difference,
    unit: 's',
    nodes: [nodeId(from), nodeId(to)],
    ruleId: rule?.id ?? null,
  };
}
