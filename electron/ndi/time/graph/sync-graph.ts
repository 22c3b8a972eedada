import { CLOCK_LINK_COST, type ClockType, clockLinks } from '../../../../shared/model/clocks.ts';
import { identityMapping, intervalMapping, type TimeMapping } from '../../../../shared/model/time-mapping.ts';
import type { EpochNode, EpochSet, SetEpoch } from '../epoch-sets.ts';
import type { Edge, RuleLink } from './edges.ts';

/** Cost of a step within one epoch, or to the epoch on which a derived one stands. */
const STEP_COST = 1;
/** Between equal global clocks, once a probe or element is in the graph (reference, section 19.4). */
const EQUAL_CLOCK_COST = 77;

/**
 * Equal clocks are linked all with all, which would be N x N edges: a hub stands for them. Every node of `entrances`
 * leads to every node of `exits` for `cost`, times unchanged.
 */
export interface ClockHub {
  readonly cost: number;
  readonly entrances: readonly number[];
  readonly exits: readonly number[];
  /** 1 at the nodes that are entrances. */
  readonly isEntrance: Uint8Array;
}

/**
 * The epochs of a session on all their clocks, and the steps between them (sections 18 and 19 of the daq-epochs-time
 * reference, with its app rules). Edges between different nodes only; memory grows with nodes and edges.
 */
export class SyncGraph {
  readonly nodes: EpochNode[] = [];
  readonly edges: Edge[] = [];
  readonly sets = new Map<string, EpochSet>();
  /** Changes with every change of the graph. */
  version = 0;
  /** Nodes by set, then by epoch id. */
  readonly #bySet = new Map<string, Map<string, EpochNode[]>>();
  readonly #onClock = new Map<string, Map<ClockType, EpochNode[]>>();
  readonly #byClock = new Map<ClockType, { devices: number[]; all: number[] }>();
  readonly #savedLinks = new Set<string>();
  readonly #backLater: { link: RuleLink; from: EpochNode; to: EpochNode }[] = [];
  #derived = false;
  #outgoing: Outgoing | null = null;
  #hubs: ClockHub[] | null = null;

  /** Adds a DAQ system, probe or element; the sets on which it stands come before it. One that is there is left. */
  addSet(set: EpochSet): void {
    if (this.sets.has(set.name)) return;
    this.sets.set(set.name, set);
    const epochs = new Map<string, EpochNode[]>();
    this.#bySet.set(set.name, epochs);
    if (set.kind === 'derived') this.#derived = true;
    for (const epoch of set.epochs) {
      // Of two epochs with one id the first is meant, as everywhere.
      if (epochs.has(epoch.epochId)) continue;
      const own = set.kind === 'device' ? this.#addDeviceEpoch(set, epoch) : this.#addDerivedEpoch(set, epoch);
      epochs.set(epoch.epochId, own);
    }
    this.#changed();
  }

  /**
   * Joins two epochs by what a rule says: on one clock, or on every clock (but no_time) that both have. Directions that
   * the same rule joins already by a stored mapping are left as they are.
   */
  addLink(link: RuleLink, a: readonly EpochNode[], b: readonly EpochNode[], clock: ClockType | null): void {
    for (const from of a) {
      if (from.clock === 'no_time' || (clock !== null && from.clock !== clock)) continue;
      const to = b.find((node) => node.clock === from.clock);
      if (to === undefined) continue;
      this.#addRuleEdge(link, from, to, false);
      this.#addRuleEdge(link, to, from, true);
    }
  }

  /** Joins two nodes by a stored mapping; the way back too, where the mapping has one. */
  addSavedLink(link: RuleLink & { readonly mapping: TimeMapping }, from: EpochNode, to: EpochNode): void {
    this.#addRuleEdge(link, from, to, false);
    if (link.mapping.length === 2 && link.mapping[0] !== 0) this.#backLater.push({ link, from: to, to: from });
  }

