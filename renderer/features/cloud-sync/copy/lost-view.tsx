import { Button, CloseButton, CopyButton } from '@mantine/core';
import { parseDocumentJson } from '../../../../shared/model/document-json.ts';
import type { DocumentBody } from '../../../../shared/contract/documents.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { modals } from '../../../components/modals.ts';
import type { DataTableColumn } from '../../../components/table/columns.ts';
import { RowsTable } from '../../../components/table/rows-table.tsx';
import { client } from '../../../state/client.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatDate, plural, t } from '../../../texts/translate.ts';
import classes from '../cloud-sync.module.css';

type Lost = Awaited<ReturnType<typeof client.cloudSync.lost>>[number];

interface LostViewProps {
  readonly path: string;
  readonly onClose: () => void;
}

/** What syncs have overwritten and deleted, here and in the cloud: each version can be read, copied and had back. */
export function LostView({ path, onClose }: LostViewProps) {
  const answer = useAnswer(`cloudSync.lost ${path}`, (signal) => client.cloudSync.lost({ path }, { signal }));
  const rows = answer.status === 'ready' ? answer.value : [];
  return (
    <section className={classes.comparison} aria-label={t('Replaced and deleted')}>
      <header>
        <h2>{t('Replaced and deleted')}</h2>
        {answer.status === 'ready' && (
          <span role="status">
            {rows.length === 0
              ? t('No sync has replaced or deleted anything.')
              : plural(rows.length, '{{count}} version is kept', '{{count}} versions are kept')}
          </span>
        )}
        <span className={classes.space} />
        <CloseButton aria-label={t('Close the list of what was replaced')} onClick={onClose} />
      </header>
      {answer.status === 'loading' && <LoadingState lines={3} />}
      {answer.status === 'failed' && <ErrorState error={answer.error} onRetry={answer.reload} inline />}
      {rows.length > 0 && (
        <>
          <RowsTable
            label={t('Replaced and deleted versions')}
            columns={columns()}
            rows={rows}
            onOpen={(row) => showVersion(path, row)}
          />
          <p>{t('Enter or a double click shows a version. Each is kept for 90 days.')}</p>
        </>
      )}
    </section>
  );
}

function columns(): DataTableColumn<Lost>[] {
  return [
    { id: 'at', title: t('When'), least: 176, cell: ({ at }) => formatDate(at) },
    { id: 'why', title: t('What happened'), least: 190, grow: 1, cell: whatHappened },
    { id: 'name', title: t('Name'), least: 140, grow: 1, cell: ({ name }) => <ElidedText text={name} /> },
    { id: 'id', title: t('Document'), least: 280, grow: 1, cell: ({ id }) => <ElidedText text={id} mono /> },
  ];
}

function whatHappened({ side, why }: Lost): string {
  const here = side === 'here';
  switch (why) {
    case 'deleted':
      return here ? t('Deleted here') : t('Deleted in the cloud');
    case 'unlinked':
      return t('The link was taken away');
    case 'merged':
      return t('Put together with the cloud’s');
    default:
      return here ? t('Replaced here') : t('Replaced in the cloud');
  }
}

function showVersion(path: string, lost: Lost): void {
  const id = modals.open({
    title: t('{{what}}, {{time}}', { what: whatHappened(lost), time: formatDate(lost.at) }),
    size: 'lg',
    closeButtonProps: { 'aria-label': t('Close') },
    children: <Version path={path} lost={lost} onDone={() => modals.close(id)} />,
  });
}

function Version({ path, lost, onDone }: { path: string; lost: Lost; onDone: () => void }) {
  const { id, at, side, why } = lost;
  const answer = useAnswer(`cloudSync.history ${path} ${id}`, (signal) =>
    client.cloudSync.history({ path, id }, { signal }),
  );
  if (answer.status === 'loading') return <LoadingState lines={4} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} inline />;
  const json = answer.value.find((one) => one.at === at && one.side === side)?.json ?? '{}';
  const putBack = async () => {
    try {
      const documents: DocumentBody[] = [parseDocumentJson(json)];
      await client.edits.add({ path, documents, title: t('Put a deleted document back') });
      showMessage({ tone: 'success', title: t('The document is back.') });
      onDone();
    } catch (thrown) {
      showError(thrown);
    }
  };
  return (
    <>
      <pre className={classes.version} translate="no" tabIndex={0} aria-label={t('The version as JSON')}>
        {json}
      </pre>
      <div className={classes.choices}>
        {side === 'here' && why === 'deleted' && <Button onClick={() => void putBack()}>{t('Put it back')}</Button>}
        <CopyButton value={json}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('Copied') : t('Copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </>
  );
}
