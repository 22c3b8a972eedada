import { client } from '../../state/client.ts';
import { linkSession } from '../../state/link-session.ts';
import { showMessage } from '../../state/messages.ts';
import { openPanel } from '../../state/panels.ts';
import { basename, dirname } from '../../state/paths.ts';
import { t } from '../../texts/translate.ts';
import type { DropHome } from './drop-home.ts';

/**
 * Adds what was dropped on the line of a session or dataset: recordings come to the session, or become a session that
 * the dataset links; a session is linked to the dataset. All but a link is shown before anything is written.
 */
export async function addTo(into: DropHome, paths: readonly string[]): Promise<void> {
  const recordings: string[] = [];
  for (const path of paths) {
    const info = await client.items.info({ path });
    if (info.kind === 'session' && into.kind === 'dataset') await linkSession(into.path, path);
    else if (info.kind === 'session' || info.kind === 'dataset') showMessage({ title: refusal(into, path) });
    // A recording that is a folder is found in it.
    else if (info.kind === 'recording' && info.files.includes(info.path)) recordings.push(info.path);
    else openPanel('import', { folder: info.path, into });
  }
  for (const [folder, only] of Map.groupBy(recordings, dirname)) openPanel('import', { folder, into, only });
}

function refusal({ kind, name }: DropHome, path: string): string {
  const item = basename(path);
  return kind === 'session'
    ? t('{{item}} is a session or dataset itself: it cannot be added to the session {{name}}', { item, name })
    : t('{{item}} is a dataset itself: it cannot be added to the dataset {{name}}', { item, name });
}
