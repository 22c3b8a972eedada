import type { Table } from 'dexie';

/** One remembered piece of view state. `version` is the shape's: a piece of another version is not used. */
export interface ViewStateRow {
  readonly key: string;
  readonly version: number;
  readonly value: unknown;
}

/** What the page may forget without harm: layouts, open nodes, the last range of a view. Never the truth. */
let opened: Promise<Table<ViewStateRow, string>> | undefined;

/** Dexie is fetched beside the first drawing, which does not wait for it. */
function viewStates(): Promise<Table<ViewStateRow, string>> {
  opened ??= openViewStates();
  return opened;
}

async function openViewStates(): Promise<Table<ViewStateRow, string>> {
  const { default: Dexie } = await import('dexie');
  const database = new Dexie('ndi-desktop-views');
  database.version(1).stores({ viewState: 'key' });
  return database.table('viewState');
}

/** What is on its way to the storage, by key. */
const underWay = new Map<string, { readonly row: ViewStateRow; readonly done: Promise<void> }>();

/** What was kept under `key` in the given version of its shape; undefined when nothing was, or storage is refused. */
export async function loadViewState(key: string, version: number): Promise<unknown> {
  try {
    const row = underWay.get(key)?.row ?? (await (await viewStates()).get(key));
    return valueOf(row, version);
  } catch {
    // Private windows may refuse storage: the page then starts with its defaults.
    return undefined;
  }
}

/** Keeps `value` (plain JSON) under `key`. Losing it is no failure, so a refusing storage is not reported. */
export async function saveViewState(key: string, version: number, value: unknown): Promise<void> {
  const row = { key, version, value };
  const own = { row, done: put(row) };
  underWay.set(key, own);
  await own.done;
  if (underWay.get(key) === own) underWay.delete(key);
}

/** What is not surely stored yet: told to another window by one that is about to go. */
export function rowsUnderWay(): ViewStateRow[] {
  return [...underWay.values()].map(({ row }) => row);
}

/** Resolves when everything that was to be kept so far is stored: another window then reads it. */
export async function viewStatesStored(): Promise<void> {
  await Promise.all([...underWay.values()].map(({ done }) => done));
}

/**
 * Changes what is kept under a key, in one step: of windows that do so at a time none takes the other's change away.
 * Gives what is kept then; undefined where storage is refused.
 */
export async function changeViewState<T>(
  key: string,
  version: number,
  change: (kept: unknown) => T,
): Promise<{ readonly value: T } | undefined> {
  try {
    const table = await viewStates();
    const value = await table.db.transaction('rw', table, async () => {
      const changed = change(valueOf(await table.get(key), version));
      await table.put({ key, version, value: changed });
      return changed;
    });
    tellOthers(key);
    return { value };
  } catch {
    return undefined;
  }
}

export async function forgetViewState(key: string): Promise<void> {
  try {
    await (await viewStates()).delete(key);
  } catch {
    // As above.
  }
}

/** Calls `listener` when another window has changed what is kept under a key; returns the way to stop. */
export function onOtherWindow(key: string, listener: () => void): () => void {
  const hear = ({ data }: MessageEvent<unknown>) => {
    if (data === key) listener();
  };
  const channel = otherWindows();
  channel.addEventListener('message', hear);
  return () => channel.removeEventListener('message', hear);
}

async function put(row: ViewStateRow): Promise<void> {
  try {
    await (await viewStates()).put(row);
    tellOthers(row.key);
  } catch {
    // As above.
  }
}

let channel: BroadcastChannel | undefined;

function otherWindows(): BroadcastChannel {
  channel ??= new BroadcastChannel('ndi-desktop-views');
  return channel;
}

/** A channel does not hear itself: only other windows do. */
function tellOthers(key: string): void {
  otherWindows().postMessage(key);
}

function valueOf(row: ViewStateRow | undefined, version: number): unknown {
  return row?.version === version ? row.value : undefined;
}
