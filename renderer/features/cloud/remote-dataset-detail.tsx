import { Button, Checkbox, CopyButton } from '@mantine/core';
import { useState } from 'react';
import type { RemoteDataset } from '../../../shared/contract/cloud.ts';
import { showCitation } from '../../components/citation/show-citation.tsx';
import { openPath } from '../../state/items.ts';
import { formatBytes, formatNumber, t } from '../../texts/translate.ts';
import classes from './cloud.module.css';
import { downloadDataset } from './download.ts';

/** One dataset of a list: what it is about, and what can be done with it. */
export function RemoteDatasetDetail({ dataset }: { readonly dataset: RemoteDataset }) {
  const { id, name, abstract, authors, license, documents, bytes, linkedPath, deletedAt } = dataset;
  const [files, setFiles] = useState(false);
  const facts: [string, string][] = [
    [t('Authors'), authors.join(', ')],
    [t('License'), license],
    [t('Documents'), documents === null ? '' : formatNumber(documents)],
    [t('Size'), bytes === null ? '' : formatBytes(bytes)],
    [t('On this computer'), linkedPath ?? ''],
    [t('Id'), id],
  ];
  return (
    <aside className={classes.detail} aria-label={t('About {{name}}', { name })}>
      <h2 translate="no">{name}</h2>
      {abstract !== '' && <p translate="no">{abstract}</p>}
      <dl>
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd translate="no">{value}</dd>
            </div>
          ))}
      </dl>
      {deletedAt === null && (
        <Checkbox
          label={t('With all files')}
          description={t('Otherwise each file is fetched when it is first needed.')}
          checked={files}
          onChange={(event) => setFiles(event.currentTarget.checked)}
        />
      )}
      <div className={classes.actions}>
        {deletedAt === null && (
          <Button
            variant={linkedPath === null ? 'filled' : 'default'}
            onClick={() => void downloadDataset(dataset, files)}
          >
            {t('Download…')}
          </Button>
        )}
        {linkedPath !== null && <Button onClick={() => void openPath(linkedPath)}>{t('Open')}</Button>}
        {deletedAt === null && (
          <Button variant="default" onClick={() => showCitation({ cloudDatasetId: id })}>
            {t('Cite…')}
          </Button>
        )}
        <CopyButton value={id}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('Copied') : t('Copy the id')}
            </Button>
          )}
        </CopyButton>
      </div>
    </aside>
  );
}
