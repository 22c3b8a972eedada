import { ActionIcon, NativeSelect, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowLeft, IconArrowRight, IconRefresh, IconTableColumn } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { DatasetInfo } from '../../../shared/contract/sessions.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Splitter } from '../../components/splitter.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { CommandButton } from '../../components/command-button.tsx';
import { client } from '../../state/client.ts';
import { useCommand } from '../../state/commands.ts';
import { useRevision } from '../../state/edits.ts';
import { reloadItem, useItem } from '../../state/items.ts';
import { openPanel, usePanelTitle, type PanelParams } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import { ClassList } from './class-list.tsx';
import { DocumentDetail } from './detail/document-detail.tsx';
import classes from './documents.module.css';
import { NewButtons, useEditCommands } from './edit-commands.tsx';
import { RemoteDetail } from './remote/remote-detail.tsx';
import { ResultsPane } from './results/results-pane.tsx';
import { useBrowser, type Browser } from './use-browser.ts';
import { canStep } from './visit-history.ts';

const noClasses: readonly { readonly class: string }[] = [];

/** Below this width the panes stand one above the other. */
const SIDE_BY_SIDE_FROM = 720;

/** The document browser: classes, the documents of one, and the document itself. */
export function DocumentsPanel({ params }: { readonly params: PanelParams['documents'] }) {
  const { path } = params;
  const browser = useBrowser(params);
  const item = useItem(path);
  const dataset = item.info?.kind === 'dataset' ? item.info : undefined;
  const [reread, setReread] = useState(0);
  // Both only grow: their sum is another one whenever either has changed.
  const round = reread + useRevision(path);
  useCommand('item.reload', () => {
    reloadItem(path);
    setReread((before) => before + 1);
  });
  const { ref, width } = useElementSize();
  const { sessionId } = browser;
  useEditCommands({ path, ...(sessionId === undefined ? {} : { sessionId }) }, browser.class, browser.documentId);
  useCommand('tables.open', () => openPanel('tables', sessionId === undefined ? { path } : { path, sessionId }));
  const documentSection = useRef<HTMLElement>(null);
  // The link that was followed goes away with its document: the focus stays in the pane.
  const follow = (id: string) => {
    browser.visit(id);
    documentSection.current?.focus();
  };
  const counts = useAnswer(
    JSON.stringify([path, sessionId, round]),
    (signal) => client.documents.classes(sessionId === undefined ? { path } : { path, sessionId }, { signal }),
    { keepLast: true },
  );
  const sessionName = useSessionNames(dataset, sessionId);
  usePanelTitle(`${item.info === undefined ? basename(path) : titleOf(item.info)}: ${browser.class ?? t('documents')}`);

  return (
    <div className={classes.panel} onKeyDown={(event) => onHistoryKey(event, browser)}>
      <Toolbar label={t('Document browser')}>
        <HistoryButtons browser={browser} />
        {dataset !== undefined && <SessionChooser dataset={dataset} browser={browser} />}
        <ToolbarSpace />
        <CommandButton command="tables.open" icon={<IconTableColumn size={16} aria-hidden />} />
        <NewButtons />
        <CommandButton command="item.reload" icon={<IconRefresh size={16} aria-hidden />} />
      </Toolbar>
      <div ref={ref} className={classes.panes}>
        {width > 0 && (
          <div className={width < SIDE_BY_SIDE_FROM ? classes.stacked : classes.wide}>
            <Splitter
              key={width < SIDE_BY_SIDE_FROM ? 'stacked' : 'wide'}
              name={width < SIDE_BY_SIDE_FROM ? 'documents-stacked' : 'documents'}
              orientation={width < SIDE_BY_SIDE_FROM ? 'vertical' : 'horizontal'}
              shares={width < SIDE_BY_SIDE_FROM ? [22, 33, 45] : [18, 42, 40]}
            >
              <section className={classes.section} aria-label={t('Classes')}>
                <ClassList
                  answer={counts}
                  chosen={browser.class}
                  onChoose={(className) => browser.change({ class: className })}
                />
              </section>
              <section className={classes.section} aria-label={t('List of documents')}>
                <ResultsPane
                  path={path}
                  browser={browser}
                  classes={(counts.value ?? noClasses).map((one) => one.class)}
                  round={round}
                  sessionName={sessionName}
                  isDataset={dataset !== undefined}
                />
              </section>
              <section ref={documentSection} tabIndex={-1} className={classes.section} aria-label={t('Document')}>
                {browser.scope === 'cloud' && browser.remote !== undefined ? (
                  <RemoteDetail place={browser.remote} onVisit={(remote) => browser.change({ remote })} />
                ) : browser.documentId === undefined ? (
                  <EmptyState title={t('Choose a document in the list to see what it holds.')} />
                ) : (
                  <DocumentDetail
                    path={path}
                    id={browser.documentId}
                    round={round}
                    tab={browser.tab}
                    onTab={(tab) => browser.change({ tab })}
                    onVisit={follow}
                  />
                )}
              </section>
            </Splitter>
          </div>
        )}
      </div>
    </div>
  );
}

function titleOf(info: { readonly kind: string; readonly path: string; readonly reference?: string }): string {
  return info.reference ?? basename(info.path);
}

function HistoryButtons({ browser }: { readonly browser: Browser }) {
  return (
    <>
      <Tooltip label={t('Back to the previous document (Alt+←)')}>
        <ActionIcon
          aria-label={t('Back to the previous document')}
          aria-keyshortcuts="Alt+ArrowLeft"
          aria-disabled={!canStep(browser.history, -1)}
          {...(canStep(browser.history, -1) ? {} : { 'data-disabled': true })}
          onClick={() => browser.step(-1)}
        >
          <IconArrowLeft size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('Forward to the next document (Alt+→)')}>
        <ActionIcon
          aria-label={t('Forward to the next document')}
          aria-keyshortcuts="Alt+ArrowRight"
          aria-disabled={!canStep(browser.history, 1)}
          {...(canStep(browser.history, 1) ? {} : { 'data-disabled': true })}
          onClick={() => browser.step(1)}
        >
          <IconArrowRight size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

function onHistoryKey(event: KeyboardEvent, browser: Browser): void {
  if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
  event.preventDefault();
  browser.step(event.key === 'ArrowLeft' ? -1 : 1);
}

function SessionChooser({ dataset, browser }: { readonly dataset: DatasetInfo; readonly browser: Browser }) {
  return (
    <NativeSelect
      aria-label={t('Session')}
      value={browser.sessionId ?? ''}
      data={[
        { value: '', label: t('All sessions of {{dataset}}', { dataset: dataset.reference }) },
        ...dataset.sessions.map(({ id, reference }) => ({ value: id, label: reference })),
      ]}
      onChange={(event) => {
        browser.chooseSession(event.currentTarget.value === '' ? undefined : event.currentTarget.value);
      }}
    />
  );
}

/** Names of a dataset's sessions for the list; undefined where all documents are of one session. */
function useSessionNames(dataset: DatasetInfo | undefined, sessionId: string | undefined) {
  const names = useMemo(
    () => new Map(dataset === undefined ? [] : [[dataset.id, dataset.reference], ...namesOf(dataset)]),
    [dataset],
  );
  const nameOf = useCallback((id: string) => names.get(id) ?? id, [names]);
  return dataset === undefined || sessionId !== undefined ? undefined : nameOf;
}

const namesOf = (dataset: DatasetInfo): [string, string][] =>
  dataset.sessions.map(({ id, reference }) => [id, reference]);
