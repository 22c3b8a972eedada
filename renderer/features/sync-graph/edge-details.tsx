import type { SyncEdge } from '../../../shared/contract/sync.ts';
import { client } from '../../state/client.ts';
import { useAnswer } from '../../state/use-answer.ts';
import type { Place } from '../../state/place.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import { FitPlots } from './fit-plots.tsx';
import { formula, secondsText } from './words.ts';
import classes from './sync-graph.module.css';

interface EdgeDetailsProps {
  readonly session: Place;
  readonly edge: SyncEdge;
}

/** What relates two epochs: rule, mapping, what is left over. */
export function EdgeDetails({ session, edge }: EdgeDetailsProps) {
  return (
    <section aria-label={t('Link')}>
      <h2>{edge.rule ?? t('Equal clocks')}</h2>
      <dl className={classes.facts}>
        <dt>{t('From')}</dt>
        <dd translate="no">{edge.from}</dd>
        <dt>{t('To')}</dt>
        <dd translate="no">{edge.to}</dd>
        <dt>{t('Mapping')}</dt>
        <dd translate="no">{formula(edge.mapping)}</dd>
        <dt>{t('Cost')}</dt>
        <dd>{formatNumber(edge.cost)}</dd>
        {edge.driftPpm !== null && (
          <>
            <dt>{t('Drift')}</dt>
            <dd>{`${edge.driftPpm.toFixed(2)} ppm`}</dd>
          </>
        )}
      </dl>
      {edge.kind === 'rule' && !edge.saved && <Fit session={session} edge={edge} />}
      {edge.saved && <p className={classes.quiet}>{t('The mapping is stored in the session.')}</p>}
    </section>
  );
}

function Fit({ session, edge }: EdgeDetailsProps) {
  const { from, to } = edge;
  const answer = useAnswer(JSON.stringify([session, from, to]), (signal) =>
    client.sync.fit({ ...session, from, to }, { signal }),
  );
  if (answer.status === 'loading') return <p className={classes.quiet}>{t('Reading the pulses…')}</p>;
  if (answer.status === 'failed') return <p className={classes.bad}>{answer.error.message}</p>;
  const { fit, residuals, rule, first } = answer.value;
  return (
    <>
      {fit.pulses !== null && (
        <p className={classes.quiet}>
          {t('{{matched}} pulses belong together ({{first}} and {{second}}).', { ...fit.pulses })}
        </p>
      )}
      {fit.jumps.map((jump) => (
        <p key={jump.afterSec} className={classes.bad}>
          {t('The clock jumps by {{by}} between {{after}} and {{before}}.', {
            by: secondsText(jump.seconds),
            after: secondsText(jump.afterSec),
            before: secondsText(jump.beforeSec),
          })}
        </p>
      ))}
      {residuals.length > 0 && <FitPlots fit={fit} residuals={residuals} device={first.split('/')[0] ?? ''} />}
      {rule !== null && (
        <dl className={classes.facts}>
          {Object.entries(rule.parameters).map(([name, value]) => (
            <Parameter key={name} name={name} value={value} />
          ))}
        </dl>
      )}
    </>
  );
}

function Parameter({ name, value }: { readonly name: string; readonly value: unknown }) {
  return (
    <>
      <dt translate="no">{name}</dt>
      <dd translate="no">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
    </>
  );
}
