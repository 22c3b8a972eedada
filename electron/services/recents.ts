import { join } from 'node:path';
import { z } from 'zod';
import { recentSchema, type ItemInfo, type Recent } from '../../shared/contract/sessions.ts';
import { Presence } from './presence.ts';
import { StoredJson } from './stored-json.ts';

const storedSchema = recentSchema.omit({ missing: true });
type Stored = z.infer<typeof storedSchema>[];

/** Remembered paths; pinned ones are never pushed out. */
const KEPT = 30;

/** What was opened lately, newest first, pinned ones before the others. */
export class Recents {
  readonly #store: StoredJson<Stored>;
  readonly #presence = new Presence();

  constructor(dataFolder: string) {
    this.#store = new StoredJson(join(dataFolder, 'recents.json'), (stored) => {
      const listed = z.array(z.unknown()).safeParse(stored).data ?? [];
      return listed.flatMap((one) => storedSchema.safeParse(one).data ?? []);
    });
  }

  /** Missing are those that are gone, and those on a drive that does not answer. */
  async list(): Promise<Recent[]> {
    const byUse = this.#byUse();
    const there = await this.#presence.of(byUse.map(({ path }) => path));
    return byUse.map((recent) => ({ ...recent, missing: !there.has(recent.path) }));
  }

  /** Their paths, without a look at the disks. */
  paths(): string[] {
    return this.#byUse().map(({ path }) => path);
  }

  #byUse(): Stored {
    return [...this.#store.read()].sort(
      (a, b) => Number(b.pinned) - Number(a.pinned) || b.openedAt.localeCompare(a.openedAt),
    );
  }

  add(info: ItemInfo): void {
    this.#store.change((recents) => {
      const others = recents.filter((recent) => recent.path !== info.path);
      const pinned = recents.some((recent) => recent.path === info.path && recent.pinned);
      const entry = {
        path: info.path,
        kind: info.kind,
        reference: 'reference' in info ? info.reference : '',
        openedAt: new Date().toISOString(),
        pinned,
      };
      const unpinned = others.filter((recent) => !recent.pinned).sort((a, b) => b.openedAt.localeCompare(a.openedAt));
      return [entry, ...others.filter((recent) => recent.pinned), ...unpinned.slice(0, KEPT - 1)];
    });
  }

  pin(path: string, pinned: boolean): Promise<Recent[]> {
    this.#store.change((recents) => recents.map((recent) => (recent.path === path ? { ...recent, pinned } : recent)));
    return this.list();
  }

  remove(path: string): Promise<Recent[]> {
    this.#store.change((recents) => recents.filter((recent) => recent.path !== path));
    return this.list();
  }
}
