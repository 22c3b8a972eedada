import { Graph, layout } from '@dagrejs/dagre';
import type { DocumentGraphPart, GraphEdge, GraphNode } from '../../../shared/contract/document-graph.ts';

/** What is shown so far: it grows by the parts that are asked for. */
export interface ShownGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Joins another part to what is shown; each document and each dependency once, the newer knowledge of a document. */
export function joined(shown: ShownGraph, part: DocumentGraphPart): ShownGraph {
  const nodes = new Map(shown.nodes.map((node) => [node.id, node]));
  for (const node of part.nodes) nodes.set(node.id, node);
  const edges = new Map([...shown.edges, ...part.edges].map((edge) => [edgeKey(edge), edge]));
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

export const edgeKey = ({ from, to, name }: GraphEdge): string => `${from} ${to} ${name}`;

/** How many of a document's neighbours are not shown. */
export function hiddenCount(node: GraphNode, { edges }: ShownGraph): number {
  const below = new Set(edges.filter((edge) => edge.from === node.id).map((edge) => edge.to));
  const above = new Set(edges.filter((edge) => edge.to === node.id).map((edge) => edge.from));
  return Math.max(0, node.dependencies - below.size) + Math.max(0, node.dependents - above.size);
}

export const NODE_WIDTH = 180;
export const NODE_HEIGHT = 52;

/** Upper left corners of the boxes: what others depend on stands to the left. Circles are no obstacle. */
export function placed({ nodes, edges }: ShownGraph): Map<string, { x: number; y: number }> {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 140 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const { from, to } of edges) if (from !== to) graph.setEdge(to, from);
  layout(graph);
  return new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, { x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 }];
    }),
  );
}

/** How a document is tied to the one in the middle. */
export type Tie = 'antecedent' | 'dependent' | 'related';

/** A line of the list. */
export interface ListedNode {
  readonly node: GraphNode;
  /** `antecedent`: the middle depends on it; `dependent`: the reverse; `related`: by way of a third document. */
  readonly tie: Tie;
  /** Steps along dependencies. */
  readonly steps: number;
  /** Names of the dependencies by which it is tied to the nearer ones. */
  readonly by: string;
}

const ORDER: Readonly<Record<Tie, number>> = { antecedent: 0, dependent: 1, related: 2 };

/** The same graph as a list: what the document depends on, what depends on it, the rest; the nearest first. */
export function listed({ nodes, edges }: ShownGraph, middle: string): ListedNode[] {
  const reached = new Map<string, { tie: Tie | null; steps: number; by: Set<string> }>();
  reached.set(middle, { tie: null, steps: 0, by: new Set() });
  for (let wave = [middle]; wave.length > 0;) {
    const next: string[] = [];
    for (const id of wave) {
      const here = reached.get(id);
      for (const edge of edges.filter((one) => one.from === id || one.to === id)) {
        const other = edge.from === id ? edge.to : edge.from;
        const way: Tie = edge.from === id ? 'antecedent' : 'dependent';
        const known = reached.get(other);
        if (known !== undefined) {
          if (known.steps > (here?.steps ?? 0)) known.by.add(edge.name);
          continue;
        }
        const tie = here?.tie === null || here?.tie === way ? way : 'related';
        reached.set(other, { tie, steps: (here?.steps ?? 0) + 1, by: new Set([edge.name]) });
        next.push(other);
      }
    }
    wave = next;
  }
  const lines = nodes.flatMap((node) => {
    const found = reached.get(node.id);
    if (found === undefined || found.tie === null) return [];
    return [{ node, tie: found.tie, steps: found.steps, by: [...found.by].join(', ') }];
  });
  return lines.sort((a, b) => ORDER[a.tie] - ORDER[b.tie] || a.steps - b.steps);
}
