import { Button } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { formatQuery } from '../../../../shared/model/query-format.ts';
import { isId } from '../../../../shared/model/ids.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { DataTable } from '../../../components/table/data-table.tsx';
import { useViewState } from '../../../state/cache/use-view-state.ts';
import { plural, t } from '../../../texts/translate.ts';
import classes from '../documents.module.css';
import { ExportMenu } from '../query/export-menu.tsx';
import { QueryBar } from '../query/query-bar.tsx';
import type { QueryScope } from '../query/query-scope.ts';
import { CloudResults } from '../elsewhere/cloud-results.tsx';
import { LocalResults } from '../elsewhere/local-results.tsx';
import type { Browser } from '../use-browser.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { documentColumns } from './document-columns.tsx';
import { FileOwner } from './file-owner.tsx';
import { FilterBox } from './filter-box.tsx';
import { type Scope, ScopeSelect } from './scope-select.tsx';
import { StillLooking } from './still-looking.tsx';
import { requestOf, type ResultsQuestion, useDocumentPages } from './use-document-pages.ts';

interface ResultsPaneProps {
  readonly path: string;
  /** What is asked and shown. */
  readonly browser: Browser;
  /** Classes that there are. */
  readonly classes: readonly string[];
  readonly round: number;
  /** References of a dataset's sessions by id; undefined where there is one session only. */
  readonly sessionName: ((id: string) => string) | undefined;
  readonly isDataset: boolean;
}

/** The documents of a class, a session, a text: any number of them, sortable, with their count. */
export function ResultsPane({ path, browser, round, sessionName, ...props }: ResultsPaneProps) {
  const { sessionId, class: className, text, query, scope, sort, change } = browser;
  const current = browser.documentId;
  const [fields, setFields] = useViewState<string[]>('documents:field-columns', 1, [], acceptNames);
  const [hidden, setHidden] = useViewState<string[]>('documents:hidden-columns', 1, ['id'], acceptNames);
  const question: ResultsQuestion = { path, sessionId, class: className, text, query, fields, sort, round };
  const { pages, state, waiting, stopped, stop, again } = useDocumentPages(question);
  const columns = useMemo(() => documentColumns(sessionName, fields), [sessionName, fields]);
  const asked = { ...scopeOf(question, props.classes), isElsewhere: scope !== 'here' };
  const own: readonly Scope[] = !props.isDataset
    ? ['session']
    : sessionId === undefined
      ? ['dataset']
      : ['session', 'dataset'];
  const sought = { text, query, class: className };
  const clear = () => change({ text: '', query: [] });
  const count = state.total ?? 0;
  return (
    <div className={classes.pane}>
      <div className={classes.bar}>
        <FilterBox
          onFilter={(next) => change({ text: next })}
          text={text}
          onLink={(link) => change({ text: link.text ?? '', query: link.query, class: link.class })}
        />
        <span className={classes.count} role="status">
          {state.total === null || scope !== 'here'
            ? ''
            : plural(state.total, '{{count}} document', '{{count}} documents')}
        </span>
        {scope === 'here' && (
          <>
            <ColumnChooser
              columns={columns}
              hidden={hidden}
              onChange={setHidden}
              fields={fields}
              onFields={setFields}
              scope={asked}
            />
            <ExportMenu request={requestOf(question)} columns={exportedColumns(columns, hidden)} />
          </>
        )}
      </div>
      <QueryBar scope={asked} query={query} onChange={(next) => change({ query: next })}>
        <ScopeSelect
          scope={scope === 'here' ? (own[0] ?? 'session') : scope}
          own={own}
          onChange={(next) => {
            if (next === 'dataset') browser.chooseSession(undefined);
            change({ scope: next === 'local' || next === 'cloud' ? next : 'here' });
          }}
        />
      </QueryBar>
      {waiting && scope === 'here' && <StillLooking key={JSON.stringify(question)} onStop={stop} />}
      {state.indexing !== null && (
        <div className={classes.indexing} role="status">
          {t('The documents are being indexed: {{done}} of {{of}} so far.', { ...state.indexing })}
        </div>
      )}
      <div className={classes.results}>
        {scope === 'local' ? (
          <LocalResults sought={sought} />
        ) : scope === 'cloud' ? (
          <CloudResults sought={sought} shown={browser.remote} onShow={(remote) => change({ remote })} />
        ) : stopped ? (
          <EmptyState
            title={t('The search was stopped.')}
            action={<Button onClick={again}>{t('Search again')}</Button>}
            link={
              <Button variant="subtle" onClick={clear}>
                {t('Clear the filter')}
              </Button>
            }
          />
        ) : state.error !== null ? (
          <ErrorState error={state.error} onRetry={pages.retry} />
        ) : state.total === null ? (
          <LoadingState what={t('Looking up the documents…')} lines={8} />
        ) : count === 0 ? (
          <NothingFound
            owner={isId(text.trim()) ? <FileOwner path={path} uid={text.trim()} onPick={browser.pick} /> : null}
            text={[text, formatQuery(query)].filter((part) => part !== '').join(' · ')}
            className={className}
            onClear={clear}
            onAll={() => change({ class: undefined })}
          />
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
              if (document !== undefined) browser.pick(document.id);
            }}
            sort={sort}
            onSort={(next) => change({ sort: next })}
            onRange={pages.need}
            startAt={browser.startAt}
            onScrolled={browser.scrolledTo}
          />
        )}
      </div>
    </div>
  );
}

/** Names of the columns that show, as an export has them. */
function exportedColumns(columns: readonly { readonly id: string }[], hidden: readonly string[]): string[] {
  return columns.flatMap(({ id }) => (hidden.includes(id) ? [] : [id === 'session' ? 'sessionId' : id]));
}

function scopeOf(
  { path, sessionId, class: className, text }: ResultsQuestion,
  classNames: readonly string[],
): Omit<QueryScope, 'isElsewhere'> {
  const request = {
    path,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(className === undefined ? {} : { class: className }),
    ...(text === '' ? {} : { text }),
  };
  return { path, class: className, classes: classNames, request };
}

interface NothingFoundProps {
  /** The way to the document of a file, where the text is the id of one. */
  readonly owner: ReactNode;
  readonly text: string;
  readonly className: string | undefined;
  readonly onClear: () => void;
  readonly onAll: () => void;
}

function NothingFound({ owner, text, className, onClear, onAll }: NothingFoundProps) {
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
        <>
          {owner}
          {className !== undefined && (
            <Button variant="subtle" onClick={onAll}>
              {t('Look in all classes')}
            </Button>
          )}
        </>
      }
    />
  );
}

function acceptNames(kept: unknown): string[] | undefined {
  return Array.isArray(kept) && kept.every((name) => typeof name === 'string') ? kept : undefined;
}
