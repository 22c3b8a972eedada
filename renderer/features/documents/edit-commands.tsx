import { Button } from '@mantine/core';
import { IconCopy, IconPencil, IconPlus, IconTable, IconTrash } from '@tabler/icons-react';
import { CommandButton } from '../../components/command-button.tsx';
import { modals } from '../../components/modals.ts';
import { client } from '../../state/client.ts';
import { useCommand } from '../../state/commands.ts';
import { undoAction } from '../../state/edits.ts';
import { showError, showMessage } from '../../state/messages.ts';
import { openPanel } from '../../state/panels.ts';
import type { Place } from '../../state/place.ts';
import { plural, t } from '../../texts/translate.ts';

/** Binds what can be done to documents where the browser stands: new ones of its class, the document that it shows. */
export function useEditCommands(place: Place, className: string | undefined, documentId: string | undefined): void {
  const chosen = { enabled: documentId !== undefined, reason: t('Choose a document first') };
  useCommand('document.new', () =>
    openPanel('record', { ...place, ...(className === undefined ? {} : { class: className }) }),
  );
  useCommand('document.grid', () =>
    openPanel('grid', { ...place, ...(className === undefined ? {} : { class: className }) }),
  );
  useCommand(
    'document.edit',
    () => documentId !== undefined && openPanel('record', { ...place, id: documentId }),
    chosen,
  );
  useCommand(
    'document.duplicate',
    () => documentId !== undefined && openPanel('record', { ...place, like: documentId }),
    chosen,
  );
  useCommand('document.remove', () => void (documentId !== undefined && askAndRemove(place, documentId)), chosen);
}

/** Makes documents. */
export function NewButtons() {
  return (
    <>
      <CommandButton command="document.new" icon={<IconPlus size={16} aria-hidden />} label={t('New')} />
      <CommandButton command="document.grid" icon={<IconTable size={16} aria-hidden />} label={t('Table')} />
    </>
  );
}

/** Changes the document that is shown. */
export function EditButtons() {
  return (
    <>
      <CommandButton command="document.edit" icon={<IconPencil size={16} aria-hidden />} label={t('Edit')} />
      <CommandButton command="document.duplicate" icon={<IconCopy size={16} aria-hidden />} />
      <CommandButton command="document.remove" icon={<IconTrash size={16} aria-hidden />} />
    </>
  );
}

/** Says how many documents go with it before anything is removed; it can be undone. */
async function askAndRemove(place: Place, id: string): Promise<void> {
  try {
    const { summary } = await client.documents.get({ path: place.path, id });
    const [named] = await client.documents.names({ path: place.path, ids: [id] });
    const name = `${summary.class} ${named?.name || id}`;
    const { dependents } = await client.edits.removal({ ...place, ids: [id] });
    const modal = modals.open({
      title: t('Remove {{name}}?', { name }),
      closeButtonProps: { 'aria-label': t('Close') },
      children: (
        <Question
          dependents={dependents.length}
          onCancel={() => modals.close(modal)}
          onRemove={() => {
            modals.close(modal);
            void remove(place, id, name, dependents.length > 0);
          }}
        />
      ),
    });
  } catch (thrown) {
    showError(thrown);
  }
}

interface QuestionProps {
  readonly dependents: number;
  readonly onCancel: () => void;
  readonly onRemove: () => void;
}

function Question({ dependents, onCancel, onRemove }: QuestionProps) {
  return (
    <>
      <p>
        {dependents === 0
          ? t('No other document depends on it. You can undo this.')
          : plural(
              dependents,
              '{{count}} document depends on it and goes with it. You can undo this.',
              '{{count}} documents depend on it and go with it. You can undo this.',
            )}
      </p>
      <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
        <Button variant="default" data-autofocus onClick={onCancel}>
          {t('Keep it')}
        </Button>
        <Button color="red" onClick={onRemove}>
          {plural(dependents + 1, 'Remove it', 'Remove {{count}} documents')}
        </Button>
      </div>
    </>
  );
}

async function remove(place: Place, id: string, name: string, cascade: boolean): Promise<void> {
  try {
    const { ids } = await client.edits.remove({ ...place, ids: [id], cascade });
    showMessage({
      tone: 'success',
      title: plural(ids.length, 'Removed {{name}}.', 'Removed {{name}} and what depends on it.', { name }),
      actions: [undoAction(place.path)],
    });
  } catch (thrown) {
    // What depends on it may be more by then: the question is put again.
    showError(thrown, [], () => void askAndRemove(place, id));
  }
}
