import { CLOCK_LINK_COST, type ClockType, clockLinks } from '../../../../shared/model/clocks.ts';
import type { EpochNode, EpochSet, SetEpoch } from '../epoch-sets.ts';
import type { Edge } from './edges.ts';
import { clocksWithTwin, stepsDown, stepsWithin } from './steps.ts';

/** Between equal global clocks, once a probe or element is in the graph (reference, section 19.4). */
const EQUAL_CLOCK_COST = 77;
/** Clocks that are then equal. */
const equalClocks: readonly ClockType[] = ['utc', 'exp_global_time'];

/**
 * Equal clocks are linked all with all, which would be N x N edges: a hub stands for them. Every node on the clock `from`
 * leads to every node on the clock `to` for `cost`, times unchanged; of devices only, unless `all`.
 */
export interface ClockHub {
  readonly from: ClockType;
  readonly to: ClockType;
  readonly cost: number;
  readonly all: boolean;
}

export const isEntrance = (hub: ClockHub, node: EpochNode): boolean =>
  node.clock === hub.from && (hub.all || node.set.kind === 'device');
export const isExit = (hub: ClockHub, node: EpochNode): boolean =>
  node.clock === hub.to && (hub.all || node.set.kind === 'device');

type Listener = (node: number | null) => void;

/**
 * The epochs of a session on all their clocks, and the steps between them (sections 18 and 19 of the daq-epochs-time
 * reference, with its app rules). Edges between different nodes only; memory grows with nodes and edges, and a change
 * costs as much as what it changes. Whoever keeps something about the graph listens to it.
 */
export class SyncGraph {
  /** By index; an index is used again when its node has gone. */
  readonly #slots: (EpochNode | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #leaving: Edge[][] = [];
  readonly #arriving: Edge[][] = [];
  readonly #sets = new Map<string, EpochSet>();
  /** Nodes by set, then by epoch id. */
  readonly #bySet = new Map<string, Map<string, EpochNode[]>>();
  readonly #onClock = new Map<string, Map<ClockType, EpochNode[]>>();
  readonly #byClock = new Map<ClockType, { devices: number; all: number }>();
  readonly #listeners: Listener[] = [];
  #nodes: readonly EpochNode[] | null = null;
  #ranks: Int32Array<ArrayBuffer> | null = null;

  /** Sets by name: devices in the order in which they were added, then probes and elements by name. */
  get sets(): ReadonlyMap<string, EpochSet> {
    return this.#sets;
  }

