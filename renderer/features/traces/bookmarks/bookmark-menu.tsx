import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useCommand } from '../../../state/commands.ts';
import { shortcutLabel } from '../../../state/shortcuts.ts';
import { t } from '../../../texts/translate.ts';
import { formatTime } from '../model/time-axis.ts';
import { rangeOf, type TraceStore } from '../trace-store.ts';
import { useCalmly } from '../use-calmly.ts';
import { BookmarkDialog } from './bookmark-dialog.tsx';
import { bookmarkTime, goToBookmark, removeBookmark } from './bookmarks.ts';

/** The bookmarks of this source: set one, go to one, take one away. */
export function BookmarkMenu({ store }: { readonly store: TraceStore }) {
  const bookmarks = useStore(store, (state) => state.settings.bookmarks);
  const range = useCalmly(store, rangeOf);
  const width = useStore(store, (state) => state.width);
  const [editing, setEditing] = useState<number | null>(null);
  useCommand('traces.bookmark', () => setEditing(bookmarkTime(store)));
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Tooltip label={t('Bookmarks')}>
            <ActionIcon aria-label={t('Bookmarks')}>
              <IconBookmark size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
          <Menu.Item rightSection={shortcutLabel('b')} onClick={() => setEditing(bookmarkTime(store))}>
            {t('Set a bookmark…')}
          </Menu.Item>
          {bookmarks.length > 0 && <Menu.Divider />}
          {bookmarks.map((bookmark) => (
            <Menu.Item
              key={bookmark.time}
              onClick={() => goToBookmark(store, bookmark)}
              rightSection={
                <ActionIcon
                  component="span"
                  size={20}
                  role="button"
                  aria-label={t('Remove the bookmark “{{note}}”', { note: bookmark.note })}
                  onClick={(event) => {
                    event.stopPropagation();
                    removeBookmark(store, bookmark.time);
                  }}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              }
            >
              <span translate="no">{`${formatTime(bookmark.time, range, width)}  ${bookmark.note}`}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {editing !== null && <BookmarkDialog store={store} time={editing} onClose={() => setEditing(null)} />}
    </>
  );
}
