import { Button } from '@mantine/core';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { isSignedIn, useAccount } from '../../../state/account.ts';
import { client } from '../../../state/client.ts';
import { runCommand } from '../../../state/commands.ts';
import type { RemotePlace } from '../../../state/panels.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { plural, t } from '../../../texts/translate.ts';
import classes from './elsewhere.module.css';
import type { Sought } from './use-local-search.ts';

interface CloudResultsProps {
  readonly sought: Sought;
  /** The document that shows beside. */
  readonly shown: RemotePlace | undefined;
  readonly onShow: (place: RemotePlace) => void;
}

/** Documents of all datasets in NDI Cloud that the account may read. Nobody is signed in: nothing is asked. */
export function CloudResults({ sought, shown, onShow }: CloudResultsProps) {
  const account = useAccount((state) => state.account);
  if (!isSignedIn(account)) {
    return (
      <EmptyState
        title={t('Sign in to look for documents in NDI Cloud.')}
        action={<Button onClick={() => runCommand('cloud.signIn')}>{t('Sign in')}</Button>}
      />
    );
  }
  if (sought.text === '' && sought.query.length === 0 && sought.class === undefined) {
    return <EmptyState title={t('Type a text or add a condition to look for it in NDI Cloud.')} />;
  }
  return (
    <Found
      sought={sought}
      shown={shown}
      onShow={onShow}
      account={`${account.profile} ${account.organization?.id ?? ''}`}
    />
  );
}

function Found({ sought, shown, onShow, account }: CloudResultsProps & { readonly account: string }) {
  const { text, query, class: className } = sought;
  const found = useAnswer(
    JSON.stringify([account, sought]),
    (signal) =>
      client.cloud.findDocuments(
        { text, where: query.map((one) => ({ ...one })), ...(className === undefined ? {} : { class: className }) },
        { signal },
      ),
    { keepLast: true },
  );
  if (found.status === 'failed') return <ErrorState error={found.error} onRetry={found.reload} />;
  if (found.status === 'loading') return <LoadingState what={t('Asking NDI Cloud…')} lines={4} />;
  const { total, documents } = found.value;
  return (
    <div className={classes.places}>
      <p className={classes.progress} role="status">
        {plural(total, '{{count}} document in NDI Cloud', '{{count}} documents in NDI Cloud')}
        {documents.length < total && ` · ${t('the first {{shown}} show', { shown: documents.length })}`}
        {text !== '' && ` · ${t('words are looked for in the names of documents')}`}
      </p>
      <ul className={classes.rows}>
        {documents.map((row) => (
          <li key={`${row.datasetId} ${row.id}`}>
            <button
              type="button"
              className={classes.row}
              title={t('Show the document')}
              aria-current={row.cloudId === shown?.cloudId}
              onClick={() => onShow({ datasetId: row.datasetId, cloudId: row.cloudId })}
              translate="no"
            >
              <span className={classes.rowClass}>{row.class}</span>
              <span className={classes.rowName}>{row.name === '' ? row.id : row.name}</span>
              <span className={classes.placePath}>{row.dataset === '' ? row.datasetId : row.dataset}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