  /** All nodes, those of one set together, in the order of its epochs. */
  get nodes(): readonly EpochNode[] {
    return (this.#nodes ??= this.#inOrder());
  }

  /** All edges, by the nodes that they leave. */
  get edges(): readonly Edge[] {
    return this.nodes.flatMap(({ index }) => this.leaving(index));
  }

  /** One more than the largest index of a node. */
  get size(): number {
    return this.#slots.length;
  }

  /** The node of an index, undefined where it has gone. */
  at(index: number): EpochNode | undefined {
    return this.#slots[index];
  }

  /** Edges that leave a node; of several to one node those of earlier rules come first. */
  leaving(index: number): readonly Edge[] {
    return this.#leaving[index] ?? [];
  }

  arriving(index: number): readonly Edge[] {
    return this.#arriving[index] ?? [];
  }

  /** Position in {@link nodes}, by index. Whatever the history of a graph is, it decides between equal paths. */
  ranks(): Int32Array<ArrayBuffer> {
    if (this.#ranks === null) {
      this.#ranks = new Int32Array(this.size);
      for (const [rank, { index }] of this.nodes.entries()) this.#ranks[index] = rank;
    }
    return this.#ranks;
  }

  /** Calls the listener with every node whose edges are about to change, and with null when sets have come or gone. */
  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /**
   * Adds a DAQ system, probe or element, or brings one that is there to another state: epochs that are the same objects
   * stay, the others go and come. The sets on which it stands come before it.
   */
  putSet(set: EpochSet): void {
    const known = this.#sets.get(set.name);
    if (known !== undefined && !continues(known, set)) this.removeSet(set.name);
    const before = this.#bySet.get(set.name) ?? new Map<string, EpochNode[]>();
    const wanted = new Map<string, SetEpoch>();
    // Of two epochs with one id the first is meant, as everywhere.
    for (const epoch of set.epochs) if (!wanted.has(epoch.epochId)) wanted.set(epoch.epochId, epoch);
    for (const [epochId, own] of before) if (own[0]?.epoch !== wanted.get(epochId)) this.#removeNodes(own);
    const after = new Map<string, EpochNode[]>();
    for (const [epochId, epoch] of wanted) {
      const own = before.get(epochId);
      after.set(epochId, own?.[0]?.epoch === epoch ? own : this.#addEpoch(set, epoch));
    }
    this.#sets.set(set.name, set);
    this.#bySet.set(set.name, after);
    this.#onClock.delete(set.name);
    this.#changed();
  }

  removeSet(name: string): void {
    for (const own of this.#bySet.get(name)?.values() ?? []) this.#removeNodes(own);
    this.#bySet.delete(name);
    this.#onClock.delete(name);
    this.#sets.delete(name);
    this.#changed();
  }

  addEdge(edge: Edge): void {
    this.#tell(edge.from);
    this.#tell(edge.to);
    this.#leaving[edge.from]?.push(edge);
    this.#arriving[edge.to]?.push(edge);
    edge.link?.fit?.onFailure(() => {
      this.#tell(edge.from);
      this.#tell(edge.to);
    });
  }

  /** Takes away what rules say about two epochs. */
  removeLinks(a: readonly EpochNode[], b: readonly EpochNode[]): void {
    for (const [some, others] of [
      [a, b],
      [b, a],
    ] as const) {
      const ends = new Set(others.map(({ index }) => index));
      for (const { index } of some) {
        for (const edge of this.leaving(index).filter(({ kind, to }) => kind === 'rule' && ends.has(to))) {
          this.#removeEdge(edge);
        }
      }
    }
  }

  /** Nodes of a set, all or those of one epoch; none where it is not there. */
  nodesOf(setName: string, epochId?: string): readonly EpochNode[] {
    const epochs = this.#bySet.get(setName);
    if (epochs === undefined) return [];
    return epochId === undefined ? [...epochs.values()].flat() : (epochs.get(epochId) ?? []);
  }

  /** Nodes of a set on one clock, in the order of its epochs. */
  nodesOn(setName: string, clock: ClockType): readonly EpochNode[] {
    const known = this.#onClock.get(setName) ?? new Map<ClockType, EpochNode[]>();
    this.#onClock.set(setName, known);
    const nodes = known.get(clock) ?? this.nodesOf(setName).filter((node) => node.clock === clock);
    known.set(clock, nodes);
    return nodes;
  }

  node(setName: string, epochId: string, clock: ClockType): EpochNode | undefined {
    return this.nodesOf(setName, epochId).find((node) => node.clock === clock);
  }

  /** The clocks that are linked all with all. */
  hubs(): ClockHub[] {
    const derived = [...this.#sets.values()].some(({ kind }) => kind === 'derived');
    const counts = (clock: ClockType) => this.#byClock.get(clock) ?? { devices: 0, all: 0 };
    return [
      ...(derived ? equalClocks : [])
        .filter((clock) => counts(clock).all > 0)
        .map((clock) => ({ from: clock, to: clock, cost: EQUAL_CLOCK_COST, all: true })),
      ...clockLinks
        .filter(({ from, to }) => counts(from).devices > 0 && counts(to).devices > 0)
        .map(({ from, to }) => ({ from, to, cost: CLOCK_LINK_COST, all: false })),
    ];
  }

  #addEpoch(set: EpochSet, epoch: SetEpoch): EpochNode[] {
    const isDevice = set.kind === 'device';
    const nodes = (isDevice ? epoch.clocks : clocksWithTwin(epoch)).map(({ type, t0, t1 }) =>
      this.#addNode({ index: this.#free.pop() ?? this.#slots.length, set, epoch, clock: type, t0, t1 }),
    );
    const below = epoch.underlying.flatMap(({ setName, epochId }) => this.nodesOf(setName, epochId));
    for (const edge of isDevice ? stepsWithin(nodes) : stepsDown(epoch, nodes, below)) this.addEdge(edge);
    return nodes;
  }

  #addNode(node: EpochNode): EpochNode {
    this.#slots[node.index] = node;
    this.#leaving[node.index] = [];
    this.#arriving[node.index] = [];
    this.#count(node, 1);
    this.#tell(node.index);
    return node;
  }

  #removeNodes(nodes: readonly EpochNode[]): void {
    for (const node of nodes) {
      const { index } = node;
      this.#tell(index);
      for (const edge of [...this.leaving(index), ...this.arriving(index)]) this.#removeEdge(edge);
      this.#slots[index] = undefined;
      this.#free.push(index);
      this.#count(node, -1);
    }
  }

  #removeEdge(edge: Edge): void {
    this.#tell(edge.from);
    this.#tell(edge.to);
    this.#leaving[edge.from] = this.leaving(edge.from).filter((one) => one !== edge);
    this.#arriving[edge.to] = this.arriving(edge.to).filter((one) => one !== edge);
  }

  #count({ clock, set }: EpochNode, by: 1 | -1): void {
    const known = this.#byClock.get(clock) ?? { devices: 0, all: 0 };
    known.all += by;
    if (set.kind === 'device') known.devices += by;
    this.#byClock.set(clock, known);
  }

  #inOrder(): EpochNode[] {
    const sets = [...this.#sets.values()];
    const byName = (a: EpochSet, b: EpochSet) => (a.name < b.name ? -1 : 1);
    const derived = sets.filter(({ kind }) => kind === 'derived').sort(byName);
    return [...sets.filter(({ kind }) => kind === 'device'), ...derived].flatMap(({ name }) => this.nodesOf(name));
  }

  #changed(): void {
    this.#nodes = null;
    this.#ranks = null;
    this.#tell(null);
  }

  #tell(node: number | null): void {
    for (const listener of this.#listeners) listener(node);
  }
}

/** Whether epochs that stay are in their old order, in a set of the same kind. */
function continues(known: EpochSet, set: EpochSet): boolean {
  if (known.kind !== set.kind || known.className !== set.className) return false;
  const places = new Map(known.epochs.map((epoch, at) => [epoch, at]));
  const kept = set.epochs.flatMap((epoch) => places.get(epoch) ?? []);
  return kept.every((place, at) => at === 0 || place > (kept[at - 1] ?? -1));
}
