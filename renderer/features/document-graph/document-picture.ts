import { getBezierPath, Position } from '@xyflow/react';
import type { GraphPicture } from '../../components/graph/graph-svg.ts';
import type { NameOf } from '../../state/document-names.ts';
import { readToken } from '../../style/data-colors.ts';
import { t } from '../../texts/translate.ts';
import { NODE_HEIGHT, NODE_WIDTH, placed, type ShownGraph } from './graph-model.ts';

/** The documents as they stand on the screen, all that are shown, in the colours of the theme. */
export function documentPicture(shown: ShownGraph, middle: string, nameOf: NameOf): GraphPicture {
  const [text, quiet, bad] = [readToken('--ndi-text'), readToken('--ndi-text-quiet'), readToken('--ndi-bad')];
  const places = placed(shown);
  const missing = new Set(shown.nodes.filter((node) => node.missing).map(({ id }) => id));
  return {
    background: readToken('--ndi-surface'),
    quiet,
    labels: [],
    boxes: shown.nodes.map((node) => {
      const className = node.missing ? t('missing') : node.class;
      const name = nameOf(node) || node.id;
      const isMiddle = node.id === middle;
      return {
        ...(places.get(node.id) ?? { x: 0, y: 0 }),
        ...{
          width: NODE_WIDTH,
          height: NODE_HEIGHT,
          isDashed: node.missing,
          title: `${className} ${name} (${node.id})`,
        },
        fill: readToken(node.missing ? '--ndi-bad-soft' : '--ndi-surface-raised'),
        stroke: node.missing ? bad : readToken(isMiddle ? '--ndi-accent' : '--ndi-line-strong'),
        strokeWidth: isMiddle ? 2 : 1,
        texts: [
          { text: className, size: 11, color: node.missing ? bad : quiet },
          { text: name, size: 13, color: text },
        ],
      };
    }),
    lines: shown.edges.flatMap(({ from, to, name }) => {
      const [source, target] = [places.get(to), places.get(from)];
      if (source === undefined || target === undefined) return [];
      const start = { x: source.x + NODE_WIDTH, y: source.y + NODE_HEIGHT / 2 };
      const [path, x, y] = getBezierPath({
        ...{ sourceX: start.x, sourceY: start.y, sourcePosition: Position.Right },
        ...{ targetX: target.x, targetY: target.y + NODE_HEIGHT / 2, targetPosition: Position.Left },
      });
      const isBroken = missing.has(to);
      return {
        ...{ path, strokeWidth: 1, title: name, arrow: start, label: { text: name, x, y } },
        stroke: isBroken ? bad : readToken('--ndi-line-strong'),
        dashes: isBroken ? '4 3' : null,
      };
    }),
  };
}
