import { Button, Checkbox, CopyButton } from '@mantine/core';
import { useState } from 'react';
import type { RemoteDataset } from '../../../shared/contract/cloud.ts';
import { choosePath } from '../../components/path-dialog/choose-path.ts';
import { openPath } from '../../state/items.ts';
import { openPanel } from '../../state/panels.ts';
import { startTransfer } from '../../state/transfers.ts';
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
        <Button variant="default" onClick={() => void downloadDataset(id)}>
          {t('Download…')}
        </Button>
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

/** Documents first; the bytes of files stay in the cloud until a sync fetches them. */
async function downloadDataset(datasetId: string): Promise<void> {
  const folder = await choosePath({
    kind: 'folder',
    title: t('Download into a folder; the dataset gets a folder of its own in it'),
    confirm: t('Download here'),
  });
  if (folder === null) return;
  if ((await startTransfer({ kind: 'download', datasetId, folder, files: false })) !== null) openPanel('transfers', {});
}
