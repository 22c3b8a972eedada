import type { Edge } from './edges.ts';
import { NodeHeap } from './node-heap.ts';
import type { SyncGraph } from './sync-graph.ts';

/** A step of a path; without an edge it goes between equal clocks, times unchanged. */
export interface PathStep {
  readonly from: number;
  readonly to: number;
  readonly cost: number;
  readonly edge: Edge | null;
}

/** Distances from some nodes over edges, hubs left out; found as far as is asked (Dijkstra). */
export class Distances {
  readonly #graph: SyncGraph;
  readonly #arrivedBy: (Edge | undefined)[] = [];
  readonly #heap = new NodeHeap();
  #distance = new Float64Array(0);

  constructor(graph: SyncGraph) {
    this.#graph = graph;
  }

  /** Call before nodes are reached, whenever the graph may have changed. */
  prepare(): void {
    this.#heap.startWith(this.#graph.ranks());
    if (this.#distance.length >= this.#graph.size) return;
    const longer = new Float64Array(Math.max(this.#graph.size, 2 * this.#distance.length)).fill(Infinity);
    longer.set(this.#distance);
    this.#distance = longer;
  }

  /** Makes the node a place to go on from. */
  reach(node: number, distance: number, by?: Edge): void {
    this.#distance[node] = distance;
    this.#arrivedBy[node] = by;
    this.#heap.push(node, distance);
  }

  forget(node: number): void {
    this.#distance[node] = Infinity;
    this.#arrivedBy[node] = undefined;
  }

  /**
   * Goes on until the nearest of the wanted nodes, and all that are as near, are settled; everywhere for null.
   * @param onReach told each node that is reached for the first time
   */
  settle(wanted: ReadonlySet<number> | null, onReach?: (node: number) => void): void {
    let best = Infinity;
    if (wanted !== null) for (const node of wanted) best = Math.min(best, this.at(node));
    while (this.#heap.size > 0 && this.#heap.smallestKey <= best) {
      const { node, key } = this.#heap.pop();
      if (key > this.at(node)) continue;
      for (const edge of this.#graph.leaving(node)) {
        // A link that turned out not to fit is no edge.
        if (edge.link?.fit?.state?.ok === false) continue;
        const distance = key + edge.cost;
        const known = this.at(edge.to);
        if (distance >= known) continue;
        if (known === Infinity) onReach?.(edge.to);
        this.reach(edge.to, distance, edge);
        if (wanted?.has(edge.to) === true && distance < best) best = distance;
      }
    }
  }

  at(node: number): number {
    return this.#distance[node] ?? Infinity;
  }

  stepsTo(node: number): PathStep[] {
    const steps: PathStep[] = [];
    for (let edge = this.#arrivedBy[node]; edge !== undefined; edge = this.#arrivedBy[edge.from]) {
      steps.push({ from: edge.from, to: edge.to, cost: edge.cost, edge });
    }
    return steps.reverse();
  }
}

/** The nearest of some nodes; of those that are as near, the first. */
export function nearestOf(nodes: Iterable<number>, distance: (node: number) => number): { node: number; cost: number } {
  let best = { node: -1, cost: Infinity };
  for (const node of nodes) {
    const cost = distance(node);
    if (cost < best.cost) best = { node, cost };
  }
  return best;
}
