import { Button, CloseButton } from '@mantine/core';
import { ElidedText } from '../../../components/elided-text.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import type { DataTableColumn } from '../../../components/table/columns.ts';
import { RowsTable } from '../../../components/table/rows-table.tsx';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import { openDocument } from '../open-document.ts';
import { comparisonRows, comparisonSums, type ComparisonRow } from './comparison-rows.ts';
import classes from '../cloud-sync.module.css';

interface ComparisonViewProps {
  readonly path: string;
  /** Something else is being done with the copy. */
  readonly busy: boolean;
  readonly onRepair: () => void;
  readonly onClose: () => void;
}

/** Both sides compared document by document, contents too: what is not the same, and the repair of doubles. */
export function ComparisonView({ path, busy, onRepair, onClose }: ComparisonViewProps) {
  const answer = useAnswer(`cloudCopies.compare ${path}`, (signal) =>
    client.cloudCopies.compare({ path, contents: true }, { signal }),
  );
  const rows = answer.status === 'ready' ? comparisonRows(answer.value) : [];
  return (
    <section className={classes.comparison} aria-label={t('Comparison')}>
      <header>
        <h2>{t('Comparison')}</h2>
        {answer.status === 'ready' && <span role="status">{comparisonSums(answer.value)}</span>}
        <span className={classes.space} />
        {answer.status === 'ready' && answer.value.duplicates.length > 0 && (
          <Button variant="default" disabled={busy} onClick={onRepair}>
            {t('Take the doubles away…')}
          </Button>
        )}
        <CloseButton aria-label={t('Close the comparison')} onClick={onClose} />
      </header>
      {answer.status === 'loading' && (
        <LoadingState what={t('Comparing with NDI Cloud…')} lines={3} onCancel={onClose} />
      )}
      {answer.status === 'failed' && <ErrorState error={answer.error} onRetry={answer.reload} inline />}
      {answer.status === 'ready' && rows.length === 0 && <p>{t('Both sides hold the same documents.')}</p>}
      {rows.length > 0 && (
        <RowsTable
          label={t('Differences')}
          columns={columns()}
          rows={rows}
          onOpen={({ id, isHere }) => openDocument(path, id, isHere)}
        />
      )}
    </section>
  );
}

function columns(): DataTableColumn<ComparisonRow>[] {
  return [
    { id: 'what', title: t('What'), least: 130, cell: ({ what }) => what },
    { id: 'id', title: t('Document'), least: 280, grow: 1, cell: ({ id }) => <ElidedText text={id} /> },
    { id: 'why', title: t('Why'), least: 160, grow: 2, cell: ({ why }) => <ElidedText text={why} /> },
  ];
}
