import { mapTime } from '../../../shared/model/time-mapping.ts';
import { contradictions } from './contradictions.ts';
import { entry } from './entry.ts';
import { type EpochSet, nodeId } from './epoch-sets.ts';
import type { Finding } from './finding.ts';
import type { ClockFit, LazyFit } from './graph/clock-fit.ts';
import { isEntrance, isExit, type SyncGraph } from './graph/sync-graph.ts';
import type { LinkedGraph } from './linked-graph.ts';
import type { RulePair } from './rules/rule.ts';
import type { StoredRule } from './rules/stored-rule.ts';
import type { StoredSync } from './sync-documents.ts';

/** What is above these is told. */
export interface HealthLimits {
  readonly residualSec: number;
  readonly driftPpm: number;
  readonly offsetSec: number;
}

export const usualLimits: HealthLimits = { residualSec: 0.001, driftPpm: 10, offsetSec: 0.001 };

/** Nodes named by one finding. */
const MOST_NODES = 20;

/** Looks over a graph whose links are all worked out: what keeps times from being converted, or makes them doubtful. */
export function clockHealth(built: LinkedGraph, sync: StoredSync, limits: HealthLimits = usualLimits): Finding[] {
  const { outcomes, devices, rules } = built;
  const links = rules.flatMap((rule, at) => linksOf(rule, outcomes[at]?.pairs ?? []));
  return [
    ...withoutPath(built.graph, devices),
    ...rules.flatMap((rule, at) => unused(rule, outcomes[at]?.reason ?? null)),
    ...links.flatMap((link) => linkFindings(link, limits)),
    ...backwardExtents(built.graph),
    ...contradictions(built.graph, limits.residualSec),
    ...equalDeviceClocks(built.graph, devices),
    ...stale(built.graph, sync),
  ];
}

/** Epochs that were fitted together by one rule. */
interface FittedLink {
  readonly rule: StoredRule;
  readonly fit: LazyFit;
  readonly pairs: readonly RulePair[];
}

function linksOf(rule: StoredRule, pairs: readonly RulePair[]): FittedLink[] {
  const byFit = new Map<LazyFit, RulePair[]>();
  for (const pair of pairs) {
    const known = byFit.get(pair.fit);
    if (known === undefined) byFit.set(pair.fit, [pair]);
    else known.push(pair);
  }
  return [...byFit].map(([fit, own]) => ({ rule, fit, pairs: own }));
}

function linkFindings({ rule, fit, pairs }: FittedLink, limits: HealthLimits): Finding[] {
  const [first] = pairs;
  const { state } = fit;
  if (first === undefined || state === null) return [];
  const [a, b] = [first.a.set.name, first.b.set.name];
  const more = pairs.length > 1 ? ` and ${pairs.length - 1} more` : '';
  const where = `${first.a.epoch.epochId} of ${a} and ${first.b.epoch.epochId} of ${b}${more}`;
  const base = { nodes: nodesOf(pairs), ruleId: rule.id };
  if (!state.ok) {
    const grade = isSwitchedOff(rule) ? 'note' : 'shouldFix';
    const message = `The rule ${nameOf(rule)} does not relate ${where}: ${state.why}`;
    return [{ ...base, code: 'time.noFit', grade, message, value: null, unit: null }];
  }
  return fitFindings(state.fit, { a, b, where, startSec: first.a.epoch.clocks[0]?.t0 ?? 0 }, limits).map((finding) => ({
    ...base,
    ...finding,
  }));
}

