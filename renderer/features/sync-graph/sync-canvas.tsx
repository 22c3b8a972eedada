import { useComputedColorScheme } from '@mantine/core';
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MiniMap,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import type { SyncRuleInfo } from '../../../shared/contract/sync.ts';
import { useGraphWords } from '../../components/graph/use-graph-words.ts';
import { t } from '../../texts/translate.ts';
import { boxLabel, boxTexts, isOnPath, lineLabel, lineStyle } from './drawing.ts';
import { type Box, BOX_HEIGHT, BOX_WIDTH, isWide, type Lanes, type Line } from './lanes.ts';
import { Follow, LaneLabels } from './viewport.tsx';
import classes from './sync-graph.module.css';

interface SyncCanvasProps {
  readonly lanes: Lanes;
  readonly rules: readonly SyncRuleInfo[];
  /** Id of the box or line that is looked at. */
  readonly selected: string | null;
  /** Nodes of the path that was asked for, and those that a finding is about. */
  readonly path: ReadonlySet<string>;
  readonly told: ReadonlySet<string>;
  readonly onSelectBox: (box: Box) => void;
  readonly onSelectLine: (line: Line) => void;
}

type BoxNode = Node<{ readonly box: Box; readonly onPath: boolean; readonly told: boolean }, 'epoch'>;

const nodeTypes = { epoch: EpochBox };
const MAP = { width: 160, height: 64 };

/** Lanes of epochs; lines between those whose clocks are related, in the colour of the rule, dashed without one. */
export function SyncCanvas(props: SyncCanvasProps) {
  const { lanes, rules, selected, path, told, onSelectBox, onSelectLine } = props;
  const scheme = useComputedColorScheme('light');
  const words = useGraphWords();
  const boxNodes: BoxNode[] = lanes.boxes.map((box) => ({
    id: box.id,
    type: 'epoch',
    position: { x: box.x, y: box.y },
    width: BOX_WIDTH,
    height: BOX_HEIGHT,
    selected: box.id === selected,
    data: { box, onPath: box.nodes.some(({ id }) => path.has(id)), told: box.nodes.some(({ id }) => told.has(id)) },
    ariaLabel: boxLabel(box),
  }));
  const edges: Edge[] = lanes.lines.map((line) => ({
    id: line.id,
    source: line.from,
    target: line.to,
    type: 'straight',
    style: lineStyle(line, rules, line.id === selected || isOnPath(line, path)),
    ariaLabel: lineLabel(line),
  }));
  return (
    <div className={classes.canvas}>
      <ReactFlow<BoxNode>
        nodes={boxNodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme}
        ariaLabelConfig={words}
        minZoom={0.02}
        nodesDraggable={false}
        nodesConnectable={false}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        onNodesChange={(changes) => {
          for (const change of changes) {
            if (change.type !== 'select' || !change.selected) continue;
            const box = lanes.boxes.find(({ id }) => id === change.id);
            if (box !== undefined) onSelectBox(box);
          }
        }}
        onEdgesChange={(changes) => {
          for (const change of changes) {
            if (change.type !== 'select' || !change.selected) continue;
            const line = lanes.lines.find(({ id }) => id === change.id);
            if (line !== undefined) onSelectLine(line);
          }
        }}
      >
        <Background />
        <Controls showInteractive={false} aria-label={t('View of the graph')} />
        {isWide(lanes) && (
          <MiniMap
            pannable
            zoomable
            ariaLabel={t('The whole graph')}
            nodeColor="var(--ndi-line-strong)"
            nodeStrokeColor="var(--ndi-line-strong)"
            nodeStrokeWidth={40}
            style={MAP}
          />
        )}
        <LaneLabels lanes={lanes} />
        <Follow lanes={lanes} told={told} />
      </ReactFlow>
    </div>
  );
}

function EpochBox({ data: { box, onPath, told }, selected }: NodeProps<BoxNode>) {
  const [title, text] = boxTexts(box);
  return (
    <div
      className={classes.box}
      data-selected={selected || undefined}
      data-on-path={onPath || undefined}
      data-told={told || undefined}
      title={title}
    >
      <Handle type="target" position={Position.Top} className={classes.handle ?? ''} isConnectable={false} />
      <span className={classes.boxTitle} translate="no">
        {title}
      </span>
      <span className={classes.boxText}>{text}</span>
      <Handle type="source" position={Position.Bottom} className={classes.handle ?? ''} isConnectable={false} />
    </div>
  );
}
