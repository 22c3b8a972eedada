import type { SyncEdge, SyncGraphInfo, SyncNode } from '../../../shared/contract/sync.ts';

/** Above so many nodes neighbouring epochs of a device are drawn as one box. */
const MOST_BOXES = 300;
export const BOX_WIDTH = 190;
export const BOX_HEIGHT = 46;
const COLUMN = BOX_WIDTH + 40;
const LANE_GAP = 70;
const LABEL_WIDTH = 150;

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
  readonly lanes: readonly { readonly device: string; readonly y: number; readonly x: number }[];
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly clustered: boolean;
  /** Id of the box in which a node is drawn. */
  readonly boxOf: ReadonlyMap<string, string>;
}

/** Epochs that are looked at: positions in the lanes. */
export interface EpochWindow {
  readonly first: number;
  readonly last: number;
}

/**
 * Where everything is drawn: one lane a device, epochs from left to right in their order, the clocks of an epoch below
 * each other. The same graph gives the same picture.
 */
export function placeInLanes(graph: Pick<SyncGraphInfo, 'nodes' | 'edges'>, window: EpochWindow | null): Lanes {
  const devices = new Map<string, Map<string, SyncNode[]>>();
  for (const node of graph.nodes) {
    const epochs = devices.get(node.device) ?? new Map<string, SyncNode[]>();
    devices.set(node.device, epochs);
    epochs.set(node.epochId, [...(epochs.get(node.epochId) ?? []), node]);
  }
  const shown = [...devices].map(([device, epochs]) => {
    const rows = [...epochs.values()].map((nodes, position) => ({ nodes, position }));
    const inWindow = window === null ? rows : rows.slice(window.first, window.last + 1);
    return { device, epochs: inWindow };
  });
  const count = shown.reduce((sum, lane) => sum + lane.epochs.reduce((n, { nodes }) => n + nodes.length, 0), 0);
  const longest = Math.max(1, ...shown.map((lane) => lane.epochs.length));
  const together = count > MOST_BOXES ? Math.max(2, Math.ceil((longest * shown.length) / (MOST_BOXES / 2))) : 1;
  const boxes: Box[] = [];
  const lanes: { device: string; y: number; x: number }[] = [];
  let y = 0;
  for (const { device, epochs } of shown) {
    lanes.push({ device, x: -LABEL_WIDTH, y });
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