function fitFindings(
  fit: ClockFit,
  { a, b, where, startSec }: { a: string; b: string; where: string; startSec: number },
  limits: HealthLimits,
): Omit<Finding, 'nodes' | 'ruleId'>[] {
  const found: Omit<Finding, 'nodes' | 'ruleId'>[] = [];
  for (const jump of fit.jumps) {
    const way = jump.seconds > 0 ? 'ahead' : 'back';
    const message = `The clock of ${b} jumps ${seconds(Math.abs(jump.seconds))} ${way} against ${a}, between ${seconds(jump.afterSec)} and ${seconds(jump.beforeSec)} (${where}).`;
    found.push({ code: 'time.jump', grade: 'shouldFix', message, value: jump.seconds, unit: 's' });
  }
  if (fit.residualMaxSec !== null && fit.residualMaxSec > limits.residualSec) {
    const message = `Pulses of ${where} miss the fitted line by up to ${seconds(fit.residualMaxSec)}.`;
    found.push({ code: 'time.residual', grade: 'shouldFix', message, value: fit.residualMaxSec, unit: 's' });
  }
  const line = fit.pieces[0]?.mapping ?? fit.mapping;
  const drift = line.length === 2 ? (entry(line, 0) - 1) * 1e6 : 0;
  if (Math.abs(drift) > limits.driftPpm) {
    const message = `The clock of ${b} runs ${Math.abs(drift).toFixed(1)} ppm ${drift > 0 ? 'faster' : 'slower'} than that of ${a} (${where}).`;
    found.push({ code: 'time.drift', grade: 'note', message, value: drift, unit: 'ppm' });
  }
  const offset = mapTime(line, startSec) - startSec;
  if (Number.isFinite(offset) && Math.abs(offset) > limits.offsetSec) {
    const message = `When ${a} shows ${seconds(startSec)}, ${b} shows ${seconds(mapTime(line, startSec))}: an offset of ${seconds(offset)} (${where}).`;
    found.push({ code: 'time.offset', grade: 'note', message, value: offset, unit: 's' });
  }
  return [...found, ...pulseFindings(fit, where)];
}

function pulseFindings({ pulses }: ClockFit, where: string): Omit<Finding, 'nodes' | 'ruleId'>[] {
  if (pulses === null) return [];
  const missed = pulses.first + pulses.second - 2 * pulses.matched - pulses.duplicated;
  if (missed <= 0 && pulses.duplicated === 0) return [];
  const message = `Of the pulses of ${where} (${pulses.first} and ${pulses.second}) ${pulses.matched} belong together; ${Math.max(0, missed)} are on one side only, ${pulses.duplicated} were seen twice.`;
  return [
    { code: 'time.pulses', grade: 'note', message, value: Math.max(0, missed) + pulses.duplicated, unit: 'pulses' },
  ];
}

/** Devices, or epochs of them, from which no path leads to the first device: it is the reference. */
function withoutPath(graph: SyncGraph, devices: readonly EpochSet[]): Finding[] {
  const [reference, ...others] = devices.filter((set) => set.epochs.length > 0);
  if (reference === undefined) return [];
  const component = components(graph);
  const reached = new Set(graph.nodesOf(reference.name).map(({ index }) => component(index)));
  return others.flatMap((set): Finding[] => {
    const cut = set.epochs.filter(
      ({ epochId }) => !graph.nodesOf(set.name, epochId).some(({ index }) => reached.has(component(index))),
    );
    if (cut.length === 0) return [];
    const what =
      cut.length === set.epochs.length ? set.name : `${cut.length} of ${set.epochs.length} epochs of ${set.name}`;
    return [
      {
        code: 'time.noPath',
        grade: 'shouldFix',
        message: `No path leads from ${what} to ${reference.name}: nothing relates their clocks.`,
        value: cut.length,
        unit: 'epochs',
        nodes: cut.flatMap(({ epochId }) => graph.nodesOf(set.name, epochId).map(nodeId)).slice(0, MOST_NODES),
        ruleId: null,
      },
    ];
  });
}

