import { choosePath } from '../../components/path-dialog/choose-path.ts';
import { client } from '../../state/client.ts';
import { openPath } from '../../state/items.ts';
import { showError } from '../../state/messages.ts';
import { t } from '../../texts/translate.ts';
import { addTo } from './add-dropped.ts';
import type { DropHome } from './drop-home.ts';
import { loadOverlays } from '../overlays/load-overlays.ts';
import { describeEntry, droppedEntries, type DroppedEntry } from './dropped-entry.ts';

/**
 * Opens what was dropped on the window, or adds it to the session or dataset on whose line it was dropped. The desktop
 * knows the paths; a browser hides them, so they are looked for.
 */
export async function openDropped(data: DataTransfer, home: DropHome | null): Promise<void> {
  const take = home === null ? openAll : (paths: readonly string[]) => addTo(home, paths);
  const host = globalThis.ndiHost;
  const paths = host === undefined ? [] : [...data.files].map((file) => host.pathForFile(file)).filter(Boolean);
  const entries = paths.length > 0 ? [] : droppedEntries(data);
  try {
    for (const entry of entries) paths.push(...(await locate(await describeEntry(entry))));
    await take(paths);
  } catch (thrown) {
    showError(thrown);
  }
}

async function openAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await openPath(path);
}

/** Where a dropped item lies; nothing where nobody says so. */
async function locate(dropped: DroppedEntry): Promise<string[]> {
  const { paths } = await client.folders.locate(dropped);
  const path = paths.length > 1 ? await choose(dropped.name, paths) : (paths[0] ?? (await askFor(dropped)));
  return path === null ? [] : [path];
}

async function choose(name: string, paths: readonly string[]): Promise<string | null> {
  const { chooseAmong } = await loadOverlays();
  return chooseAmong(name, paths);
}

function askFor({ name, folder }: DroppedEntry): Promise<string | null> {
  return choosePath({
    kind: folder ? 'folder' : 'file',
    title: t('Where is “{{name}}”?', { name }),
    confirm: t('Open'),
    reason: t(
      'A browser hides where a dropped item lies, and “{{name}}” was not found in the usual places. Choose it once; it is remembered among the recents.',
      { name },
    ),
  });
}
