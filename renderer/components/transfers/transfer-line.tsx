import { Button, Progress } from '@mantine/core';
import type { TransferReport, TransferView } from '../../../shared/contract/cloud-sync.ts';
import { endTexts } from '../../../shared/model/endings.ts';
import { fromErrorReport } from '../../../shared/model/errors.ts';
import { actOnTransfer, type TransferAct } from '../../state/transfers.ts';
import { formatBytes, formatDate, formatNumber, formatSeconds, plural, t } from '../../texts/translate.ts';
import { ErrorState } from '../error-state.tsx';
import { takeInButton } from './take-in-button.tsx';
import classes from './transfers.module.css';

/** One transfer: how far it is, what can be done with it, how it ended. */
export function TransferLine({ transfer }: { readonly transfer: TransferView }) {
  const { id, title, state, startedAt, error, report, moving } = transfer;
  return (
    <li className={classes.transfer} data-state={state}>
      <div className={classes.head}>
        <strong translate="no">{title}</strong>
        <span className={classes.state} role="status">
          {stateText(transfer)}
        </span>
        <time dateTime={startedAt}>{formatDate(startedAt)}</time>
        <span className={classes.space} />
        {actsFor(transfer).map(([act, label]) => (
          <Button key={act} variant="default" onClick={() => void actOnTransfer(id, act)}>
            {label}
          </Button>
        ))}
      </div>
      {report === null && (
        <>
          <Progress value={fractionOf(transfer) * 100} aria-label={t('Progress of “{{job}}”', { job: title })} />
          <p className={classes.detail}>{progressText(transfer)}</p>
        </>
      )}
      {state === 'running' && moving.length > 0 && (
        <ul className={classes.moving} aria-label={t('Files on their way')}>
          {moving.map(({ uid, name, bytes, done }) => (
            <li key={uid}>
              <span translate="no">{name}</span>
              <span>{t('{{done}} of {{all}}', { done: formatBytes(done), all: formatBytes(bytes) })}</span>
            </li>
          ))}
        </ul>
      )}
      {error !== null && state === 'offline' && (
        <p className={classes.detail}>
          <span translate="no">{error.message}</span> {t('It goes on by itself.')}
        </p>
      )}
      {error !== null && state !== 'offline' && (
        <ErrorState error={fromErrorReport(error)} wayOn={takeInButton(error.code, transfer.path)} inline />
      )}
      {report !== null && <Report report={report} />}
    </li>
  );
}

function stateText({ state, phase }: TransferView): string {
  const texts: Record<TransferView['state'], string> = {
    running: phase === '' ? t('Running') : t('Running: {{phase}}', { phase }),
    paused: t('Paused'),
    offline: t('Waiting for the network'),
    needsSignIn: t('Waiting for a sign-in'),
    interrupted: t('Interrupted'),
    done: t(endTexts.done),
    partly: t(endTexts.partly),
    failed: t(endTexts.failed),
    cancelled: t(endTexts.cancelled),
  };
  return texts[state];
}

function actsFor({ state }: TransferView): [TransferAct, string][] {
  switch (state) {
    case 'running':
      return [
        ['pause', t('Pause')],
        ['cancel', t('Cancel')],
      ];
    case 'paused':
    case 'offline':
    case 'needsSignIn':
    case 'interrupted':
      return [
        ['resume', t('Continue')],
        ['cancel', t('Cancel')],
      ];
    case 'partly':
      return [
        ['retry', t('Try what failed again')],
        ['forget', t('Remove from the list')],
      ];
    case 'failed':
    case 'cancelled':
      return [
        ['retry', t('Try again')],
        ['forget', t('Remove from the list')],
      ];
    case 'done':
      return [['forget', t('Remove from the list')]];
  }
}

function fractionOf({ bytes, bytesDone, documents, documentsDone }: TransferView): number {
  if (bytes > 0) return Math.min(1, bytesDone / bytes);
  return documents > 0 ? Math.min(1, documentsDone / documents) : 0;
}

function progressText(transfer: TransferView): string {
  const { state, documents, documentsDone, files, filesDone, bytes, bytesDone, rate } = transfer;
  const parts: string[] = [];
  if (documents > 0) {
    const values = { done: formatNumber(documentsDone), all: formatNumber(documents) };
    parts.push(t('{{done}} of {{all}} documents', values));
  }
  if (files > 0) {
    parts.push(t('{{done}} of {{all}} files', { done: formatNumber(filesDone), all: formatNumber(files) }));
    const values = { done: formatBytes(bytesDone), all: formatBytes(bytes) };
    parts.push(state === 'running' ? t('{{done}} of {{all}}', values) : t('{{done}} of {{all}} already there', values));
  }
  if (rate > 0) {
    parts.push(t('{{rate}} a second', { rate: formatBytes(rate) }));
    if (bytes > bytesDone) parts.push(t('{{time}} left', { time: formatSeconds((bytes - bytesDone) / rate) }));
  }
  return parts.join(' · ');
}

/** What was done, what was not and why, what was checked. */
function Report({ report }: { readonly report: TransferReport }) {
  const { failed, conflicts, warnings } = report;
  const figures: [string, number][] = [
    [t('Documents sent'), report.sent],
    [t('Files sent'), report.sentFiles],
    [t('Documents fetched'), report.fetched],
    [t('Files fetched'), report.fetchedFiles],
    [t('Documents updated'), report.updated],
    [t('Deleted here'), report.deletedHere],
    [t('Deleted in the cloud'), report.deletedThere],
    [t('Left alone'), report.skipped],
    [t('Already there from before'), report.resumed],
    [t('Checked on the other side'), report.verified],
  ];
  const shown = figures.filter(([, count]) => count > 0);
  return (
    <div className={classes.report}>
      {shown.length === 0 ? (
        <p>{t('There was nothing to do: both sides are in step.')}</p>
      ) : (
        <dl>
          {shown.map(([label, count]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{formatNumber(count)}</dd>
            </div>
          ))}
        </dl>
      )}
      {report.updated + report.deletedHere + report.deletedThere > 0 && (
        <p>{t('What was replaced or deleted is kept for 90 days, in the menu of the dataset’s cloud panel.')}</p>
      )}
      {conflicts.length > 0 && (
        <p>{plural(conflicts.length, '{{count}} conflict was left alone.', '{{count}} conflicts were left alone.')}</p>
      )}
      {warnings.map(({ code, message }) => (
        <p key={code}>{message}</p>
      ))}
      {failed.length > 0 && (
        <details open={failed.length <= 10}>
          <summary>{plural(failed.length, '{{count}} thing failed', '{{count}} things failed')}</summary>
          <ul>
            {failed.slice(0, 200).map(({ id, reason }) => (
              <li key={id}>
                <code translate="no">{id}</code> {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
