import { entry } from './entry.ts';
import type { EpochNode } from './epoch-sets.ts';
import type { RuleLink } from './graph/edges.ts';
import type { SyncGraph } from './graph/sync-graph.ts';
import type { RulePair } from './rules/rule.ts';
import type { StoredRule } from './rules/stored-rule.ts';
import type { SavedMapping } from './sync-documents.ts';

/** Rules cost 1, whichever (reference, section 21). */
const RULE_COST = 1;

/**
 * Joins two epochs by what rules say about them, rule by rule in their order, so that of two that cost the same the first
 * counts. A stored mapping of a rule goes before what the rule would find, and a stored way back before a turned one.
 */
export function linkEpochs(
  graph: SyncGraph,
  rules: readonly StoredRule[],
  pairs: ReadonlyMap<StoredRule, RulePair>,
  saved: readonly SavedMapping[],
): void {
  for (const rule of rules) {
    const joined = new Set<string>();
    const add = (link: RuleLink, from: EpochNode, to: EpochNode, reversed: boolean) => {
      const key = `${from.index} ${to.index}`;
      if (joined.has(key)) return;
      joined.add(key);
      graph.addEdge({ from: from.index, to: to.index, cost: link.cost, kind: 'rule', mapping: null, link, reversed });
    };
    const stored = saved
      .filter(({ ruleId }) => ruleId === rule.id)
      .flatMap((mapping) => storedLink(graph, rule, mapping));
    for (const { link, from, to } of stored) add(link, from, to, false);
    for (const { link, from, to } of stored) {
      if (link.mapping.length === 2 && link.mapping[0] !== 0) add(link, to, from, true);
    }
    const pair = pairs.get(rule);
    if (pair === undefined) continue;
    const link = { rule, cost: RULE_COST, mapping: null, fit: pair.fit, saved: false };
    for (const [from, to] of nodesOnCommonClocks(graph, pair)) {
      add(link, from, to, false);
      add(link, to, from, true);
    }
  }
}

function storedLink(graph: SyncGraph, rule: StoredRule, { cost, mapping, a, b }: SavedMapping) {
  const from = graph.node(a.setName, a.epochId, a.clock);
  const to = graph.node(b.setName, b.epochId, b.clock);
  // One of its epochs is gone.
  if (from === undefined || to === undefined) return [];
  return [{ link: { rule, cost, mapping, fit: null, saved: true }, from, to }];
}

/** Nodes of the two epochs on the clock of the pair, or on every clock (but no_time) that both have. */
function nodesOnCommonClocks(graph: SyncGraph, { a, b, clock }: RulePair): [EpochNode, EpochNode][] {
  const others = graph.nodesOf(b.set.name, b.epoch.epochId);
  return graph.nodesOf(a.set.name, a.epoch.epochId).flatMap((from): [EpochNode, EpochNode][] => {
    if (from.clock === 'no_time' || (clock !== null && from.clock !== clock)) return [];
    const to = others.filter((node) => node.clock === from.clock);
    return to.length === 0 ? [] : [[from, entry(to, 0)]];
  });
}
