import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import type { GraphNode } from '../../../shared/contract/document-graph.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import classes from './document-graph.module.css';
import { hiddenCount, type ShownGraph } from './graph-model.ts';

export type DocumentBox = Node<
  {
    readonly node: GraphNode;
    readonly name: string;
    readonly shown: ShownGraph;
    readonly isMiddle: boolean;
    readonly onGrow: (id: string) => void;
  },
  'document'
>;

/** One document: its class and name, and how many neighbours are not shown yet. */
export function DocumentNode({ data, selected }: NodeProps<DocumentBox>) {
  const { node, name, shown, isMiddle, onGrow } = data;
  const hidden = hiddenCount(node, shown);
  return (
    <div
      className={classes.node}
      data-middle={isMiddle || undefined}
      data-missing={node.missing || undefined}
      data-selected={selected || undefined}
      title={node.id}
    >
      <Handle type="target" position={Position.Left} className={classes.handle ?? ''} isConnectable={false} />
      <span className={classes.nodeClass} translate="no">
        {node.missing ? t('missing') : node.class}
      </span>
      <span className={classes.nodeName} translate="no">
        {name}
      </span>
      {hidden > 0 && (
        <button
          type="button"
          className={classes.grow}
          tabIndex={-1}
          aria-label={t('Show {{n}} more around it', { n: hidden })}
          onClick={(event) => {
            event.stopPropagation();
            onGrow(node.id);
          }}
        >
          +{formatNumber(hidden)}
        </button>
      )}
      <Handle type="source" position={Position.Right} className={classes.handle ?? ''} isConnectable={false} />
    </div>
  );
}
