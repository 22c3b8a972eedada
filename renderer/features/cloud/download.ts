import type { RemoteDataset } from '../../../shared/contract/cloud.ts';
import { choosePath } from '../../components/path-dialog/choose-path.ts';
import { client } from '../../state/client.ts';
import { openPath } from '../../state/items.ts';
import { showError, showMessage } from '../../state/messages.ts';
import { plural, t } from '../../texts/translate.ts';

/**
 * Asks where to, brings a dataset onto this computer and offers to open it.
 * @param files also the bytes of all files; else each is fetched when it is first needed
 */
export async function downloadDataset({ id, name }: RemoteDataset, files: boolean): Promise<void> {
  const title = t('Where to put “{{name}}”', { name });
  const folder = await choosePath({ kind: 'folder', title, confirm: t('Download here') });
  if (folder === null) return;
  try {
    const run = await client.cloudSync.start({ request: { kind: 'download', datasetId: id, folder, files } });
    showMessage({ title: t('Downloading “{{name}}”…', { name }), text: t('It goes on while you work.') });
    const { path, fetched, failed } = await client.cloudSync.finish(run);
    showMessage({
      title: t('“{{name}}” is here', { name }),
      text: [
        plural(fetched, '{{count}} document', '{{count}} documents'),
        ...(failed.length === 0 ? [] : [plural(failed.length, '{{count}} failed', '{{count}} failed')]),
      ].join(', '),
      actions: [{ label: t('Open'), run: () => void openPath(path) }],
    });
  } catch (thrown) {
    showError(thrown);
  }
}
