import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { askForNote } from '../../../components/bookmarks/note-dialog.tsx';
import { bookmarksOn, putBookmarks, removeBookmark, useBookmarks } from '../../../state/bookmarks.ts';
import { useCommand } from '../../../state/commands.ts';
import { shortcutLabel } from '../../../state/shortcuts.ts';
import { t } from '../../../texts/translate.ts';
import { formatTime } from '../model/time-axis.ts';
import { rangeOf, type TraceStore } from '../trace-store.ts';
import { useCalmly } from '../use-calmly.ts';
import { bookmarkTime, goToBookmark } from './bookmarks.ts';

/** The bookmarks of this source: set one, go to one, take one away. */
export function BookmarkMenu({ store }: { readonly store: TraceStore }) {
  const source = useStore(store, (state) => state.source);
  const bookmarks = bookmarksOn(useBookmarks(source), source);
  const range = useCalmly(store, rangeOf);
  const width = useStore(store, (state) => state.width);
  const set = () => {
    const time = bookmarkTime(store);
    askForNote({
      title: t('Bookmark at {{time}}', { time: formatTime(time, range, width) }),
      note: bookmarks.find((bookmark) => bookmark.time === time)?.note ?? '',
      onSet: (note) => void putBookmarks(source, [{ time, note }]),
    });
  };
  useCommand('traces.bookmark', set);
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Tooltip label={t('Bookmarks')}>
          <ActionIcon aria-label={t('Bookmarks')}>
            <IconBookmark size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
        <Menu.Item rightSection={shortcutLabel('b')} onClick={set}>
          {t('Set a bookmark…')}
        </Menu.Item>
        {bookmarks.length > 0 && <Menu.Divider />}
        {bookmarks.map((bookmark) => (
          <Menu.Item
            key={bookmark.id}
            onClick={() => goToBookmark(store, bookmark)}
            rightSection={
              <ActionIcon
                component="span"
                size={20}
                role="button"
                aria-label={t('Remove the bookmark “{{note}}”', { note: bookmark.note })}
                onClick={(event) => {
                  event.stopPropagation();
                  void removeBookmark(source, bookmark);
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
  );
}
