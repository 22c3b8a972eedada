import type { Table } from 'dexie';

/** One remembered piece of view state. `version` is the shape's: a piece of another version is not used. */
interface ViewStateRow {
  key: string;
  version: number;
  value: unknown;
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

/** What was kept under `key` in the given version of its shape; undefined when nothing was, or storage is refused. */
export async function loadViewState(key: string, version: number): Promise<unknown> {
  try {
    const row = await (await viewStates()).get(key);
    return row?.version === version ? row.value : undefined;
  } catch {
    // Private windows may refuse storage: the page then starts with its defaults.
    return undefined;
  }
}

/** Keeps `value` (plain JSON) under `key`. Losing it is no failure, so a refusing storage is not reported. */
export async function saveViewState(key: string, version: number, value: unknown): Promise<void> {
  try {
    await (await viewStates()).put({ key, version, value });
  } catch {
    // As above.
  }
}

export async function forgetViewState(key: string): Promise<void> {
  try {
    await (await viewStates()).delete(key);
  } catch {
    // As above.
  }
}
