import { client } from '../../state/client.ts';
import { showMessage } from '../../state/messages.ts';
import { openPanel } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';

/** Looks for a document in the sessions and datasets that were opened lately, and says where it is. */
export async function findDocumentElsewhere(path: string, id: string): Promise<void> {
  const recents = await client.recents.list();
  const places = recents.filter((one) => !one.missing && (one.kind === 'session' || one.kind === 'dataset'));
  for (const place of places) {
    if (place.path === path || !(await holds(place.path, id))) continue;
    showMessage({
      tone: 'success',
      title: t('The missing document is in “{{name}}”', { name: place.reference }),
      text: t('Copy it from there with “ndi copy”, or look at it first.'),
      actions: [{ label: t('Show it'), run: () => openPanel('documents', { path: place.path, documentId: id }) }],
    });
    return;
  }
  showMessage({
    title: t('The missing document is in none of the sessions that were opened lately.'),
    text: t('Open the session from which the data came, then try again; or restore a backup.'),
  });
}

/** A place that cannot be looked into is passed over: another may have the document. */
async function holds(path: string, id: string): Promise<boolean> {
  try {
    return (await client.documents.list({ path, id, limit: 1 })).total > 0;
  } catch {
    return false;
  }
}
