import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import type { SortOrder } from '../../../components/table/columns.ts';
import { DataTable } from '../../../components/table/data-table.tsx';
import { useViewState } from '../../../state/cache/use-view-state.ts';
import { plural, t } from '../../../texts/translate.ts';
import classes from '../documents.module.css';
import { ColumnChooser } from './column-chooser.tsx';
import { documentColumns } from './document-columns.tsx';
import { FilterBox } from './filter-box.tsx';
import { useDocumentPages } from './use-document-pages.ts';

interface ResultsPaneProps {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly class: string | undefined;
  readonly round: number;
  /** References of a dataset's sessions by id; undefined where there is one session only. */
  readonly sessionName: ((id: string) => string) | undefined;
  /** The document that shows beside. */
  readonly current: string | undefined;
  readonly onPick: (id: string) => void;
  readonly onAllClasses: () => void;
}

/** The documents of a class, a session, a text: any number of them, sortable, with their count. */
export function ResultsPane(props: ResultsPaneProps) {
  const { path, sessionId, class: className, round, sessionName, current, onPick } = props;
  const [text, setText] = useState('');
  const [sort, setSort] = useState<SortOrder>({ column: 'datestamp', descending: false });
  const [hidden, setHidden] = useViewState<string[]>('documents:hidden-columns', 1, ['id'], acceptNames);
  const { pages, state } = useDocumentPages({ path, sessionId, class: className, text, sort, round });
  const columns = useMemo(() => documentColumns(sessionName), [sessionName]);
  const count = state.total ?? 0;
  return (
    <div className={classes.pane}>
      <div className={classes.resultsBar}>
        <FilterBox onFilter={setText} text={text} />
        <span className={classes.count} role="status">
          {state.total === null ? '' : plural(state.total, '{{count}} document', '{{count}} documents')}
        </span>
        <ColumnChooser columns={columns} hidden={hidden} onChange={setHidden} />
      </div>
      <div className={classes.results}>
        {state.error !== null ? (
          <ErrorState error={state.error} onRetry={pages.retry} />
        ) : state.total === null ? (
          <LoadingState what={t('Looking up the documents…')} lines={8} />
        ) : count === 0 ? (
          <NothingFound text={text} className={className} onClear={() => setText('')} onAll={props.onAllClasses} />
        ) : (
          <DataTable
            label={t('Documents')}
            columns={columns}
            hidden={hidden}
            count={count}
            rowAt={pages.at}
            selected={current === undefined ? -1 : pages.indexOf(current)}
            onSelect={(index) => {
              const document = pages.at(index);
              if (document !== undefined) onPick(document.id);
            }}
            sort={sort}
            onSort={setSort}
            onRange={pages.need}
          />
        )}
      </div>
    </div>
  );
}

interface NothingFoundProps {
  readonly text: string;
  readonly className: string | undefined;
  readonly onClear: () => void;
  readonly onAll: () => void;
}

function NothingFound({ text, className, onClear, onAll }: NothingFoundProps) {
  if (text === '' && className === undefined) return <EmptyState title={t('There are no documents here yet.')} />;
  const where = className === undefined ? t('any class') : className;
  return (
    <EmptyState
      title={
        text === ''
          ? t('There is no document of the class {{class}}.', { class: where })
          : t('No document of {{class}} holds “{{text}}”.', { class: where, text })
      }
      action={text === '' ? undefined : <Button onClick={onClear}>{t('Clear the filter')}</Button>}
      link={
        className === undefined ? undefined : (
          <Button variant="subtle" onClick={onAll}>
            {t('Look in all classes')}
          </Button>
        )
      }
    />
  );
}

function acceptNames(kept: unknown): string[] | undefined {
  return Array.isArray(kept) && kept.every((name) => typeof name === 'string') ? kept : undefined;
}
