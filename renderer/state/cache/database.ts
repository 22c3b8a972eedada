import Dexie, { type Table } from 'dexie';

/** One remembered piece of view state. `version` is the shape's: a piece of another version is not used. */
interface ViewStateRow {
  key: string;
  version: number;
  value: unknown;
}

/** What the page may forget without harm: layouts, open nodes, the last range of a view. Never the truth. */
class ViewDatabase extends Dexie {
  readonly viewState!: Table<ViewStateRow, string>;

  constructor() {
    super('ndi-desktop-views');
    this.version(1).stores({ viewState: 'key' });
  }
}

const database = new ViewDatabase();

/** What was kept under `key` in the given version of its shape; undefined when nothing was, or storage is refused. */
export async function loadViewState(key: string, version: number): Promise<unknown> {
  try {
    const row = await database.viewState.get(key);
    return row?.version === version ? row.value : undefined;
  } catch {
    // Private windows may refuse storage: the page then starts with its defaults.
    return undefined;
  }
}

/** Keeps `value` (plain JSON) under `key`. Losing it is no failure, so a refusing storage is not reported. */
export async function saveViewState(key: string, version: number, value: unknown): Promise<void> {
  try {
    await database.viewState.put({ key, version, value });
  } catch {
    // As above.
  }
}

export async function forgetViewState(key: string): Promise<void> {
  try {
    await database.viewState.delete(key);
  } catch {
    // As above.
  }
}
