import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../texts/translate.ts';
import { formatTime } from '../model/time-axis.ts';
import type { TraceStore } from '../trace-store.ts';
import { putBookmark } from './bookmarks.ts';

interface BookmarkDialogProps {
  readonly store: TraceStore;
  /** Seconds on the source's clock. */
  readonly time: number;
  readonly onClose: () => void;
}

/** Asks for the note of a bookmark; Enter sets it. */
export function BookmarkDialog({ store, time, onClose }: BookmarkDialogProps) {
  const { range, width, settings } = store.getState();
  const [note, setNote] = useState(settings.bookmarks.find((bookmark) => bookmark.time === time)?.note ?? '');
  const set = () => {
    putBookmark(store, { time, note: note.trim() });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('Bookmark at {{time}}', { time: formatTime(time, range, width) })}
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          set();
        }}
      >
        <TextInput
          data-autofocus
          label={t('Note')}
          value={note}
          maxLength={200}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit">{t('Set')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