  /** Call after all stored mappings: a stored way back counts before a turned one. */
  addWaysBack(): void {
    for (const { link, from, to } of this.#backLater.splice(0)) this.#addRuleEdge(link, from, to, true);
  }

  #addRuleEdge(link: RuleLink, from: EpochNode, to: EpochNode, reversed: boolean): void {
    const key = `${link.rule} ${from.index} ${to.index}`;
    if (this.#savedLinks.has(key)) return;
    if (link.saved) this.#savedLinks.add(key);
    this.addEdge({ from: from.index, to: to.index, cost: link.cost, kind: 'rule', mapping: null, link, reversed });
  }

  addEdge(edge: Edge): void {
    this.edges.push(edge);
    this.#changed();
  }

  /** Nodes of a set, all or those of one epoch; none where it is not there. */
  nodesOf(setName: string, epochId?: string): readonly EpochNode[] {
    const epochs = this.#bySet.get(setName);
    if (epochs === undefined) return [];
    return epochId === undefined ? [...epochs.values()].flat() : (epochs.get(epochId) ?? []);
  }

  /** Nodes of a set on one clock, in the order of its epochs. */
  nodesOn(setName: string, clock: ClockType): readonly EpochNode[] {
    return this.#onClock.get(setName)?.get(clock) ?? [];
  }

  node(setName: string, epochId: string, clock: ClockType): EpochNode | undefined {
    return this.nodesOf(setName, epochId).find((node) => node.clock === clock);
  }

  /** Edges by the node that they leave, in the order in which they were added. */
  outgoing(): Outgoing {
    return (this.#outgoing ??= sortByStart(this.nodes.length, this.edges));
  }

  /** The clocks that are linked all with all. */
  hubs(): readonly ClockHub[] {
    return (this.#hubs ??= this.#makeHubs());
  }

  #addDeviceEpoch(set: EpochSet, epoch: SetEpoch): EpochNode[] {
    const own = epoch.clocks.map(({ type, t0, t1 }) => this.#addNode({ set, epoch, clock: type, t0, t1 }));
    for (const from of own) {
      for (const to of own) {
        if (from === to) continue;
        const mapping = intervalMapping(from.t0, from.t1, to.t0, to.t1);
        if (mapping !== null) this.#addStep(from, to, 'sameEpoch', mapping);
      }
    }
    return own;
  }

  #addDerivedEpoch(set: EpochSet, epoch: SetEpoch): EpochNode[] {
    const own = epoch.clocks.map(({ type, t0, t1 }) => this.#addNode({ set, epoch, clock: type, t0, t1 }));
    const utc = own.find((node) => node.clock === 'utc');
    if (utc !== undefined && !own.some((node) => node.clock === 'dev_local_time') && Number.isFinite(utc.t0)) {
      const twin = this.#addNode({ set, epoch, clock: 'dev_local_time', t0: 0, t1: utc.t1 - utc.t0 });
      own.push(twin);
      this.#addStep(utc, twin, 'underlying', [1, -utc.t0]);
      this.#addStep(twin, utc, 'underlying', [1, utc.t0]);
    }
    for (const { setName, epochId } of epoch.underlying) {
      for (const node of own) {
        const below = this.node(setName, epochId, node.clock);
        if (below === undefined || node.clock === 'no_time') continue;
        this.#addStep(node, below, 'underlying', identityMapping);
        this.#addStep(below, node, 'underlying', identityMapping);
      }
    }
    return own;
  }

  #addNode(node: Omit<EpochNode, 'index'>): EpochNode {
    const added = { ...node, index: this.nodes.length };
    this.nodes.push(added);
    const members = this.#byClock.get(node.clock) ?? { devices: [], all: [] };
    this.#byClock.set(node.clock, members);
    members.all.push(added.index);
    if (node.set.kind === 'device') members.devices.push(added.index);
    const ofSet = this.#onClock.get(node.set.name) ?? new Map<ClockType, EpochNode[]>();
    this.#onClock.set(node.set.name, ofSet);
    const onClock = ofSet.get(node.clock) ?? [];
    ofSet.set(node.clock, onClock);
    onClock.push(added);
    return added;
  }

  #addStep(from: EpochNode, to: EpochNode, kind: 'sameEpoch' | 'underlying', mapping: TimeMapping): void {
    this.edges.push({ from: from.index, to: to.index, cost: STEP_COST, kind, mapping, link: null, reversed: false });
  }

  #makeHubs(): ClockHub[] {
    const members = (clock: ClockType) => this.#byClock.get(clock) ?? { devices: [], all: [] };
    const equal = this.#derived ? (['utc', 'exp_global_time'] as const) : [];
    return [
      ...equal.map((clock) => ({ cost: EQUAL_CLOCK_COST, from: members(clock).all, to: members(clock).all })),
      ...clockLinks.map(({ from, to }) => {
        return { cost: CLOCK_LINK_COST, from: members(from).devices, to: members(to).devices };
      }),
    ]
      .filter(({ from, to }) => from.length > 0 && to.length > 0)
      .map(({ cost, from, to }) => {
        const isEntrance = new Uint8Array(this.nodes.length);
        for (const node of from) isEntrance[node] = 1;
        return { cost, entrances: from, exits: to, isEntrance };
      });
  }

  #changed(): void {
    this.version += 1;
    this.#outgoing = null;
    this.#hubs = null;
  }
}

/** `order.slice(first[n], first[n + 1])` are the edges that leave node n. */
export interface Outgoing {
  readonly first: Int32Array;
  readonly order: Int32Array;
}

function sortByStart(nodes: number, edges: readonly Edge[]): Outgoing {
  const first = new Int32Array(nodes + 1);
  for (const { from } of edges) first[from + 1] = (first[from + 1] ?? 0) + 1;
  for (let node = 0; node < nodes; node++) first[node + 1] = (first[node + 1] ?? 0) + (first[node] ?? 0);
  const next = first.slice(0, nodes);
  const order = new Int32Array(edges.length);
  edges.forEach(({ from }, edge) => {
    const place = next[from] ?? 0;
    order[place] = edge;
    next[from] = place + 1;
  });
  return { first, order };
}
