import type { SyncRuleInfo } from '../../../shared/contract/sync.ts';
import type { GraphPicture } from '../../components/graph/graph-svg.ts';
import { colorValue } from '../../components/graph/save-graph.ts';
import { readToken } from '../../style/data-colors.ts';
import { boxLabel, boxTexts, lineLabel, lineStyle } from './drawing.ts';
import { BOX_HEIGHT, BOX_WIDTH, LABEL_ABOVE, type Lanes } from './lanes.ts';

/** The lanes as they are on the screen, all of them, in the colours of the theme. */
export function syncPicture({ lanes, boxes, lines }: Lanes, rules: readonly SyncRuleInfo[]): GraphPicture {
  const [text, quiet] = [readToken('--ndi-text'), readToken('--ndi-text-quiet')];
  const places = new Map(boxes.map((box) => [box.id, box]));
  return {
    background: readToken('--ndi-surface'),
    quiet,
    labels: lanes.map(({ device, y }) => ({ text: device, size: 13, color: text, x: 0, y: y - LABEL_ABOVE })),
    boxes: boxes.map((box) => {
      const [title, below] = boxTexts(box);
      return {
        ...{ x: box.x, y: box.y, width: BOX_WIDTH, height: BOX_HEIGHT, isDashed: false, title: boxLabel(box) },
        ...{ fill: readToken('--ndi-surface-raised'), stroke: readToken('--ndi-line-strong'), strokeWidth: 1 },
        texts: [
          { text: title, size: 13, color: text },
          { text: below, size: 11, color: quiet },
        ],
      };
    }),
    lines: lines.flatMap((line) => {
      const [from, to] = [places.get(line.from), places.get(line.to)];
      if (from === undefined || to === undefined) return [];
      const { stroke, strokeWidth, strokeDasharray } = lineStyle(line, rules, false);
      const middle = BOX_WIDTH / 2;
      return {
        path: `M${from.x + middle} ${from.y + BOX_HEIGHT}L${to.x + middle} ${to.y}`,
        ...{ stroke: colorValue(stroke), strokeWidth, dashes: strokeDasharray ?? null },
        ...{ title: lineLabel(line), arrow: null, label: null },
      };
    }),
  };
}
