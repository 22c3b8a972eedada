import { assertGlobalClock, type ClockType, isGlobalClock } from '../../../shared/model/clocks.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { intervalMapping } from '../../../shared/model/time-mapping.ts';
import { type EpochNode, type EpochSet, holdsTime, nodeId, type SetEpoch } from './epoch-sets.ts';
import type { LazyFit } from './graph/clock-fit.ts';
import type { PathStep } from './graph/distances.ts';
import { PathFinder } from './graph/path-finder.ts';
import type { SyncGraph } from './graph/sync-graph.ts';
import { type Hop, walk } from './hops.ts';
import { entry, last } from './entry.ts';

/** Times on one clock that are wanted on another. */
export interface ConvertRequest {
  readonly from: {
    readonly set: EpochSet;
    readonly clock: ClockType;
    /** Null on a global clock: the epoch is found by the time. */
    readonly epoch: SetEpoch | null;
    /** Seconds that the times count from. */
    readonly offsetSec?: number;
  };
  readonly to: { readonly set: EpochSet; readonly clock: ClockType; readonly epoch: SetEpoch | null };
}

/** A time on another clock, and how it came there. */
export interface Converted {
  readonly timeSec: number;
  readonly source: EpochNode;
  readonly node: EpochNode;
  readonly hops: readonly Hop[];
  readonly cost: number;
}

/**
 * Converts times through a sync graph by the cheapest path (`time_convert`, daq-epochs-time reference, section 20, with
 * its app rules). Links are worked out when a path first wants to use them; one that fails is no link, and the next
 * cheapest path is taken.
 */
export class TimeConverter {
  readonly graph: SyncGraph;
  readonly #finder: PathFinder;

  constructor(graph: SyncGraph) {
    this.graph = graph;
    this.#finder = new PathFinder(graph);
  }

  /**
   * @param timeSec seconds after `offsetSec` on the clock; ±Infinity means the end of the epoch's world
   * @throws NdiError time.noPath, time.noClock, time.outsideEpoch, time.ambiguous, time.notGlobal; range.invalid for what is no time
   */
  async convert(request: ConvertRequest, timeSec: number): Promise<Converted> {
    const { from, to } = request;
    const time = timeSec + (from.offsetSec ?? 0);
    if (Number.isNaN(time)) throw noNumber(to.set.name);
    // While a link is worked out the graph may become another: then all is looked up again.
    for (;;) {
      const epoch = from.epoch ?? this.#epochAt(from.set, from.clock, time);
      const within = this.#withinEpoch(request, epoch, time);
      if (within !== null) return within;
      const source = this.#sourceNode(from.set, epoch, from.clock);
      const candidates = this.#candidates(request, time);
      if (candidates.includes(source)) return { timeSec: time, source, node: source, hops: [], cost: 0 };
      const cheapest = this.#cheapest(source, candidates, to);
      const paths = cheapest.map((node) => ({ node, steps: this.#finder.path(source, node) ?? [] }));
      const open = openFits(paths.map(({ steps }) => steps));
      if (open.length === 0) return this.#choose(source, paths, time, to);
      await Promise.all(open.map((fit) => fit.find()));
    }
  }

  /** Step 0: the first epoch whose extent holds the time. */
  #epochAt(set: EpochSet, clock: ClockType, time: number): SetEpoch {
    assertGlobalClock(clock);
    const nodes = this.graph.nodesOn(set.name, clock);
    const found = nodes.find((node) => holdsTime(node, time));
    if (found !== undefined) return found.epoch;
    if (nodes.length === 0) throw noClock(set, null, clock);
    throw new NdiError({
      code: 'time.outsideEpoch',
      message: `No epoch of ${set.name} holds the time ${time} s on ${clock}.`,
      recovery: 'Name the epoch, or choose a time within one.',
      details: { device: set.name, clock, time },
    });
  }

  /** Step 1: within one epoch a line through both extents leads from clock to clock. */
  #withinEpoch({ from, to }: ConvertRequest, epoch: SetEpoch, time: number): Converted | null {
    if (from.set.name !== to.set.name || (to.epoch !== null && to.epoch !== epoch)) return null;
    const source = this.#sourceNode(from.set, epoch, from.clock);
    const target = this.graph.node(to.set.name, epoch.epochId, to.clock);
    if (target === source) return { timeSec: time, source, node: source, hops: [], cost: 0 };
    if (target === undefined) throw noClock(to.set, epoch, to.clock);
    const mapping = intervalMapping(source.t0, source.t1, target.t0, target.t1);
    if (mapping === null) return null;
    const step = {
      from: source.index,
      to: target.index,
      cost: 1,
      kind: 'sameEpoch',
      mapping,
      link: null,
      reversed: false,
    };
    return arrive(this.graph, source, target, [{ ...step, edge: { ...step, kind: 'sameEpoch' } }], time);
  }

  /** Step 2. */
  #sourceNode(set: EpochSet, epoch: SetEpoch, clock: ClockType): EpochNode {
    const node = this.graph.node(set.name, epoch.epochId, clock);
    if (node === undefined) throw noClock(set, epoch, clock);
    return node;
  }

