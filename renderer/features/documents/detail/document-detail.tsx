import { Tabs } from '@mantine/core';
import type { DocumentDetail as Detail } from '../../../../shared/contract/documents.ts';
import { CommandButton } from '../../../components/command-button.tsx';
import { CopyableText } from '../../../components/elided-text.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { client } from '../../../state/client.ts';
import { useCommand } from '../../../state/commands.ts';
import { useDocumentNames } from '../../../state/document-names.ts';
import { openPanel } from '../../../state/panels.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatDate, t } from '../../../texts/translate.ts';
import classes from './detail.module.css';
import { EditButtons } from '../edit-commands.tsx';
import { CutNote } from './cut-note.tsx';
import { DependenciesView } from './dependencies-view.tsx';
import { isMissing } from './is-missing.ts';
import { FilesView } from './files-view.tsx';
import { FormView } from './form-view.tsx';
import { JsonView } from './json-view.tsx';
import { holdsPicture, PictureButton } from './picture-button.tsx';
import { ProvenanceView } from './provenance-view.tsx';
import { SignalsButton } from './signals-button.tsx';

interface DocumentDetailProps {
  readonly path: string;
  readonly id: string;
  readonly round: number;
  /** Which view of it shows. */
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly onVisit: (id: string) => void;
}

/** One document: as a form, as JSON, its files, and what it depends on. */
export function DocumentDetail({ path, id, round, tab, onTab, onVisit }: DocumentDetailProps) {
  const answer = useAnswer(
    JSON.stringify([path, id, round]),
    (signal) => client.documents.get({ path, id }, { signal }),
    { keepLast: true },
  );
  if (answer.status === 'loading') return <LoadingState what={t('Reading the document…')} lines={8} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const detail = answer.value;
  const missing = detail.dependencies.some(isMissing);
  return (
    <div className={classes.detail} aria-busy={answer.stale}>
      <DetailHead detail={detail} path={path} />
      {detail.cut.length > 0 && <CutNote path={path} detail={detail} />}
      <Tabs value={tab} onChange={(next) => onTab(next ?? 'form')} keepMounted={false} className={classes.tabs}>
        <Tabs.List aria-label={t('Views of the document')}>
          <Tabs.Tab value="form">{t('Form')}</Tabs.Tab>
          <Tabs.Tab value="json">{t('JSON')}</Tabs.Tab>
          <Tabs.Tab value="files">{t('Files ({{n}})', { n: detail.files.length })}</Tabs.Tab>
          <Tabs.Tab value="dependencies">
            {t('Dependencies ({{n}})', { n: detail.dependencies.length + detail.dependents.length })}
            {missing && <span className={classes.missing}> {t('missing')}</span>}
          </Tabs.Tab>
          <Tabs.Tab value="provenance">{t('Provenance')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="form" className={classes.tabPanel} tabIndex={0}>
          <FormView detail={detail} onVisit={onVisit} />
        </Tabs.Panel>
        <Tabs.Panel value="json" className={classes.tabPanel}>
          <JsonView key={detail.summary.id} document={detail.document} isWhole={detail.cut.length === 0} />
        </Tabs.Panel>
        <Tabs.Panel value="files" className={classes.tabPanel} tabIndex={0}>
          <FilesView key={detail.summary.id} path={path} detail={detail} onFetched={answer.reload} />
        </Tabs.Panel>
        <Tabs.Panel value="dependencies" className={classes.tabPanel} tabIndex={0}>
          <DependenciesView path={path} detail={detail} onVisit={onVisit} />
        </Tabs.Panel>
        <Tabs.Panel value="provenance" className={classes.tabPanel} tabIndex={0}>
          <ProvenanceView path={path} detail={detail} onVisit={onVisit} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function DetailHead({ detail, path }: { readonly detail: Detail; readonly path: string }) {
  const { summary } = detail;
  const nameOf = useDocumentNames(path, [summary]);
  useCommand('documents.graph', () => openPanel('graph', { path, id: summary.id }));
  return (
    <header className={classes.detailHead}>
      <div className={classes.headLine}>
        <h2 translate="no">{nameOf(summary) || summary.class}</h2>
        <EditButtons />
      </div>
      <div className={classes.facts}>
        <span translate="no" title={detail.superclasses.join(' › ')}>
          {[summary.class, ...detail.superclasses].join(' › ')}
        </span>
        <span title={summary.datestamp}>{formatDate(summary.datestamp)}</span>
        <CopyableText text={summary.id} what={t('ID')} />
        <CommandButton command="documents.graph" label={t('Graph')} variant="default" />
        {[summary.class, ...detail.superclasses].includes('element') && (
          <SignalsButton key={summary.id} path={path} summary={summary} />
        )}
        {holdsPicture(detail) && <PictureButton path={path} id={summary.id} />}
      </div>
    </header>
  );
}
