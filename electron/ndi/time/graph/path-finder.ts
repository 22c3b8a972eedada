import type { EpochNode } from '../epoch-sets.ts';
import type { Edge } from './edges.ts';
import { NodeHeap } from './node-heap.ts';
import type { ClockHub, SyncGraph } from './sync-graph.ts';
import { entry } from '../entry.ts';

/** A step of a path; without an edge it goes between equal clocks, times unchanged. */
export interface PathStep {
  readonly from: number;
  readonly to: number;
  readonly cost: number;
  readonly edge: Edge | null;
}

/**
 * Cheapest paths of a sync graph (Dijkstra). Clocks that are linked all with all are crossed by way of their hub: from
 * each hub distances to all nodes are found once and kept, so a question looks at the source's neighbourhood only.
 * Made for one state of the graph: after a change, make another.
 */
export class PathFinder {
  readonly #graph: SyncGraph;
  readonly #source: Distances;
  /** From the hub's exit on, by hub; found when first needed. */
  readonly #fromHub: (Distances | undefined)[] = [];
  /** From the exits of a hub to the entrance of another, by both. */
  readonly #between = new Map<string, { node: number; cost: number }>();
  readonly #indices = new WeakMap<readonly EpochNode[], ReadonlySet<number>>();
  #sourceNode = -1;
  /** By hub: the distance from the source to its entrance, and how it is reached. */
  #entrances: Entrance[] = [];

  constructor(graph: SyncGraph) {
    this.#graph = graph;
    this.#source = new Distances(graph);
  }

  /**
   * Costs from the source to each candidate, Infinity where no path leads there. Exact for the cheapest candidates; the
   * others are only known to cost more.
   */
  costs(source: EpochNode, candidates: readonly EpochNode[]): number[] {
    const wanted = this.#indices.get(candidates) ?? new Set(candidates.map(({ index }) => index));
    this.#indices.set(candidates, wanted);
    this.#begin(source.index);
    this.#source.settle(wanted);
    this.#findEntrances();
    return candidates.map(({ index }) => this.#costTo(index).cost);
  }

  /** Steps of the cheapest path, or null. Ask after {@link costs} of the same source and candidate. */
  path(source: EpochNode, target: EpochNode): PathStep[] | null {
    if (this.costs(source, [target])[0] === Infinity) return null;
    const { hub } = this.#costTo(target.index);
    if (hub === null) return this.#source.stepsTo(target.index);
    const steps = this.#hubTree(hub).stepsTo(target.index);
    return [...this.#stepsThrough(hub, steps[0]?.from ?? target.index), ...steps];
  }

  #begin(source: number): void {
    if (source === this.#sourceNode) return;
    this.#sourceNode = source;
    this.#source.start([source]);
    this.#entrances = [];
  }

  #costTo(node: number): { cost: number; hub: number | null } {
    let best: { cost: number; hub: number | null } = { cost: this.#source.at(node), hub: null };
    this.#entrances.forEach((entrance, hub) => {
      if (entrance.cost >= best.cost) return;
      const cost = entrance.cost + this.#hubCost(hub) + this.#hubTree(hub).at(node);
      if (cost < best.cost) best = { cost, hub };
    });
    return best;
  }

