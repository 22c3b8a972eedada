import { useEffect } from 'react';
import { create } from 'zustand';
import type { ItemInfo } from '../../shared/contract/sessions.ts';
import { toNdiError } from '../../shared/contract/client-errors.ts';
import type { NdiError } from '../../shared/model/errors.ts';
import { isAppLink, parseQueryLink, type QueryLink } from '../../shared/model/query-link.ts';
import { t } from '../texts/translate.ts';
import { client } from './client.ts';
import { forgetOpened, rememberOpened } from './opened.ts';
import { showError, type MessageAction } from './messages.ts';
import { closePanel, openPanel, panelPath, usePanels } from './panels.ts';
import { refreshRecents } from './recents.ts';
import { askForTables, isTableName } from './table-requests.ts';
import { hearWindows, tellWindows } from './window-channel.ts';

/** What a path holds, as far as it is known. */
export type ItemState = { readonly reload: () => void } & (
  | { readonly status: 'loading'; readonly info?: undefined; readonly error?: undefined }
  | { readonly status: 'ready'; readonly info: ItemInfo; readonly reading?: boolean; readonly error?: undefined }
  | { readonly status: 'failed'; readonly info?: undefined; readonly error: NdiError }
);

/** One answer about a path. */
export type ItemEntry =
  | { readonly status: 'loading' }
  /** `reading`: it is being read again, and what was known stays in sight. */
  | { readonly status: 'ready'; readonly info: ItemInfo; readonly reading?: boolean }
  | { readonly status: 'failed'; readonly error: NdiError };

/** Sessions that are offered for a table. */
const MOST_OFFERED = 3;

/** Answers by path and session; kept until the item is read again or closed. */
const useEntries = create<{ readonly entries: Readonly<Record<string, ItemEntry>> }>()(() => ({ entries: {} }));

/** What `path` is and holds; of a dataset, one of its sessions where `sessionId` says so. Read once, then cached. */
export function useItem(path: string, sessionId?: string): ItemState {
  const key = itemKey(path, sessionId);
  const entry = useEntries((state) => state.entries[key]);
  useEffect(() => {
    if (entry === undefined) void load(path, sessionId);
  }, [entry, path, sessionId]);
  const reload = () => void load(path, sessionId);
  return { ...(entry ?? { status: 'loading' }), reload };
}

/** Everything that was read so far, by {@link itemKey}: for a tree that shows many items at once. */
export function useItems(): Readonly<Record<string, ItemEntry>> {
  return useEntries((state) => state.entries);
}

/** Reads an item unless that was done already. */
export function ensureItem(path: string, sessionId?: string): void {
  if (useEntries.getState().entries[itemKey(path, sessionId)] === undefined) void load(path, sessionId);
}

/** Reads an item again from disk, with all of its sessions that were looked at, in all windows. */
export function reloadItem(path: string): void {
  reloadHere(path);
  tellWindows({ type: 'item', does: 'reload', path });
}

/** Does here what is done with items in other windows; returns the way to stop. */
export function followItems(): () => void {
  return hearWindows((message) => {
    if (message.type !== 'item') return;
    if (message.does === 'close') closeHere(message.path);
    else if (useEntries.getState().entries[itemKey(message.path)] !== undefined) reloadHere(message.path);
  });
}

function reloadHere(path: string): void {
  const own = itemKey(path);
  const sessions = Object.keys(useEntries.getState().entries).flatMap((key) =>
    key.startsWith(own) && key !== own ? [key.slice(own.length)] : [],
  );
  void load(path);
  for (const sessionId of sessions) void load(path, sessionId);
}

/** Reads an item anew while what is known of it stays in sight: after a change, not at a person's wish. */
export function refreshItem(path: string): void {
  for (const [key, before] of Object.entries(useEntries.getState().entries)) {
    if (before.status !== 'ready' || !key.startsWith(itemKey(path))) continue;
    const sessionId = key.slice(itemKey(path).length);
    void client.items.info(sessionId === '' ? { path } : { path, sessionId }).then(
      (info) => {
        if (useEntries.getState().entries[key] === before) put(key, { status: 'ready', info });
      },
      // The views of the item say so themselves; what was known stays until it is read again.
      () => undefined,
    );
  }
}

/** Puts an answer in the cache that came on another road (a session that was just made). */
export function keepItem(info: ItemInfo): void {
  put(itemKey(info.path), { status: 'ready', info });
}

