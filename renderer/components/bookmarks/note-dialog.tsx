import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../texts/translate.ts';
import { ModalForm } from '../modal-form.tsx';
import { modals } from '../modals.ts';

interface NoteRequest {
  readonly title: string;
  readonly note: string;
  readonly onSet: (note: string) => void;
}

/** Asks for the note of a bookmark; Enter sets it. */
export function askForNote({ title, note, onSet }: NoteRequest): void {
  const modal = modals.open({
    title,
    closeButtonProps: { 'aria-label': t('Close') },
    children: <NoteForm note={note} onSet={onSet} onClose={() => modals.close(modal)} />,
  });
}

interface NoteFormProps extends Pick<NoteRequest, 'note' | 'onSet'> {
  readonly onClose: () => void;
}

function NoteForm({ note, onSet, onClose }: NoteFormProps) {
  const [text, setText] = useState(note);
  return (
    <ModalForm
      agree={t('Set')}
      ready
      onSubmit={() => {
        onSet(text.trim());
        onClose();
        return Promise.resolve();
      }}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('Note')}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </ModalForm>
  );
}
