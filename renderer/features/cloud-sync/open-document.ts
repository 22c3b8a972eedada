import { showMessage } from '../../state/messages.ts';
import { openPanel } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';

/** Shows a document of a copy; one that is only in the cloud says so. */
export function openDocument(path: string, documentId: string, isHere: boolean): void {
  if (isHere && documentId !== '') openPanel('documents', { path, documentId });
  else {
    showMessage({
      title: t('This document is only in the cloud.'),
      text: t('It can be opened once it has been fetched.'),
    });
  }
}
