import { t } from '../texts/translate.ts';
import { client } from './client.ts';
import { closeItem } from './items.ts';
import { showError, showMessage } from './messages.ts';
import { openPanel } from './panels.ts';
import { refreshRecents } from './recents.ts';

/**
 * Takes the making of a session back and shows its folder as an import again; refused by the services where anything of
 * it was changed since.
 * @param folder of the recordings; that of the session, where nobody knows better
 */
export async function takeCreationBack(path: string, folder = path): Promise<void> {
  try {
    await client.imports.undoCreate({ path });
    closeItem(path);
    void refreshRecents();
    showMessage({ title: t('The session was taken back; the recordings are as they were') });
    openPanel('import', { folder });
  } catch (thrown) {
    showError(thrown);
  }
}