  /** The way from the source over a hub to the node at its exit. */
  #stepsThrough(hub: number, exit: number): PathStep[] {
    const entrance = entry(this.#entrances, hub);
    const step = { from: entrance.node, to: exit, cost: this.#hubCost(hub), edge: null };
    if (entrance.previousHub === null) return [...this.#source.stepsTo(entrance.node), step];
    const between = this.#hubTree(entrance.previousHub).stepsTo(entrance.node);
    const before = this.#stepsThrough(entrance.previousHub, between[0]?.from ?? entrance.node);
    return [...before, ...between, step];
  }

  #findEntrances(): void {
    const hubs = this.#graph.hubs();
    this.#entrances = hubs.map((hub) => ({ ...this.#source.nearestEntrance(hub), previousHub: null }));
    // At most one round a hub: each round settles at least one of them.
    for (let round = 0; round < hubs.length; round++) {
      const before = this.#entrances.map(({ cost }) => cost);
      hubs.forEach((_, over) => {
        const so = entry(this.#entrances, over);
        if (so.cost === Infinity) return;
        hubs.forEach((_hub, to) => {
          const { node, cost } = this.#hubToHub(over, to);
          const total = so.cost + this.#hubCost(over) + cost;
          if (total >= entry(this.#entrances, to).cost) return;
          this.#entrances[to] = { node, cost: total, previousHub: over };
        });
      });
      if (this.#entrances.every(({ cost }, hub) => cost === before[hub])) return;
    }
  }

  #hubToHub(over: number, to: number): { node: number; cost: number } {
    const key = `${over} ${to}`;
    const known = this.#between.get(key) ?? this.#hubTree(over).nearestEntrance(entry(this.#graph.hubs(), to));
    this.#between.set(key, known);
    return known;
  }

  #hubTree(hub: number): Distances {
    const known = this.#fromHub[hub];
    if (known !== undefined) return known;
    const tree = new Distances(this.#graph);
    tree.start(entry(this.#graph.hubs(), hub).exits);
    tree.settle(null);
    this.#fromHub[hub] = tree;
    return tree;
  }

  #hubCost(hub: number): number {
    return entry(this.#graph.hubs(), hub).cost;
  }
}

interface Entrance {
  readonly node: number;
  readonly cost: number;
  readonly previousHub: number | null;
}

/** Distances from some nodes over edges, hubs left out; found as far as is asked. */
class Distances {
  readonly #graph: SyncGraph;
  readonly #distance: Float64Array;
  readonly #arrivedBy: Int32Array;
  #touched: number[] = [];
  #heap = new NodeHeap();

  constructor(graph: SyncGraph) {
    this.#graph = graph;
    this.#distance = new Float64Array(graph.nodes.length).fill(Infinity);
    this.#arrivedBy = new Int32Array(graph.nodes.length).fill(-1);
  }

  start(sources: readonly number[]): void {
    for (const node of this.#touched) {
      this.#distance[node] = Infinity;
      this.#arrivedBy[node] = -1;
    }
    this.#touched = [];
    this.#heap = new NodeHeap();
    for (const node of sources) this.#reach(node, 0, -1);
  }

  /** Goes on until the nearest of the wanted nodes, and all that are as near, are settled; all nodes for null. */
  settle(wanted: ReadonlySet<number> | null): void {
    const { edges } = this.#graph;
    const { first, order } = this.#graph.outgoing();
    let best = Infinity;
    if (wanted !== null) for (const node of wanted) best = Math.min(best, entry(this.#distance, node));
    while (this.#heap.size > 0 && this.#heap.smallestKey <= best) {
      const { node, key } = this.#heap.pop();
      if (key > entry(this.#distance, node)) continue;
      for (let at = entry(first, node); at < entry(first, node + 1); at++) {
        const index = entry(order, at);
        const edge = entry(edges, index);
        // A link that turned out not to fit is no edge.
        if (edge.link?.fit?.state?.ok === false) continue;
        const distance = key + edge.cost;
        if (distance >= entry(this.#distance, edge.to)) continue;
        this.#reach(edge.to, distance, index);
        if (wanted?.has(edge.to) === true && distance < best) best = distance;
      }
    }
  }

  at(node: number): number {
    return this.#distance[node] ?? Infinity;
  }

  stepsTo(node: number): PathStep[] {
    const steps: PathStep[] = [];
    for (let at = node; entry(this.#arrivedBy, at) >= 0;) {
      const edge = entry(this.#graph.edges, entry(this.#arrivedBy, at));
      steps.push({ from: edge.from, to: edge.to, cost: edge.cost, edge });
      at = edge.from;
    }
    return steps.reverse();
  }

  nearestEntrance(hub: ClockHub): { node: number; cost: number } {
    let best = { node: -1, cost: Infinity };
    for (const node of this.#touched) {
      const cost = entry(this.#distance, node);
      if (hub.isEntrance[node] === 1 && cost < best.cost) best = { node, cost };
    }
    return best;
  }

  #reach(node: number, distance: number, edge: number): void {
    if (this.#distance[node] === Infinity) this.#touched.push(node);
    this.#distance[node] = distance;
    this.#arrivedBy[node] = edge;
    this.#heap.push(node, distance);
  }
}
