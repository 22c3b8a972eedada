import type { SyncRuleInfo } from '../../../shared/contract/sync.ts';
import { dataColor } from '../../style/data-colors.ts';
import { formatNumber, plural, t } from '../../texts/translate.ts';
import type { Box, Line } from './lanes.ts';
import { shortEpoch } from './words.ts';

/** The two lines of a box. */
export function boxTexts({ nodes, first, last }: Box): [string, string] {
  const [only] = nodes;
  if (only === undefined || nodes.length > 1) {
    return [
      t('Epochs {{first}} to {{last}}', { first: first + 1, last: last + 1 }),
      plural(nodes.length, '{{count}} clock', '{{count}} clocks'),
    ];
  }
  const span =
    only.t0 === null || only.t1 === null ? t('no times') : `${formatNumber(only.t0)} – ${formatNumber(only.t1)} s`;
  return [`${first + 1}: ${shortEpoch(only.epochId)}`, `${only.clock}, ${span}`];
}

export function boxLabel(box: Box): string {
  const [title, text] = boxTexts(box);
  return `${box.device} ${title}, ${text}`;
}

export function lineLabel({ edges }: Line): string {
  const [edge] = edges;
  if (edge === undefined) return '';
  // Both directions of one link are two edges.
  if (edges.length > 2) return plural(Math.ceil(edges.length / 2), '{{count}} link', '{{count}} links');
  return t('{{rule}} between {{from}} and {{to}}', {
    rule: edge.rule ?? t('equal clocks'),
    from: edge.from,
    to: edge.to,
  });
}

export const isOnPath = ({ edges }: Line, path: ReadonlySet<string>) =>
  edges.some(({ from, to }) => path.has(from) && path.has(to));

/** The colour of the rule; dashed where there is none. */
export function lineStyle({ edges }: Line, rules: readonly SyncRuleInfo[], strong: boolean) {
  const [edge] = edges;
  const rule = rules.findIndex(({ id }) => id === edge?.ruleId);
  return {
    stroke: rule < 0 ? 'var(--ndi-line-strong)' : dataColor(rule),
    strokeWidth: strong ? 4 : 2,
    ...(rule < 0 ? { strokeDasharray: '6 4' } : {}),
  };
}
