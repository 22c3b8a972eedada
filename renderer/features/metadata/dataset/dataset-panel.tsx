import { useEffect, useRef } from 'react';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { Toolbar, ToolbarSpace } from '../../../components/toolbar.tsx';
import { useItem } from '../../../state/items.ts';
import { usePanelTitle, type PanelParams } from '../../../state/panels.ts';
import { basename } from '../../../state/paths.ts';
import { t } from '../../../texts/translate.ts';
import { UndoButtons } from '../history/undo-buttons.tsx';
import classes from '../metadata.module.css';
import { jumpToField, ProblemJumps } from '../record/problem-jumps.tsx';
import { ListSection } from './list-section.tsx';
import { OpenMindsButton } from './openminds-button.tsx';
import { authorList, fundingList, publicationList } from './lists.ts';
import { TextRow } from './text-row.tsx';
import { textRows } from './text-rows.ts';
import { useMetadata } from './use-metadata.ts';

/** What describes a dataset to the world: title, abstract, authors, license, funding, publications. */
export function DatasetPanel({ params }: { readonly params: PanelParams['metadata'] }) {
  const { path, field } = params;
  const item = useItem(path);
  const name = item.info !== undefined && 'reference' in item.info ? item.info.reference : basename(path);
  usePanelTitle(t('Description of {{name}}', { name }));
  const answer = useMetadata(path);
  const root = useRef<HTMLDivElement>(null);
  const isReady = answer.status === 'ready';
  // Whoever opened it may have come for one field.
  useEffect(() => {
    if (isReady && field !== undefined) jumpToField(root.current, field);
  }, [isReady, field]);
  if (answer.status === 'loading') return <LoadingState lines={10} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const form = answer.value;
  const { metadata, problems } = form;
  const sections = { overview: t('Overview'), details: t('Details'), experiment: t('Experiment') };
  const rows = (section: keyof typeof sections) => (
    <section className={classes.group} aria-label={sections[section]}>
      <h3>{sections[section]}</h3>
      {textRows()
        .filter((row) => row.section === section)
        .map((row) => (
          <TextRow key={row.name} row={row} form={form} />
        ))}
    </section>
  );
  return (
    <div className={classes.panel}>
      <Toolbar label={t('Description of the dataset')}>
        <h2 className={classes.title}>{t('Description of {{name}}', { name })}</h2>
        <ToolbarSpace />
        <OpenMindsButton path={path} disabled={form.source === 'none'} />
        <UndoButtons path={path} />
      </Toolbar>
      <div className={classes.form} ref={root}>
        <p className={classes.about}>{sourceText(form.source)}</p>
        <ProblemJumps problems={problems} current onJump={(field) => jumpToField(root.current, field)} />
        {form.error !== null && <ErrorState error={form.error} inline onRetry={() => form.store()} />}
        {rows('overview')}
        <ListSection list={authorList()} entries={metadata.authors} form={form} />
        {rows('details')}
        <ListSection list={fundingList()} entries={metadata.funding} form={form} />
        <ListSection list={publicationList()} entries={metadata.publications} form={form} />
        {rows('experiment')}
      </div>
    </div>
  );
}

function sourceText(source: 'metadata_editor' | 'openminds' | 'none'): string {
  switch (source) {
    case 'none':
      return t('Nothing describes this dataset yet. Each field is stored when you leave it, and can be undone.');
    case 'openminds':
      return t('Read from openMINDS documents; your first change makes a document of the metadata editor from them.');
    case 'metadata_editor':
      return t('Each field is stored when you leave it, and can be undone. NDI-matlab’s metadata editor reads it.');
  }
}
