import { IconFile, IconFolder } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useVirtualRows } from '../table/use-virtual-rows.ts';
import { t } from '../../texts/translate.ts';
import { listStep } from '../list-keys.ts';
import { LoadingState } from '../loading-state.tsx';
import classes from './path-dialog.module.css';
import type { FolderListing } from './use-folder.ts';

type Entry = FolderListing['entries'][number];

interface EntryListProps {
  readonly listing: FolderListing | null;
  readonly loading: boolean;
  readonly kind: 'folder' | 'file';
  readonly onSelect: (entry: Entry) => void;
  readonly onOpen: (entry: Entry) => void;
  readonly onUp: () => void;
}

const ROW_HEIGHT = 26;

/** The entries of a folder: arrows select, Enter or double-click opens, Backspace goes up, letters jump. */
export function EntryList({ listing, loading, kind, onSelect, onOpen, onUp }: EntryListProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState(-1);
  const [shownPath, setShownPath] = useState(listing?.path);
  // Another folder starts without a selection; the list itself stays, and the focus in it.
  if (shownPath !== listing?.path) {
    setShownPath(listing?.path);
    setSelected(-1);
  }
  const entries = listing?.entries ?? [];
  const rows = useVirtualRows({ count: entries.length, scroller: scroll, rowHeight: ROW_HEIGHT });
  const select = (index: number) => {
    const entry = entries[index];
    if (entry === undefined) return;
    setSelected(index);
    rows.scrollToIndex(index);
    onSelect(entry);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const entry = entries[selected];
    if (event.key === 'Enter' && entry !== undefined && (entry.folder || kind === 'file')) onOpen(entry);
    else if (event.key === 'Backspace' || (event.key === 'ArrowLeft' && !event.altKey)) onUp();
    else if (event.key === 'ArrowRight' && entry?.folder === true) onOpen(entry);
    else {
      const next = nextIndex(event, selected, entries);
      if (next === undefined) return;
      select(next);
    }
    event.preventDefault();
  };

  return (
    <div
      ref={scroll}
      className={classes.entries}
      // A list box may not be empty; the words or the skeleton in its place are a group.
      role={entries.length === 0 ? 'group' : 'listbox'}
      tabIndex={0}
      data-autofocus
      aria-label={kind === 'folder' ? t('Folders') : t('Folders and files')}
      aria-busy={loading}
      aria-activedescendant={selected >= 0 ? `entry-${selected}` : undefined}
      onKeyDown={onKeyDown}
    >
      {listing === null && loading && <LoadingState />}
      {listing !== null && entries.length === 0 && (
        <p className={classes.nothing}>{kind === 'folder' ? t('No folders in here') : t('Nothing in here')}</p>
      )}
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="none">
        {rows.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index];
          if (entry === undefined) return null;
          const Icon = entry.folder ? IconFolder : IconFile;
          return (
            <div
              key={entry.path}
              id={`entry-${index}`}
              role="option"
              aria-selected={index === selected}
              className={classes.entry}
              style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
              onClick={() => select(index)}
              onDoubleClick={() => onOpen(entry)}
            >
              <Icon size={16} aria-hidden />
              <span translate="no">{entry.name}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Where a key leads in the list; undefined for keys that mean nothing to it, and for shortcuts. */
export function nextIndex(
  event: Pick<globalThis.KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  at: number,
  entries: readonly { readonly name: string }[],
): number | undefined {
  const isShortcut = event.key.length === 1 && (event.ctrlKey || event.metaKey || event.altKey);
  if (isShortcut) return undefined;
  return listStep(event.key, at, entries, ({ name }) => name);
}
