import { type KeyboardEvent, useRef } from 'react';
import { changeNote, removeBookmark, type Bookmark, type BookmarkHome } from '../../state/bookmarks.ts';
import { t } from '../../texts/translate.ts';
import { openContextMenu } from '../context-menu.tsx';
import classes from './flag.module.css';
import { askForNote } from './note-dialog.tsx';

interface FlagProps {
  readonly home: BookmarkHome;
  readonly bookmark: Bookmark;
  /** Its time as the view writes times. */
  readonly time: string;
  /** CSS pixels from the left of the picture, and how far down its line reaches. */
  readonly left: number;
  readonly height: number;
  readonly onGo: () => void;
}

/** A bookmark on a picture: a click goes there; its menu, F2 and Delete change its note and take it away. */
export function Flag({ home, bookmark, time, left, height, onGo }: FlagProps) {
  const button = useRef<HTMLButtonElement>(null);
  const edit = () =>
    askForNote({
      title: t('Bookmark at {{time}}', { time }),
      note: bookmark.note,
      onSet: (note) => void changeNote(home, bookmark.id, note),
    });
  const remove = () => void removeBookmark(home, bookmark);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'F2') edit();
    else if (event.key === 'Delete' || event.key === 'Backspace') remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const label = t('Bookmark at {{time}}: {{note}}', { time, note: bookmark.note });
  return (
    <span className={classes.flag} style={{ left, height }}>
      <button
        ref={button}
        type="button"
        className={classes.note}
        data-own-gestures
        aria-label={label}
        title={`${label}\n${t('A click goes there; the context menu, F2 and Delete change its note and remove it.')}`}
        onClick={onGo}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => {
          event.preventDefault();
          const box = button.current?.getBoundingClientRect();
          openContextMenu({ x: box?.left ?? event.clientX, y: box?.bottom ?? event.clientY }, label, [
            [
              { label: t('Go there'), run: onGo },
              { label: t('Change the note…'), run: edit },
            ],
            [{ label: t('Remove the bookmark'), run: remove }],
          ]);
        }}
      >
        <span translate="no">{bookmark.note}</span>
      </button>
    </span>
  );
}