/**
 * The whole road of opening anything: finds out what the path is, remembers it, and shows it. A session or dataset
 * opens its page, a recording its traces, any other folder the import; a link that somebody shared opens its list of
 * documents. Failures are told; true when it opened.
 */
export async function openPath(path: string): Promise<boolean> {
  try {
    if (isAppLink(path)) return await openLink(parseQueryLink(path));
    if (/\.(tiff?|png)$/i.test(path)) {
      openPanel('image', { source: { path } });
      return true;
    }
    const info = await client.items.open({ path });
    keepItem(info);
    show(info);
    void refreshRecents();
    return true;
  } catch (thrown) {
    const error = showError(thrown, recoveryActions(thrown, path), () => void openPath(path));
    if (error.code === 'path.missing') void refreshRecents();
    return false;
  }
}

async function openLink({ path, sessionId, class: className, text, query }: QueryLink): Promise<boolean> {
  const info = await client.items.open({ path });
  keepItem(info);
  if (info.kind === 'recording' || info.kind === 'folder') show(info);
  else {
    rememberOpened(info.path);
    openPanel('documents', {
      ...{ path: info.path, query },
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(className === undefined ? {} : { class: className }),
      ...(text === undefined ? {} : { text }),
    });
  }
  void refreshRecents();
  return true;
}

/** Takes an item off the tree and closes its panels, in all windows. Nothing on disk changes. */
export function closeItem(path: string): void {
  forgetOpened(path);
  closeHere(path);
  tellWindows({ type: 'item', does: 'close', path });
}

function closeHere(path: string): void {
  for (const panel of usePanels.getState().panels) if (panelPath(panel) === path) closePanel(panel.id);
  forget(path);
}

function show(info: ItemInfo): void {
  switch (info.kind) {
    case 'session':
    case 'dataset':
      rememberOpened(info.path);
      openPanel('session', { path: info.path });
      break;
    case 'recording':
      rememberOpened(info.path);
      openPanel('traces', { source: { path: info.path } });
      break;
    case 'folder':
      openPanel('import', { folder: info.path });
      break;
  }
}

function recoveryActions(thrown: unknown, path: string): MessageAction[] {
  const { code } = toNdiError(thrown);
  if (isTableName(path) && code.startsWith('format.')) return openSessions().map((one) => tableAction(one, path));
  return [];
}

/** Sessions that are open in panels, the focused one first: a table opens as trials of one of them. */
function openSessions(): { readonly path: string; readonly name: string }[] {
  const { panels, activeId } = usePanels.getState();
  const paths = panels.toSorted((a, b) => Number(b.id === activeId) - Number(a.id === activeId)).map(panelPath);
  const { entries } = useEntries.getState();
  const sessions = [...new Set(paths)].flatMap((path) => {
    const entry = path === undefined ? undefined : entries[itemKey(path)];
    if (entry?.status !== 'ready' || entry.info.kind !== 'session' || entry.info.epochs.length === 0) return [];
    return [{ path: entry.info.path, name: entry.info.reference }];
  });
  return sessions.slice(0, MOST_OFFERED);
}

function tableAction({ path, name }: { readonly path: string; readonly name: string }, file: string): MessageAction {
  return {
    label: t('As trials of {{name}}…', { name }),
    run: () => void openPath(path).then((opened) => opened && askForTables(path, [file])),
  };
}

async function load(path: string, sessionId?: string): Promise<void> {
  const key = itemKey(path, sessionId);
  const before = useEntries.getState().entries[key];
  const loading: ItemEntry = before?.status === 'ready' ? { ...before, reading: true } : { status: 'loading' };
  put(key, loading);
  let entry: ItemEntry;
  try {
    entry = {
      status: 'ready',
      info: await client.items.info(sessionId === undefined ? { path } : { path, sessionId }),
    };
  } catch (thrown) {
    entry = { status: 'failed', error: toNdiError(thrown) };
  }
  // A later reading or a closing of the item wins over this answer.
  if (useEntries.getState().entries[key] === loading) put(key, entry);
}

function put(key: string, entry: ItemEntry): void {
  useEntries.setState(({ entries }) => ({ entries: { ...entries, [key]: entry } }));
}

function forget(path: string): void {
  useEntries.setState(({ entries }) => ({
    entries: Object.fromEntries(Object.entries(entries).filter(([key]) => !key.startsWith(itemKey(path)))),
  }));
}

/** A path cannot hold the character 0, so no two items share a key or its start. */
export function itemKey(path: string, sessionId = ''): string {
  return `${path}\0${sessionId}`;
}
