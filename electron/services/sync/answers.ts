import type { Problem } from '../../../shared/contract/common.ts';
import type {
  ClockFitInfo,
  Converted as ConvertedInfo,
  Hop as HopInfo,
  SyncEdge,
  SyncNode,
  SyncRuleInfo,
} from '../../../shared/contract/sync.ts';
import {
  composeMappings,
  driftPpm,
  identityMapping,
  reverseMapping,
  type TimeMapping,
} from '../../../shared/model/time-mapping.ts';
import type { Converted } from '../../ndi/time/convert.ts';
import { type EpochNode, holdsTime, nodeId } from '../../ndi/time/epoch-sets.ts';
import type { ClockFit } from '../../ndi/time/graph/clock-fit.ts';
import type { Edge } from '../../ndi/time/graph/edges.ts';
import { isEntrance, isExit, type SyncGraph } from '../../ndi/time/graph/sync-graph.ts';
import type { Finding } from '../../ndi/time/finding.ts';
import { edgeLine, type Hop } from '../../ndi/time/hops.ts';
import type { RuleOutcome } from '../../ndi/time/linked-graph.ts';
import type { StoredRule } from '../../ndi/time/rules/stored-rule.ts';

/** Edges between equal clocks are all with all: beyond so many they are only counted. */
const MOST_EQUAL_CLOCK_EDGES = 20_000;

export function nodeInfo(node: EpochNode): SyncNode {
  const { set, epoch, clock, t0, t1 } = node;
  return {
    id: nodeId(node),
    device: set.name,
    epochId: epoch.epochId,
    clock,
    t0: Number.isFinite(t0) ? t0 : null,
    t1: Number.isFinite(t1) ? t1 : null,
  };
}

/** The edges that count: of several between two nodes the cheapest, and of those the first. All links are worked out. */
export function edgeInfos(graph: SyncGraph): { edges: SyncEdge[]; edgesNotListed: number } {
  const best = new Map<number, { edge: Edge; mapping: TimeMapping }>();
  const keyOf = (from: number, to: number) => from * graph.size + to;
  for (const edge of graph.edges) {
    const mapping = edgeLine(edge);
    const known = best.get(keyOf(edge.from, edge.to));
    if (mapping !== null && (known === undefined || edge.cost < known.edge.cost)) {
      best.set(keyOf(edge.from, edge.to), { edge, mapping });
    }
  }
  const edges = [...best.values()].map(({ edge, mapping }) => edgeInfo(graph, edge, mapping));
  let edgesNotListed = 0;
  const seen = new Set<number>();
  for (const hub of graph.hubs()) {
    const entrances = graph.nodes.filter((node) => isEntrance(hub, node));
    const exits = graph.nodes.filter((node) => isExit(hub, node));
    if (entrances.length * exits.length > MOST_EQUAL_CLOCK_EDGES) {
      edgesNotListed += entrances.length * exits.length;
      continue;
    }
    for (const from of entrances) {
      for (const to of exits) {
        const key = keyOf(from.index, to.index);
        const direct = best.get(key)?.edge.cost ?? Infinity;
        if (from === to || direct <= hub.cost || seen.has(key)) continue;
        seen.add(key);
        edges.push(equalClockEdge(from, to, hub.cost));
      }
    }
  }
  return { edges, edgesNotListed };
}

function edgeInfo(graph: SyncGraph, edge: Edge, mapping: TimeMapping): SyncEdge {
  const rule = edge.link?.rule;
  const state = edge.link?.fit?.state;
  const fit = state?.ok === true ? state.fit : null;
  return {
    from: nodeId(graph.at(edge.from) as EpochNode),
    to: nodeId(graph.at(edge.to) as EpochNode),
    cost: edge.cost,
    mapping: [...mapping],
    rule: rule === undefined ? null : ruleName(rule),
    ruleId: rule?.id ?? null,
    kind: edge.kind,
    saved: edge.link?.saved ?? false,
    residualMaxSec: fit?.residualMaxSec ?? null,
    driftPpm: edge.kind === 'rule' ? driftPpm(paceOf(edge, fit) ?? mapping) : null,
    jumps: fit?.jumps.length ?? 0,
  };
}

/** Of a clock that jumps, a piece tells its pace and one line over all does not. */
function paceOf(edge: Edge, fit: ClockFit | null): TimeMapping | null {
  const piece = fit?.pieces[0]?.mapping;
  if (piece === undefined || piece.length !== 2) return null;
  return edge.reversed ? reverseMapping(piece) : piece;
}

function equalClockEdge(from: EpochNode, to: EpochNode, cost: number): SyncEdge {
  return {
    from: nodeId(from),
    to: nodeId(to),
    cost,
    mapping: [...identityMapping],
    rule: null,
    ruleId: null,
    kind: 'equalClock',
    saved: false,
    residualMaxSec: null,
    driftPpm: null,
    jumps: 0,
  };
}

export function hopInfo(hop: Hop): HopInfo {
  const rule = hop.link?.rule;
  return {
    from: nodeId(hop.from),
    to: nodeId(hop.to),
    rule: rule === undefined ? null : ruleName(rule),
    mapping: [...hop.mapping],
    cost: hop.cost,
    kind: hop.kind,
    errorSec: hop.errorSec,
  };
}

/** Sum of the errors of all steps, null where one is not known. */
export function pathError(hops: readonly Hop[]): number | null {
  return hops.reduce<number | null>(
    (sum, { errorSec }) => (sum === null || errorSec === null ? null : sum + errorSec),
    0,
  );
}

export function convertedInfo(converted: Converted, askedSec: number): Omit<ConvertedInfo, 'sample'> {
  const { timeSec, source, node, hops, cost } = converted;
  return {
    time: timeSec,
    device: node.set.name,
    epochId: node.epoch.epochId,
    clock: node.clock,
    path: hops.map(hopInfo),
    cost,
    mapping: [...hops.reduce((all, hop) => composeMappings(all, hop.mapping), identityMapping)],
    errorSec: pathError(hops),
    withinSource: holdsTime(source, askedSec),
    within: holdsTime(node, timeSec),
  };
}

export const ruleName = (rule: StoredRule): string => rule.kind?.name ?? rule.className;

export function ruleInfo(rule: StoredRule, outcome: RuleOutcome | undefined): SyncRuleInfo {
  return {
    id: rule.id,
    class: rule.className,
    name: ruleName(rule),
    parameters: { ...rule.parameters },
    devices: rule.fault === null ? [...(rule.kind?.devices(rule.parameters) ?? [])] : [],
    links: outcome?.pairs.length ?? 0,
    reason: rule.fault ?? outcome?.reason ?? null,
  };
}

export function fitInfo(fit: ClockFit): ClockFitInfo {
  return {
    mapping: [...fit.mapping],
    pieces: fit.pieces.map(({ fromSec, mapping }) => ({
      fromSec: Number.isFinite(fromSec) ? fromSec : null,
      mapping: [...mapping],
    })),
    jumps: fit.jumps.map((jump) => ({ ...jump })),
    pulses: fit.pulses === null ? null : { ...fit.pulses },
    residualMaxSec: fit.residualMaxSec,
    residualRmsSec: fit.residualRmsSec,
    lineResidualMaxSec: fit.lineResidualMaxSec,
    driftPpm: driftPpm(fit.pieces[0]?.mapping ?? fit.mapping),
  };
}

export function findingProblem({ grade, code, message }: Finding, path: string): Problem {
  return { grade, code, message, paths: [path] };
}