function components(graph: SyncGraph): (node: number) => number {
  const parent = Int32Array.from({ length: graph.size }, (_, index) => index);
  const find = (node: number): number => {
    let root = node;
    while (entry(parent, root) !== root) root = parent[root] = entry(parent, entry(parent, root));
    return root;
  };
  const join = (a: number, b: number) => (parent[find(a)] = find(b));
  for (const { from, to, link } of graph.edges) if (link?.fit?.state?.ok !== false) join(from, to);
  for (const hub of graph.hubs()) {
    const [first, ...others] = graph.nodes.filter((node) => isEntrance(hub, node) || isExit(hub, node));
    for (const { index } of others) join(index, first?.index ?? index);
  }
  return find;
}

function unused(rule: StoredRule, reason: string | null): Finding[] {
  if (reason === null) return [];
  const message = `The rule ${nameOf(rule)} relates nothing: ${reason}`;
  return [{ code: 'time.ruleUnused', grade: 'note', message, value: null, unit: null, nodes: [], ruleId: rule.id }];
}

function backwardExtents(graph: SyncGraph): Finding[] {
  return graph.nodes
    .filter(({ t0, t1 }) => t1 < t0)
    .map((node) => ({
      code: 'time.stamps',
      grade: 'shouldFix',
      message: `${nodeId(node)} ends before it begins: from ${seconds(node.t0)} to ${seconds(node.t1)}.`,
      value: node.t1 - node.t0,
      unit: 's',
      nodes: [nodeId(node)],
      ruleId: null,
    }));
}

/** Clocks that a device keeps for itself, and that NDI takes for equal whatever the device. */
function equalDeviceClocks(graph: SyncGraph, devices: readonly EpochSet[]): Finding[] {
  const hubs = graph.hubs().filter(({ from }) => from === 'dev_global_time');
  const nodes = graph.nodes.filter((node) => hubs.some((hub) => isEntrance(hub, node) || isExit(hub, node)));
  const names = devices.map(({ name }) => name).filter((name) => nodes.some(({ set }) => set.name === name));
  if (names.length < 2) return [];
  return [
    {
      code: 'time.deviceClocks',
      grade: 'shouldFix',
      message: `NDI takes dev_global_time of ${names.join(', ')} for one clock, but each device keeps its own: a rule should relate them.`,
      value: null,
      unit: null,
      nodes: names.flatMap((name) => nodes.filter(({ set }) => set.name === name).slice(0, 1)).map(nodeId),
      ruleId: null,
    },
  ];
}

/** Stored mappings of epochs or rules that are no longer there. */
function stale(graph: SyncGraph, { mappings, rules }: StoredSync): Finding[] {
  const gone = mappings.filter(
    ({ ruleId, a, b }) =>
      !rules.some(({ id }) => id === ruleId) ||
      [a, b].some(({ setName, epochId, clock }) => graph.node(setName, epochId, clock) === undefined),
  );
  if (gone.length === 0) return [];
  const message = `${gone.length} stored time mappings are of epochs or rules that are no longer there.`;
  return [
    { code: 'time.staleMapping', grade: 'note', message, value: gone.length, unit: null, nodes: [], ruleId: null },
  ];
}

const nameOf = (rule: StoredRule) => rule.kind?.name ?? rule.className;

const isSwitchedOff = ({ parameters }: StoredRule) =>
  parameters['errorOnFailure'] === false || parameters['errorOnFailure'] === 0;

function nodesOf(pairs: readonly RulePair[]): string[] {
  const ids = pairs.flatMap(({ a, b, clock }) =>
    [a, b].flatMap(({ set, epoch }) =>
      epoch.clocks
        .filter(({ type }) => clock === null || type === clock)
        .map(({ type }) => `${set.name}/${epoch.epochId}/${type}`),
    ),
  );
  return [...new Set(ids)].slice(0, MOST_NODES);
}

/** Seconds as a person reads them. */
export function seconds(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-3) return `${(value * 1e6).toFixed(0)} µs`;
  if (size !== 0 && size < 1) return `${(value * 1e3).toFixed(3)} ms`;
  return `${Number(value.toFixed(6))} s`;
}
