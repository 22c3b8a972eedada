import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { DatasetList, RemoteDataset } from '../../../shared/contract/cloud.ts';
import { CiteButton } from '../../components/citation/cite-button.tsx';
import { CopyableText } from '../../components/elided-text.tsx';
import { openPath } from '../../state/items.ts';
import { showError } from '../../state/messages.ts';
import { openPanel } from '../../state/panels.ts';
import { formatBytes, formatDate, formatNumber, t } from '../../texts/translate.ts';
import classes from './cloud.module.css';
import { deleteDataset, restoreDataset } from './dataset-acts.tsx';
import { downloadDataset } from './download.ts';
import { showRemoteDocuments } from './remote-documents.tsx';
import { showUseData } from './use-data.tsx';

interface RemoteDatasetDetailProps {
  readonly dataset: RemoteDataset;
  readonly list: DatasetList;
  /** It was deleted or restored. */
  readonly onChanged: () => void;
}

/** One dataset of a list: what it is about, and what can be done with it. */
export function RemoteDatasetDetail({ dataset, list, onChanged }: RemoteDatasetDetailProps) {
  const { id, name, abstract, deletedAt } = dataset;
  return (
    <aside className={classes.detail} aria-label={t('About {{name}}', { name })}>
      <h2 translate="no">{name}</h2>
      {abstract !== '' && <p translate="no">{abstract}</p>}
      <dl>
        {factsOf(dataset).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd translate="no">{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('ID')}</dt>
          <dd>
            <CopyableText text={id} what={t('ID')} />
          </dd>
        </div>
      </dl>
      {deletedAt === null ? (
        <Acts dataset={dataset} mayDelete={list === 'mine'} onChanged={onChanged} />
      ) : (
        <Restore dataset={dataset} onChanged={onChanged} />
      )}
    </aside>
  );
}

function factsOf({ authors, license, documents, bytes, doi, linkedPath, deletedAt }: RemoteDataset) {
  const facts: [string, string][] = [
    [t('Authors'), authors.join(', ')],
    [t('License'), license],
    [t('DOI'), doi],
    [t('Documents'), documents === null ? '' : formatNumber(documents)],
    [t('Size'), bytes === null ? '' : formatBytes(bytes)],
    [t('On this computer'), linkedPath ?? ''],
    [t('Gone for good'), deletedAt === null ? '' : formatDate(deletedAt)],
  ];
  return facts.filter(([, value]) => value !== '');
}

interface ActsProps {
  readonly dataset: RemoteDataset;
  readonly mayDelete: boolean;
  readonly onChanged: () => void;
}

function Acts({ dataset, mayDelete, onChanged }: ActsProps) {
  const { id, linkedPath } = dataset;
  const [files, setFiles] = useState(false);
  const button = (label: string, onClick: () => void) => (
    <Button variant="default" onClick={onClick}>
      {label}
    </Button>
  );
  return (
    <>
      <Checkbox
        label={t('With all files')}
        description={t('Otherwise each file is fetched when it is first needed.')}
        checked={files}
        onChange={(event) => setFiles(event.currentTarget.checked)}
      />
      <div className={classes.actions}>
        {linkedPath !== null && <Button onClick={() => void openPath(linkedPath)}>{t('Open')}</Button>}
        {linkedPath !== null && button(t('Sync…'), () => openPanel('cloudSync', { path: linkedPath }))}
        <Button
          variant={linkedPath === null ? 'filled' : 'default'}
          onClick={() => void downloadDataset(dataset, files)}
        >
          {t('Download…')}
        </Button>
        {button(t('Documents…'), () => showRemoteDocuments(dataset))}
        {button(t('Use this data…'), () => showUseData(id))}
        <CiteButton cited={{ cloudDatasetId: id }} />
        {mayDelete && (
          <Button variant="default" c="var(--ndi-bad)" onClick={() => deleteDataset(dataset, onChanged)}>
            {t('Delete…')}
          </Button>
        )}
      </div>
    </>
  );
}

function Restore({ dataset, onChanged }: Omit<ActsProps, 'mayDelete'>) {
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    try {
      await restoreDataset(dataset);
      onChanged();
    } catch (thrown) {
      showError(thrown);
      setBusy(false);
    }
  };
  return (
    <div className={classes.actions}>
      <Button loading={busy} onClick={() => void restore()}>
        {t('Restore')}
      </Button>
    </div>
  );
}
