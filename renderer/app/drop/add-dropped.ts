import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { ItemInfo } from '../../../shared/contract/sessions.ts';
import { client } from '../../state/client.ts';
import { openPath } from '../../state/items.ts';
import { linkSession } from '../../state/link-session.ts';
import { showError, showMessage } from '../../state/messages.ts';
import { openPanel, type PanelParams } from '../../state/panels.ts';
import { basename, dirname } from '../../state/paths.ts';
import { askForTables, isTableName } from '../../state/table-requests.ts';
import { t } from '../../texts/translate.ts';
import type { DropHome } from './drop-home.ts';

/**
 * Adds files and folders to a session or dataset: recordings come to the session, or become a session that the dataset
 * links; a session is linked to the dataset; tables of trials are offered with the recordings, or by themselves. All but
 * a link is shown before anything is written.
 */
export async function addTo(into: DropHome, paths: readonly string[]): Promise<void> {
  const imports: PanelParams['import'][] = [];
  const recordings: string[] = [];
  const tables: string[] = [];
  for (const path of paths) {
    const info = await infoOf(path);
    if (info === 'table') tables.push(path);
    else if (info === null) continue;
    else if (info.kind === 'session' && into.kind === 'dataset') await linkSession(into.path, path);
    else if (info.kind === 'session' || info.kind === 'dataset') showMessage({ title: refusal(into, path) });
    // A recording that is a folder is found in it.
    else if (info.kind === 'recording' && info.files.includes(info.path)) recordings.push(info.path);
    else imports.push({ folder: info.path, into });
  }
  for (const [folder, only] of Map.groupBy(recordings, dirname)) imports.push({ folder, into, only });
  const [first, ...others] = imports;
  if (first !== undefined) openPanel('import', tables.length === 0 ? first : { ...first, tables });
  else if (tables.length > 0) await addTables(into, tables);
  for (const other of others) openPanel('import', other);
}

/** What a path holds; null where that cannot be told, and the person was told why. */
async function infoOf(path: string): Promise<ItemInfo | 'table' | null> {
  try {
    return await client.items.info({ path });
  } catch (thrown) {
    if (isTableName(path) && toNdiError(thrown).code.startsWith('format.')) return 'table';
    showError(thrown);
    return null;
  }
}

/** The page of the session asks what their columns tell. */
async function addTables({ path, kind, name }: DropHome, files: readonly string[]): Promise<void> {
  if (kind === 'dataset') {
    showMessage({
      title: t('Trials belong to one session of the dataset {{name}}', { name }),
      text: t('Drop the table on that session.'),
    });
    return;
  }
  const info = await client.items.info({ path });
  if (info.kind === 'session' && info.epochs.length === 0) {
    showMessage({
      title: t('The session {{name}} has no epoch yet, on whose clock the times of a table could be', { name }),
      text: t('Add its recordings first; a table can come with them.'),
    });
  } else if (await openPath(path)) askForTables(path, files);
}

function refusal({ kind, name }: DropHome, path: string): string {
  const item = basename(path);
  return kind === 'session'
    ? t('{{item}} is a session or dataset itself: it cannot be added to the session {{name}}', { item, name })
    : t('{{item}} is a dataset itself: it cannot be added to the dataset {{name}}', { item, name });
}