  /** Step 3. Between two global clocks only epochs that hold the time are meant, unless one is named. */
  #candidates({ from, to }: ConvertRequest, time: number): readonly EpochNode[] {
    const all =
      to.epoch === null
        ? this.graph.nodesOn(to.set.name, to.clock)
        : this.graph.nodesOf(to.set.name, to.epoch.epochId).filter(({ clock }) => clock === to.clock);
    if (all.length === 0) throw noClock(to.set, to.epoch, to.clock);
    if (to.epoch !== null || !isGlobalClock(from.clock) || !isGlobalClock(to.clock)) return all;
    const holding = all.filter((node) => holdsTime(node, time));
    if (holding.length > 0) return holding;
    throw new NdiError({
      code: 'time.outsideEpoch',
      message: `No epoch of ${to.set.name} holds the time ${time} s on ${to.clock}.`,
      recovery: 'Nothing was recorded there then: name an epoch to go beyond its end.',
      details: { device: to.set.name, clock: to.clock, time },
    });
  }

  /** Step 4: those that cost least. */
  #cheapest(source: EpochNode, candidates: readonly EpochNode[], to: ConvertRequest['to']): EpochNode[] {
    const costs = this.#finder.costs(source, candidates);
    let least = Infinity;
    for (const cost of costs) if (cost < least) least = cost;
    if (least === Infinity) throw noPath(source, to);
    return candidates.filter((_, at) => costs[at] === least);
  }

  #choose(
    source: EpochNode,
    paths: readonly { node: EpochNode; steps: readonly PathStep[] }[],
    time: number,
    to: ConvertRequest['to'],
  ): Converted {
    const arrived = paths
      .map(({ node, steps }) => arrive(this.graph, source, node, steps, time))
      .sort((a, b) => (a.node.epoch.epochId < b.node.epoch.epochId ? -1 : 1));
    if (arrived.length === 1) return entry(arrived, 0);
    if (time === Infinity) return last(arrived);
    if (time === -Infinity) return entry(arrived, 0);
    const holding = arrived.filter(({ node, timeSec }) => holdsTime(node, timeSec));
    if (holding.length === 1) return entry(holding, 0);
    if (time === 0) return holding[0] ?? entry(arrived, 0);
    throw severalEpochs(arrived, holding.length, time, to);
  }
}

/** Step 5. */
function arrive(
  graph: SyncGraph,
  source: EpochNode,
  node: EpochNode,
  steps: readonly PathStep[],
  time: number,
): Converted {
  const { timeSec, hops } = walk(graph, steps, time);
  // As far beyond everything as numbers go.
  if (Number.isFinite(time) && !Number.isFinite(timeSec)) throw noNumber(node.set.name);
  return { timeSec, source, node, hops, cost: steps.reduce((sum, step) => sum + step.cost, 0) };
}

function openFits(paths: readonly (readonly PathStep[])[]): LazyFit[] {
  const fits = paths.flat().map(({ edge }) => edge?.link?.fit ?? null);
  return [...new Set(fits.filter((fit) => fit?.state === null))].filter((fit) => fit !== null);
}

function noNumber(device: string): NdiError {
  return new NdiError({
    code: 'range.invalid',
    message: `What is to be put on a clock of ${device} is no time.`,
    recovery: 'Give a time in seconds.',
    details: { device },
  });
}

function noClock(set: EpochSet, epoch: SetEpoch | null, clock: ClockType): NdiError {
  const clocks = [
    ...new Set((epoch === null ? set.epochs : [epoch]).flatMap((one) => one.clocks.map(({ type }) => type))),
  ];
  const where = epoch === null ? `${set.name} has no epoch` : `The epoch ${epoch.epochId} of ${set.name} is not`;
  return new NdiError({
    code: 'time.noClock',
    message: `${where} on the clock ${clock}.`,
    recovery: clocks.length === 0 ? 'It has no epochs.' : `There is: ${clocks.join(', ')}.`,
    details: { device: set.name, epoch: epoch?.epochId ?? null, clock, clocks },
  });
}

function noPath(source: EpochNode, to: ConvertRequest['to']): NdiError {
  const target = [to.set.name, ...(to.epoch === null ? [] : [to.epoch.epochId]), to.clock].join('/');
  return new NdiError({
    code: 'time.noPath',
    message: `There is no path from ${nodeId(source)} to ${target}: nothing relates their clocks.`,
    recovery: 'Add a sync rule that relates the two devices (“ndi sync-rules”), or look at why the rules do not apply.',
    details: { from: nodeId(source), to: target },
  });
}

function severalEpochs(
  arrived: readonly Converted[],
  holding: number,
  time: number,
  to: ConvertRequest['to'],
): NdiError {
  const names = arrived.slice(0, 10).map(({ node }) => node.epoch.epochId);
  return new NdiError({
    code: holding === 0 ? 'time.outsideEpoch' : 'time.ambiguous',
    message:
      holding === 0
        ? `The time ${time} s leads to ${arrived.length} epochs of ${to.set.name}, but lies within none of them.`
        : `The time ${time} s lies in ${holding} epochs of ${to.set.name}.`,
    recovery: `Name the epoch: ${names.join(', ')}${arrived.length > names.length ? ', …' : ''}.`,
    details: { device: to.set.name, clock: to.clock, epochs: names },
  });
}
