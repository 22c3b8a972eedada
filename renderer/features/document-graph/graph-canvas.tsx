import { useComputedColorScheme } from '@mantine/core';
import { Background, Controls, type Edge, MarkerType, type Node, ReactFlow, useReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useEffect, useMemo } from 'react';
import { useGraphWords } from '../../components/graph/use-graph-words.ts';
import type { NameOf } from '../../state/document-names.ts';
import { t } from '../../texts/translate.ts';
import classes from './document-graph.module.css';
import { edgeKey, NODE_HEIGHT, NODE_WIDTH, placed, type ShownGraph } from './graph-model.ts';
import { type DocumentBox, DocumentNode } from './graph-node.tsx';

interface GraphCanvasProps {
  readonly shown: ShownGraph;
  readonly middle: string;
  readonly selected: string;
  readonly nameOf: NameOf;
  readonly onSelect: (id: string) => void;
  readonly onGrow: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

const nodeTypes = { document: DocumentNode };

/** Boxes and arrows; arrows point from a document to what it depends on. */
export function GraphCanvas(props: GraphCanvasProps) {
  const { shown, middle, selected, nameOf, onSelect, onGrow, onOpen } = props;
  const scheme = useComputedColorScheme('light');
  const words = useGraphWords();
  const places = useMemo(() => placed(shown), [shown]);
  const nodes: DocumentBox[] = shown.nodes.map((node) => ({
    id: node.id,
    type: 'document',
    position: places.get(node.id) ?? { x: 0, y: 0 },
    width: NODE_WIDTH,
    height: NODE_HEIGHT,
    selected: node.id === selected,
    data: { node, name: nameOf(node) || node.id, shown, isMiddle: node.id === middle, onGrow },
    ariaLabel: node.missing ? t('Missing document {{id}}', { id: node.id }) : `${node.class} ${nameOf(node)}`.trim(),
  }));
  const missing = new Set(shown.nodes.filter((node) => node.missing).map((node) => node.id));
  const edges: Edge[] = shown.edges.map((edge) => ({
    id: edgeKey(edge),
    source: edge.to,
    target: edge.from,
    label: edge.name,
    markerStart: { type: MarkerType.ArrowClosed },
    className: missing.has(edge.to) ? (classes.brokenEdge ?? '') : '',
    focusable: false,
  }));
  return (
    <div className={classes.canvas}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme}
        ariaLabelConfig={words}
        fitView
        fitViewOptions={{ maxZoom: 1 }}
        minZoom={0.05}
        nodesDraggable={false}
        nodesConnectable={false}
        deleteKeyCode={null}
        onNodesChange={(changes) => {
          for (const change of changes) if (change.type === 'select' && change.selected) onSelect(change.id);
        }}
        onNodeClick={(_, node: Node) => onSelect(node.id)}
        onNodeDoubleClick={(_, node: Node) => onOpen(node.id)}
        zoomOnDoubleClick={false}
      >
        <Background />
        <Controls showInteractive={false} aria-label={t('View of the graph')} />
        <FitOnGrowth count={shown.nodes.length} />
      </ReactFlow>
    </div>
  );
}

/** New boxes must not appear out of sight. */
function FitOnGrowth({ count }: { readonly count: number }) {
  const { fitView } = useReactFlow();
  useEffect(() => {
    void fitView({ maxZoom: 1 });
  }, [count, fitView]);
  return null;
}
