import { Button, Tabs } from '@mantine/core';
import { useState } from 'react';
import type { RemoteDocumentDetail } from '../../../../shared/contract/cloud.ts';
import { CopyableText } from '../../../components/elided-text.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { client } from '../../../state/client.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import { openPanel, type RemotePlace } from '../../../state/panels.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatDate, t } from '../../../texts/translate.ts';
import classes from '../detail/detail.module.css';
import { FormView } from '../detail/form-view.tsx';
import { JsonView } from '../detail/json-view.tsx';
import { findInCloud } from './find-in-cloud.ts';
import { RemoteDependencies } from './remote-dependencies.tsx';

interface RemoteDetailProps {
  readonly place: RemotePlace;
  readonly onVisit: (place: RemotePlace) => void;
}

/** One document in NDI Cloud, as it is there: to be read, not changed. */
export function RemoteDetail({ place, onVisit }: RemoteDetailProps) {
  const [tab, setTab] = useState<string | null>('form');
  const answer = useAnswer(
    JSON.stringify(['cloud.document', place]),
    (signal) => client.cloud.document({ ...place }, { signal }),
    { keepLast: true },
  );
  if (answer.status === 'loading') return <LoadingState what={t('Asking NDI Cloud…')} lines={8} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const detail = answer.value;
  const visit = (id: string) => void visitById(id, place.datasetId, onVisit);
  return (
    <div className={classes.detail} aria-busy={answer.stale}>
      <Head detail={detail} place={place} />
      {detail.cut.length > 0 && (
        <div role="note" className={classes.cutNote}>
          {t('Too large to be shown whole: lists and long texts show how they begin.')}
        </div>
      )}
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={classes.tabs}>
        <Tabs.List aria-label={t('Views of the document')}>
          <Tabs.Tab value="form">{t('Form')}</Tabs.Tab>
          <Tabs.Tab value="json">{t('JSON')}</Tabs.Tab>
          <Tabs.Tab value="dependencies">{t('Dependencies ({{n}})', { n: detail.dependencies.length })}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="form" className={classes.tabPanel} tabIndex={0}>
          <FormView detail={detail} onVisit={visit} />
        </Tabs.Panel>
        <Tabs.Panel value="json" className={classes.tabPanel}>
          <JsonView key={place.cloudId} document={detail.document} isWhole={detail.cut.length === 0} />
        </Tabs.Panel>
        <Tabs.Panel value="dependencies" className={classes.tabPanel} tabIndex={0}>
          <RemoteDependencies detail={detail} onVisit={visit} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Head({ detail, place }: { readonly detail: RemoteDocumentDetail; readonly place: RemotePlace }) {
  const { summary, superclasses, dataset, published, files } = detail;
  const find = { text: dataset === '' ? place.datasetId : dataset, list: published ? 'public' : 'mine' } as const;
  return (
    <header className={classes.detailHead}>
      <h2 translate="no">{summary.name === '' ? summary.class : summary.name}</h2>
      <div className={classes.facts}>
        <span translate="no">{[summary.class, ...superclasses].join(' › ')}</span>
        <span title={summary.datestamp}>{formatDate(summary.datestamp)}</span>
        <CopyableText text={summary.id} what={t('ID')} />
        {files.length > 0 && <span translate="no">{files.join(', ')}</span>}
        <span>{t('In NDI Cloud, to be read')}</span>
        <Button variant="default" onClick={() => openPanel('cloud', { find })}>
          {t('Show its dataset')}
        </Button>
      </div>
    </header>
  );
}

/** Goes to a document of which only NDI's id is known: that of the same dataset, or else a copy of it. */
async function visitById(id: string, datasetId: string, onVisit: (place: RemotePlace) => void): Promise<void> {
  try {
    const copies = await findInCloud([id]);
    const found = copies.find((one) => one.datasetId === datasetId) ?? copies[0];
    if (found !== undefined) onVisit({ datasetId: found.datasetId, cloudId: found.cloudId });
    else
      showMessage({ title: t('No document with the ID {{id}} is in NDI Cloud, as far as you may read it.', { id }) });
  } catch (thrown) {
    showError(thrown);
  }
}
