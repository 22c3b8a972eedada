import type { SyncEdge, SyncGraphInfo, SyncNode } from '../../../shared/contract/sync.ts';

/** Above so many nodes neighbouring epochs of a device are drawn as one box, and a lane has so many of those. */
const MOST_NODES = 300;
const CLUSTERS_A_LANE = 10;
export const BOX_WIDTH = 190;
export const BOX_HEIGHT = 46;
/** How far above its boxes the name of a lane stands. */
export const LABEL_ABOVE = 18;
const COLUMN = BOX_WIDTH + 40;
const LANE_GAP = 70;

/** What is drawn as one box: one epoch on one clock, or neighbouring epochs of a lane. */
export interface Box {
  readonly id: string;
  readonly device: string;
  readonly x: number;
  readonly y: number;
  /** The nodes in it; the only one, or those of a cluster. */
  readonly nodes: readonly SyncNode[];
  /** First and last epoch of it, as positions in its lane. */
  readonly first: number;
  readonly last: number;
}

export interface Line {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The edges that it stands for; both directions are one line. */
  readonly edges: readonly SyncEdge[];
}

export interface Lanes {
  readonly lanes: readonly { readonly device: string; readonly y: number }[];
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly clustered: boolean;
  /** Id of the box in which a node is drawn. */
  readonly boxOf: ReadonlyMap<string, string>;
}

/** Epochs that are looked at: positions in the lane of a device. The others show what is linked to them. */
export interface EpochWindow {
  readonly device: string;
  readonly first: number;
  readonly last: number;
}

type Graph = Pick<SyncGraphInfo, 'nodes' | 'edges'>;

/** An epoch with its clocks, and its place in the lane of its device. */
interface LaneEpoch {
  readonly nodes: readonly SyncNode[];
  readonly position: number;
}

interface Lane {
  readonly device: string;
  readonly epochs: readonly LaneEpoch[];
}

/**
 * Where everything is drawn: one lane a device, epochs from left to right in their order, the clocks of an epoch below
 * each other. The same graph gives the same picture.
 */
export function placeInLanes(graph: Graph, window: EpochWindow | null): Lanes {
  const all = lanesOf(graph);
  const shown = window === null ? all : lanesInWindow(all, graph, window);
  const count = shown.reduce((sum, lane) => sum + lane.epochs.reduce((n, { nodes }) => n + nodes.length, 0), 0);
  const longest = Math.max(1, ...shown.map((lane) => lane.epochs.length));
  const together = count > MOST_NODES ? Math.max(2, Math.ceil(longest / CLUSTERS_A_LANE)) : 1;
  const boxes: Box[] = [];
  const lanes: { device: string; y: number }[] = [];
  let y = 0;
  for (const { device, epochs } of shown) {
    lanes.push({ device, y });
    let height = BOX_HEIGHT;
    for (let at = 0; at < epochs.length; at += together) {
      const part = epochs.slice(at, at + together);
      const [first, last] = [part[0]?.position ?? 0, part.at(-1)?.position ?? 0];
      const x = (at / together) * COLUMN;
      const nodes = part.flatMap((epoch) => epoch.nodes);
      if (together > 1) {
        boxes.push({ id: `${device}/${first}-${last}`, device, x, y, nodes, first, last });
        continue;
      }
      for (const [row, node] of nodes.entries()) {
        boxes.push({ id: node.id, device, x, y: y + row * BOX_HEIGHT, nodes: [node], first, last });
      }
      height = Math.max(height, nodes.length * BOX_HEIGHT);
    }
    y += height + LANE_GAP;
  }
  const boxOf = new Map(boxes.flatMap((box) => box.nodes.map((node) => [node.id, box.id])));
  return {
    lanes,
    boxes,
    lines: linesOf(graph.edges, boxOf, new Map(boxes.map((box) => [box.id, box.y]))),
    clustered: together > 1,
    boxOf,
  };
}

function lanesOf({ nodes }: Graph): Lane[] {
  const devices = new Map<string, Map<string, SyncNode[]>>();
  for (const node of nodes) {
    const epochs = devices.get(node.device) ?? new Map<string, SyncNode[]>();
    devices.set(node.device, epochs);
    const own = epochs.get(node.epochId);
    if (own === undefined) epochs.set(node.epochId, [node]);
    else own.push(node);
  }
  return [...devices].map(([device, epochs]) => {
    return { device, epochs: [...epochs.values()].map((own, position) => ({ nodes: own, position })) };
  });
}

function lanesInWindow(lanes: readonly Lane[], { edges }: Graph, { device, first, last }: EpochWindow): Lane[] {
  const own = lanes.find((lane) => lane.device === device)?.epochs.slice(first, last + 1) ?? [];
  const inside = new Set(own.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const linked = new Set<string>();
  for (const { kind, from, to } of edges) {
    if (kind !== 'sameEpoch' && kind !== 'equalClock' && inside.has(from)) linked.add(to);
  }
  return lanes.map((lane) => {
    if (lane.device === device) return { device, epochs: own };
    return { ...lane, epochs: lane.epochs.filter(({ nodes }) => nodes.some(({ id }) => linked.has(id))) };
  });
}

/** More epochs than this are too many to go to: they stay in their clusters. */
const MOST_IN_WINDOW = 50;

/**
 * The window in which nodes are seen one by one; null where they are so already, or where they lie too far apart.
 * @param ids of nodes that somebody wants to see
 */
export function windowAround(graph: Graph, lanes: Lanes, ids: readonly string[]): EpochWindow | null {
  const shownSingly = ids.every((id) => lanes.boxes.find((box) => box.id === lanes.boxOf.get(id))?.nodes.length === 1);
  const device = graph.nodes.find(({ id }) => ids.includes(id))?.device;
  if (shownSingly || device === undefined) return null;
  const wanted = new Set(ids);
  const epochs = lanesOf(graph).find((lane) => lane.device === device)?.epochs ?? [];
  const places = epochs.filter(({ nodes }) => nodes.some(({ id }) => wanted.has(id))).map(({ position }) => position);
  const [first, last] = [Math.max(0, Math.min(...places) - 2), Math.min(epochs.length - 1, Math.max(...places) + 2)];
  return last - first < MOST_IN_WINDOW ? { device, first, last } : null;
}

/** Clocks of one epoch stand together and need no line. A line begins at its upper box. */
function linesOf(
  edges: readonly SyncEdge[],
  boxOf: ReadonlyMap<string, string>,
  heights: ReadonlyMap<string, number>,
): Line[] {
  const lines = new Map<string, { from: string; to: string; edges: SyncEdge[] }>();
  for (const edge of edges) {
    const [from, to] = [boxOf.get(edge.from), boxOf.get(edge.to)];
    if (edge.kind === 'sameEpoch' || from === undefined || to === undefined || from === to) continue;
    const down = (heights.get(from) ?? 0) - (heights.get(to) ?? 0) || (from < to ? -1 : 1);
    const [upper, lower] = down < 0 ? [from, to] : [to, from];
    const key = [upper, lower, edge.ruleId ?? edge.kind].join('\n');
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { from: upper, to: lower, edges: [edge] });
    else line.edges.push(edge);
  }
  return [...lines].map(([id, line]) => ({ id, ...line }));
}

/** Wider pictures do not fit a panel at a size that can be read. */
const WIDE = 8 * COLUMN;

export const isWide = ({ boxes }: Lanes): boolean => boxes.some(({ x }) => x >= WIDE);
