import { t } from '../texts/translate.ts';
import { client } from './client.ts';
import { keepItem } from './items.ts';
import { showError, showMessage } from './messages.ts';

/** Links a session to a dataset; it stays where it is. A message offers to take it out again. */
export async function linkSession(dataset: string, session: string): Promise<void> {
  try {
    const info = await client.items.info({ path: session });
    const whole = await client.datasets.add({ path: dataset, session });
    keepItem(whole);
    if (info.kind !== 'session') return;
    showMessage({
      tone: 'success',
      title: t('{{session}} is linked to the dataset {{dataset}}', {
        session: info.reference,
        dataset: whole.reference,
      }),
      actions: [{ label: t('Undo'), run: () => void unlink(dataset, info.id) }],
    });
  } catch (thrown) {
    showError(thrown);
  }
}

async function unlink(dataset: string, sessionId: string): Promise<void> {
  try {
    keepItem(await client.datasets.remove({ path: dataset, sessionId }));
  } catch (thrown) {
    showError(thrown);
  }
}
