import type { EpochSet } from './epoch-sets.ts';
import type { LazyFit, RuleLink } from './graph/edges.ts';
import { SyncGraph } from './graph/sync-graph.ts';
import type { RuleContext, RulePair } from './rules/rule.ts';
import type { StoredSync } from './sync-documents.ts';

/** Rules cost 1, whichever (reference, section 21). */
const RULE_COST = 1;

/** What one rule relates. */
export interface RuleOutcome {
  readonly pairs: readonly RulePair[];
  /** Why it relates nothing, or null. */
  readonly reason: string | null;
}

export interface BuiltGraph {
  readonly graph: SyncGraph;
  /** By position of the rule. */
  readonly outcomes: readonly RuleOutcome[];
}

/** The sync graph of DAQ systems under a session's rules and stored mappings. */
export async function buildSyncGraph(
  devices: readonly EpochSet[],
  sync: StoredSync,
  context: RuleContext,
): Promise<BuiltGraph> {
  const graph = new SyncGraph();
  for (const set of devices) graph.addSet(set);
  addSavedMappings(graph, sync);
  const outcomes: RuleOutcome[] = [];
  for (const [rule, stored] of sync.rules.entries()) {
    const outcome =
      stored.kind === null || stored.fault !== null
        ? { pairs: [], reason: stored.fault }
        : await stored.kind.pairs(stored.parameters, context);
    outcomes.push(outcome);
    addPairs(graph, rule, outcome.pairs);
  }
  return { graph, outcomes };
}

function addPairs(graph: SyncGraph, rule: number, pairs: readonly RulePair[]): void {
  const links = new Map<LazyFit, RuleLink>();
  for (const { a, b, clock, fit } of pairs) {
    const link = links.get(fit) ?? { rule, cost: RULE_COST, mapping: null, fit, saved: false };
    links.set(fit, link);
    graph.addLink(link, graph.nodesOf(a.set.name, a.epoch.epochId), graph.nodesOf(b.set.name, b.epoch.epochId), clock);
  }
}

function addSavedMappings(graph: SyncGraph, sync: StoredSync): void {
  for (const { ruleId, cost, mapping, a, b } of sync.mappings) {
    const rule = sync.rules.findIndex(({ id }) => id === ruleId);
    const from = graph.node(a.setName, a.epochId, a.clock);
    const to = graph.node(b.setName, b.epochId, b.clock);
    // Its rule or one of its epochs is gone.
    if (rule < 0 || from === undefined || to === undefined) continue;
    graph.addSavedLink({ rule, cost, mapping, fit: null, saved: true }, from, to);
  }
  graph.addWaysBack();
}
