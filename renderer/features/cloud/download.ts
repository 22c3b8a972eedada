import type { RemoteDataset } from '../../../shared/contract/cloud.ts';
import { choosePath } from '../../components/path-dialog/choose-path.ts';
import { openPanel } from '../../state/panels.ts';
import { startTransfer } from '../../state/transfers.ts';
import { t } from '../../texts/translate.ts';

/**
 * Downloads a dataset as a transfer that can be paused and resumed.
 * @param files with the bytes of all files; else they stay in the cloud until they are needed
 */
export async function downloadDataset({ id }: RemoteDataset, files: boolean): Promise<void> {
  const folder = await choosePath({
    kind: 'folder',
    title: t('Download into a folder; the dataset gets a folder of its own in it'),
    confirm: t('Download here'),
  });
  if (folder === null) return;
  if ((await startTransfer({ kind: 'download', datasetId: id, folder, files })) !== null) openPanel('transfers', {});
}
