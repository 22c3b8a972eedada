import { entry } from '../entry.ts';
import type { EpochNode } from '../epoch-sets.ts';
import { Distances, nearestOf, type PathStep } from './distances.ts';
import { HubTree } from './hub-tree.ts';
import { type ClockHub, isEntrance, type SyncGraph } from './sync-graph.ts';

interface Place {
  readonly node: number;
  readonly cost: number;
}

interface Entrance extends Place {
  readonly previousHub: number | null;
}

/** A hub with all that is known about it. */
interface KnownHub {
  readonly hub: ClockHub;
  readonly tree: HubTree;
  /** By hub: from its own exits to the nearest entrance of the other. */
  readonly toHubs: (Place | undefined)[];
}

/**
 * Cheapest paths of a sync graph. Clocks that are linked all with all are crossed by way of their hub: distances from its
 * exits are found once and kept, island by island, so that a question looks at the neighbourhoods of its two ends only;
 * a change of the graph makes those islands unknown in which it happens.
 */
export class PathFinder {
  readonly #graph: SyncGraph;
  readonly #source: Distances;
  readonly #trees = new Map<string, HubTree>();
  readonly #indices = new WeakMap<readonly EpochNode[], ReadonlySet<number>>();
  #touched: number[] = [];
  #sourceNode = -1;
  #hubs: readonly KnownHub[] | null = null;
  /** By hub: the distance from the source to its entrance, and how it is reached. */
  #entrances: Entrance[] | null = null;

  constructor(graph: SyncGraph) {
    this.#graph = graph;
    this.#source = new Distances(graph);
    graph.listen((node) => this.#forget(node));
  }

  /**
   * Costs from the source to each candidate, Infinity where no path leads there. Exact for the cheapest candidates; the
   * others are only known to cost more.
   */
  costs(source: EpochNode, candidates: readonly EpochNode[]): number[] {
    const wanted = this.#indices.get(candidates) ?? new Set(candidates.map(({ index }) => index));
    this.#indices.set(candidates, wanted);
    if (source.index !== this.#sourceNode) this.#start(source.index);
    this.#source.settle(wanted, (node) => this.#touched.push(node));
    this.#entrances = this.#findEntrances();
    return candidates.map(({ index }) => this.#costTo(index).cost);
  }

  /** Steps of the cheapest path, or null. */
  path(source: EpochNode, target: EpochNode): PathStep[] | null {
    if (this.costs(source, [target])[0] === Infinity) return null;
    const { hub } = this.#costTo(target.index);
    if (hub === null) return this.#source.stepsTo(target.index);
    const steps = this.#hub(hub).tree.stepsTo(target.index);
    return [...this.#stepsThrough(hub, steps[0]?.from ?? target.index), ...steps];
  }

  #start(source: number): void {
    for (const node of this.#touched) this.#source.forget(node);
    this.#touched = [source];
    this.#sourceNode = source;
    this.#source.prepare();
    this.#source.reach(source, 0);
  }

  #costTo(node: number): { cost: number; hub: number | null } {
    let best: { cost: number; hub: number | null } = { cost: this.#source.at(node), hub: null };
    this.#entrances?.forEach((entrance, hub) => {
      if (entrance.cost >= best.cost) return;
      const known = this.#hub(hub);
      const cost = entrance.cost + known.hub.cost + known.tree.at(node);
      if (cost < best.cost) best = { cost, hub };
    });
    return best;
  }

  /** The way from the source over a hub to the node at its exit. */
  #stepsThrough(hub: number, exit: number): PathStep[] {
    const entrance = entry(this.#entrances ?? [], hub);
    const step = { from: entrance.node, to: exit, cost: this.#hub(hub).hub.cost, edge: null };
    if (entrance.previousHub === null) return [...this.#source.stepsTo(entrance.node), step];
    const between = this.#hub(entrance.previousHub).tree.stepsTo(entrance.node);
    const before = this.#stepsThrough(entrance.previousHub, between[0]?.from ?? entrance.node);
    return [...before, ...between, step];
  }

  #findEntrances(): Entrance[] {
    const hubs = this.#allHubs();
    const ranks = this.#graph.ranks();
    const touched = [...this.#touched].sort((a, b) => entry(ranks, a) - entry(ranks, b));
    const entrances = hubs.map(({ hub }): Entrance => {
      const nearest = nearestOf(this.#entrancesOf(hub, touched), (node) => this.#source.at(node));
      return { ...nearest, previousHub: null };
    });
    // At most one round a hub: each round settles at least one of them.
    for (let round = 0; round < hubs.length; round++) {
      const before = entrances.map(({ cost }) => cost);
      hubs.forEach((known, over) => {
        const so = entry(entrances, over);
        if (so.cost === Infinity) return;
        hubs.forEach((_hub, to) => {
          // What the hub costs is the least that a way over it adds.
          if (so.cost + known.hub.cost >= entry(entrances, to).cost) return;
          const { node, cost } = this.#hubToHub(known, to);
          const total = so.cost + known.hub.cost + cost;
          if (total < entry(entrances, to).cost) entrances[to] = { node, cost: total, previousHub: over };
        });
      });
      if (entrances.every(({ cost }, hub) => cost === before[hub])) break;
    }
    return entrances;
  }

  #hubToHub(over: KnownHub, to: number): Place {
    const { hub } = this.#hub(to);
    const indices = this.#graph.nodes.map(({ index }) => index);
    return (over.toHubs[to] ??= nearestOf(this.#entrancesOf(hub, indices), (node) => over.tree.at(node)));
  }

  #entrancesOf(hub: ClockHub, nodes: readonly number[]): number[] {
    return nodes.filter((index) => {
      const node = this.#graph.at(index);
      return node !== undefined && isEntrance(hub, node);
    });
  }

  #hub(index: number): KnownHub {
    return entry(this.#allHubs(), index);
  }

  #allHubs(): readonly KnownHub[] {
    this.#hubs ??= this.#graph.hubs().map((hub) => {
      const key = `${hub.from} ${hub.to} ${String(hub.all)}`;
      const tree = this.#trees.get(key) ?? new HubTree(this.#graph, hub);
      this.#trees.set(key, tree);
      return { hub, tree, toHubs: [] };
    });
    return this.#hubs;
  }

  #forget(node: number | null): void {
    if (node !== null) for (const tree of this.#trees.values()) tree.forget(node);
    for (const one of this.#touched) this.#source.forget(one);
    this.#touched = [];
    this.#sourceNode = -1;
    this.#hubs = null;
    this.#entrances = null;
  }
}
