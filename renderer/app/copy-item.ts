import { choosePath } from '../components/path-dialog/choose-path.ts';
import { isBrokenRules } from '../state/broken-rules.ts';
import { client } from '../state/client.ts';
import { openPath } from '../state/items.ts';
import { showError, showMessage } from '../state/messages.ts';
import { plural, t } from '../texts/translate.ts';

/** Copies a session or dataset to a place that is asked for; where rules of NDI forbid it, offers to copy unchecked. */
export async function copyItem(path: string): Promise<void> {
  const to = await choosePath({
    kind: 'folder',
    title: t('Copy to an empty folder, or into another session or dataset'),
    confirm: t('Copy here'),
  });
  if (to !== null) await copyTo({ path, to });
}

async function copyTo(request: { path: string; to: string; unchecked?: boolean }): Promise<void> {
  try {
    const { path, documents, problems } = await client.copies.copy(request);
    const broken = plural(
      problems.length,
      '{{count}} rule of NDI is broken; “Check” names it.',
      '{{count}} rules of NDI are broken; “Check” names them.',
    );
    showMessage({
      tone: 'success',
      title: plural(documents, '{{count}} document was copied', '{{count}} documents were copied'),
      text: problems.length === 0 ? path : broken,
      actions: [{ label: t('Open'), run: () => void openPath(path) }],
    });
  } catch (thrown) {
    const again = { label: t('Copy unchecked'), run: () => void copyTo({ ...request, unchecked: true }) };
    showError(thrown, isBrokenRules(thrown) ? [again] : []);
  }
}
