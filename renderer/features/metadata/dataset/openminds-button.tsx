import { Button, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../../state/client.ts';
import { undoAction } from '../../../state/edits.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import { plural, t } from '../../../texts/translate.ts';

/** Writes the description as openMINDS documents, which other programs read and the cloud shows. */
export function OpenMindsButton({ path, disabled }: { readonly path: string; readonly disabled: boolean }) {
  const [busy, setBusy] = useState(false);
  const write = async () => {
    setBusy(true);
    try {
      const { ids } = await client.metadata.writeOpenMinds({ path });
      showMessage({
        tone: 'success',
        title: t('The description is kept as openMINDS documents.'),
        text: plural(
          ids.length,
          '{{count}} document was written or replaced.',
          '{{count}} documents were written or replaced.',
        ),
        actions: [undoAction(path)],
      });
    } catch (thrown) {
      showError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Tooltip label={t('Dataset, authors, funding and subjects as openMINDS documents, in place of earlier ones')}>
      <Button variant="default" loading={busy} disabled={disabled} onClick={() => void write()}>
        {t('Write openMINDS documents')}
      </Button>
    </Tooltip>
  );
}
