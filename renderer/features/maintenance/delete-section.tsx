import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ItemContent } from '../../../shared/contract/maintenance.ts';
import { ModalForm } from '../../components/modal-form.tsx';
import { modals } from '../../components/modals.ts';
import { client } from '../../state/client.ts';
import { closeItem, openPath } from '../../state/items.ts';
import { showError, showMessage } from '../../state/messages.ts';
import { refreshRecents } from '../../state/recents.ts';
import { formatBytes, plural, t } from '../../texts/translate.ts';
import classes from './maintenance.module.css';

/** Takes NDI's data out of the folder, after saying what goes and what stays. */
export function DeleteSection({ path }: { readonly path: string }) {
  const ask = async () => {
    try {
      const content = await client.maintenance.content({ path });
      const modal = modals.open({
        title: t('Delete NDI’s data of {{name}}?', { name: content.reference }),
        closeButtonProps: { 'aria-label': t('Close') },
        children: <Question path={path} content={content} onClose={() => modals.close(modal)} />,
      });
    } catch (thrown) {
      showError(thrown);
    }
  };
  return (
    <section className={classes.section} aria-label={t('Deletion')}>
      <h2>{t('Deletion')}</h2>
      <p className={classes.quiet}>
        {t('NDI’s documents and stored files can be taken out of the folder. Recordings are never touched.')}
      </p>
      <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => void ask()}>
        {t('Delete NDI’s data…')}
      </Button>
    </section>
  );
}

interface QuestionProps {
  readonly path: string;
  readonly content: ItemContent;
  readonly onClose: () => void;
}

function Question({ path, content, onClose }: QuestionProps) {
  const { reference, documents, files, fileBytes, backups, linked } = content;
  const [typed, setTyped] = useState('');
  const [forGood, setForGood] = useState(false);
  const remove = async () => {
    const { kept } = await client.maintenance.delete({ path, reference: typed.trim(), forGood });
    onClose();
    closeItem(path);
    void refreshRecents();
    const undo = { label: t('Undo'), run: () => void undelete(path) };
    showMessage({
      tone: 'success',
      title: t('NDI’s data of {{name}} were deleted.', { name: reference }),
      text: kept === null ? '' : t('They are kept in {{path}}.', { path: kept }),
      actions: kept === null ? [] : [undo],
    });
  };
  return (
    <ModalForm
      agree={t('Delete')}
      leave={t('Keep it')}
      grave
      ready={typed.trim() === reference}
      onSubmit={remove}
      onClose={onClose}
    >
      <p className={classes.consequence}>
        {t('{{documents}}, {{files}} ({{size}}) and {{backups}} go.', {
          documents: plural(documents, '{{count}} document', '{{count}} documents'),
          files: plural(files, '{{count}} stored file', '{{count}} stored files'),
          size: formatBytes(fileBytes),
          backups: plural(backups, '{{count}} backup', '{{count}} backups'),
        })}{' '}
        {t('The recordings in the folder stay.')}
      </p>
      {linked > 0 && (
        <p className={classes.consequence}>
          {plural(
            linked,
            '{{count}} linked session stays in its own folder.',
            '{{count}} linked sessions stay in their own folders.',
          )}
        </p>
      )}
      <TextInput
        label={t('Write “{{name}}” to agree', { name: reference })}
        value={typed}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Checkbox
        label={t('For good: nothing is kept in the folder, and it cannot be undone')}
        checked={forGood}
        onChange={(event) => setForGood(event.currentTarget.checked)}
      />
    </ModalForm>
  );
}

async function undelete(path: string): Promise<void> {
  try {
    await client.maintenance.undelete({ path });
    await openPath(path);
  } catch (thrown) {
    showError(thrown);
  }
}
