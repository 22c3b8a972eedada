import { Distances, type PathStep } from './distances.ts';
import { type ClockHub, isExit, type SyncGraph } from './sync-graph.ts';

/**
 * Distances from the exits of a hub. They are found for one island of nodes at a time, when somebody first asks about a
 * node of it, and forgotten for an island when something in it changes.
 */
export class HubTree {
  readonly #graph: SyncGraph;
  readonly #hub: ClockHub;
  readonly #distances: Distances;
  readonly #known: boolean[] = [];

  constructor(graph: SyncGraph, hub: ClockHub) {
    this.#graph = graph;
    this.#hub = hub;
    this.#distances = new Distances(graph);
  }

  at(node: number): number {
    this.#find(node);
    return this.#distances.at(node);
  }

  stepsTo(node: number): PathStep[] {
    this.#find(node);
    return this.#distances.stepsTo(node);
  }

  /** Something about the node has changed, or is about to: all that hangs together with it is unknown. */
  forget(node: number): void {
    if (this.#known[node] !== true) return;
    const island = [node];
    this.#known[node] = false;
    for (const one of island) {
      this.#distances.forget(one);
      for (const next of this.#neighbours(one)) {
        if (this.#known[next] !== true) continue;
        this.#known[next] = false;
        island.push(next);
      }
    }
  }

  #find(node: number): void {
    if (this.#known[node] === true) return;
    const island = [node];
    this.#known[node] = true;
    this.#distances.prepare();
    for (const one of island) {
      const here = this.#graph.at(one);
      if (here !== undefined && isExit(this.#hub, here)) this.#distances.reach(one, 0);
      for (const next of this.#neighbours(one)) {
        if (this.#known[next] === true) continue;
        this.#known[next] = true;
        island.push(next);
      }
    }
    this.#distances.settle(null);
  }

  *#neighbours(node: number): Iterable<number> {
    for (const { to } of this.#graph.leaving(node)) yield to;
    for (const { from } of this.#graph.arriving(node)) yield from;
  }
}
