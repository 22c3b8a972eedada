import type { RulePreview } from '../../../shared/contract/sync.ts';
import { formatNumber, plural, t } from '../../texts/translate.ts';
import { formula, secondsText, shortEpoch } from './words.ts';
import classes from './sync-graph.module.css';

/** Pairs told one by one. */
const MOST_TOLD = 10;

type Link = RulePreview['links'][number];

/** What a rule would relate: for each pair of epochs the mapping with what it leaves over, or why there is none. */
export function RulePreviewList({ preview: { rule, links, linksNotShown } }: { readonly preview: RulePreview }) {
  if (links.length === 0) return <p className={classes.bad}>{rule.reason ?? t('It would relate nothing.')}</p>;
  const more = links.length - MOST_TOLD + linksNotShown;
  return (
    <>
      <p className={classes.quiet}>
        {plural(
          links.length + linksNotShown,
          'It relates {{count}} pair of epochs:',
          'It relates {{count}} pairs of epochs:',
        )}
      </p>
      <ul className={classes.hops}>
        {links.slice(0, MOST_TOLD).map((link) => (
          <li key={`${link.a.device} ${link.a.epochId} ${link.b.device} ${link.b.epochId}`}>
            <span translate="no">
              {`${link.a.device} / ${shortEpoch(link.a.epochId)} – ${link.b.device} / ${shortEpoch(link.b.epochId)}`}
            </span>
            <LinkFit link={link} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className={classes.quiet}>{plural(more, '{{count}} more pair', '{{count}} more pairs')}</p>}
    </>
  );
}

function LinkFit({ link: { fit, reason } }: { readonly link: Link }) {
  if (fit === null) return <p className={classes.bad}>{reason}</p>;
  return (
    <p className={classes.quiet}>
      <span translate="no">{formula(fit.mapping)}</span>
      {fit.residualMaxSec !== null && `, ${t('residual {{residual}}', { residual: secondsText(fit.residualMaxSec) })}`}
      {fit.driftPpm !== null &&
        `, ${t('drift {{drift}} ppm', { drift: formatNumber(Math.round(fit.driftPpm * 10) / 10) })}`}
      {fit.pulses !== null && `, ${plural(fit.pulses.matched, '{{count}} pulse', '{{count}} pulses')}`}
      {fit.jumps.length > 0 && `, ${plural(fit.jumps.length, '{{count}} jump', '{{count}} jumps')}`}
    </p>
  );
}
