import { useEffect } from 'react';
import { create } from 'zustand';
import { z } from 'zod';
import type { SignalSource } from '../../shared/contract/recordings.ts';
import { t } from '../texts/translate.ts';
import { changeViewState, loadViewState, onOtherWindow } from './cache/database.ts';
import { itemKey } from './items.ts';
import { showMessage } from './messages.ts';
import { clockKey } from './source-key.ts';

const bookmarkSchema = z.object({
  id: z.string(),
  /** Whose clock it is: an epoch of a DAQ system, or of an element that holds it itself; neither for a recording. */
  device: z.string().optional(),
  element: z.string().optional(),
  epoch: z.string().optional(),
  /** Seconds on the clock of those signals. */
  time: z.number(),
  note: z.string(),
});
/** A moment that a person marked, with a note. */
export type Bookmark = z.infer<typeof bookmarkSchema>;

/** The session or recording that a bookmark belongs to. */
export type BookmarkHome = Pick<SignalSource, 'path' | 'sessionId'>;

const VERSION = 1;
const none: readonly Bookmark[] = [];

/** The bookmarks of a session or recording, by {@link itemKey}: every view shows these and no list of its own. */
const useAll = create<{ readonly byPlace: Readonly<Record<string, readonly Bookmark[]>> }>()(() => ({ byPlace: {} }));

/** All of a session or recording, in order of time within each clock. */
export function useBookmarks({ path, sessionId }: BookmarkHome): readonly Bookmark[] {
  const key = itemKey(path, sessionId);
  const known = useAll((state) => state.byPlace[key]);
  useEffect(() => {
    if (known === undefined) void readList(key);
  }, [known, key]);
  useEffect(() => onOtherWindow(storageKey(key), () => void readList(key)), [key]);
  return known ?? none;
}

/** Those on the clock of the source. */
export function bookmarksOn(list: readonly Bookmark[], source: SignalSource): readonly Bookmark[] {
  const own = clockKey(source);
  return list.filter((bookmark) => clockKey({ ...bookmark, path: source.path, sessionId: source.sessionId }) === own);
}

/** Puts bookmarks on the clock of a source; one at the same time is replaced. */
export async function putBookmarks(
  source: SignalSource,
  marks: readonly { readonly time: number; readonly note: string }[],
): Promise<void> {
  const { path, sessionId, device, epoch, element } = source;
  const clock = {
    ...(device === undefined ? {} : { device }),
    // What a device recorded is on one clock, whichever element it is seen through.
    ...(device !== undefined || element === undefined ? {} : { element }),
    ...(epoch === undefined ? {} : { epoch }),
  };
  await changeList(itemKey(path, sessionId), (list) => {
    const replaced = new Set(bookmarksOn(list, source).filter(({ time }) => marks.some((mark) => mark.time === time)));
    const put = marks.map((mark) => ({ ...clock, ...mark, id: crypto.randomUUID() }));
    return [...list.filter((one) => !replaced.has(one)), ...put];
  });
}

export async function changeNote(home: BookmarkHome, id: string, note: string): Promise<void> {
  await changeList(itemKey(home.path, home.sessionId), (list) =>
    list.map((bookmark) => (bookmark.id === id ? { ...bookmark, note } : bookmark)),
  );
}

/** Takes a bookmark away and offers to put it back. */
export async function removeBookmark(home: BookmarkHome, removed: Bookmark): Promise<void> {
  const key = itemKey(home.path, home.sessionId);
  await changeList(key, (list) => list.filter(({ id }) => id !== removed.id));
  showMessage({
    title: t('Bookmark removed: {{note}}', { note: removed.note === '' ? t('without a note') : removed.note }),
    actions: [{ label: t('Undo'), run: () => void changeList(key, (list) => [...list, removed]) }],
  });
}

let last: Promise<void> = Promise.resolve();

const storageKey = (key: string) => `bookmarks:${key}`;

// Where storage is refused, what is in memory is all there is.
const inMemory = (key: string) => useAll.getState().byPlace[key] ?? none;

function readList(key: string): Promise<void> {
  return afterTheOthers(key, async () => soundList(await loadViewState(storageKey(key), VERSION)) ?? inMemory(key));
}

/** Changes what is kept: another window may have changed it, too. */
function changeList(key: string, change: (list: readonly Bookmark[]) => readonly Bookmark[]): Promise<void> {
  const changed = (list: readonly Bookmark[]) => [...change(list)].sort((a, b) => a.time - b.time);
  return afterTheOthers(key, async () => {
    const kept = await changeViewState(storageKey(key), VERSION, (value) => changed(soundList(value) ?? none));
    return kept === undefined ? changed(inMemory(key)) : kept.value;
  });
}

function afterTheOthers(key: string, find: () => Promise<readonly Bookmark[]>): Promise<void> {
  const done = last.then(async () => {
    const list = await find();
    useAll.setState(({ byPlace }) => ({ byPlace: { ...byPlace, [key]: list } }));
  });
  last = done.catch(() => undefined);
  return done;
}

function soundList(kept: unknown): readonly Bookmark[] | undefined {
  return z.array(bookmarkSchema).safeParse(kept).data;
}
