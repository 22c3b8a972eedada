import { clockLinkCost } from '../../../../shared/model/clocks.ts';
import { entry } from '../entry.ts';
import type { SyncGraph } from '../graph/sync-graph.ts';

/**
 * The definition of cheapest paths, for tests: a matrix of all direct costs, and shortest paths over it by Floyd and
 * Warshall. Rows and columns in the order of the graph's nodes.
 */
export function plainCosts(graph: SyncGraph): number[][] {
  const derived = [...graph.sets.values()].some((set) => set.kind === 'derived');
  const ranks = graph.ranks();
  const costs = graph.nodes.map((a) =>
    graph.nodes.map((b) => {
      if (a === b) return 0;
      if (derived && a.clock === b.clock && ['utc', 'exp_global_time'].includes(a.clock)) return 77;
      const devices = a.set.kind === 'device' && b.set.kind === 'device';
      return devices ? clockLinkCost(a.clock, b.clock) : Infinity;
    }),
  );
  const lower = (from: number, to: number, cost: number) => {
    const row = entry(costs, from);
    row[to] = Math.min(entry(row, to), cost);
  };
  for (const { from, to, cost, link } of graph.edges) {
    if (link?.fit?.state?.ok !== false) lower(entry(ranks, from), entry(ranks, to), cost);
  }
  for (const via of costs.keys()) {
    for (const from of costs.keys()) {
      for (const to of costs.keys()) lower(from, to, entry(entry(costs, from), via) + entry(entry(costs, via), to));
    }
  }
  return costs;
}
