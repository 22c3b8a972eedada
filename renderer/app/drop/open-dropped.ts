import { choosePath } from '../../components/path-dialog/choose-path.ts';
import { client } from '../../state/client.ts';
import { openPath } from '../../state/items.ts';
import { showError } from '../../state/messages.ts';
import { t } from '../../texts/translate.ts';
import { loadOverlays } from '../overlays/load-overlays.ts';
import { describeEntry, droppedEntries, type DroppedEntry } from './dropped-entry.ts';

/** Opens what was dropped on the window. The desktop knows the paths; a browser hides them, so they are looked for. */
export async function openDropped(data: DataTransfer): Promise<void> {
  const host = globalThis.ndiHost;
  const paths = host === undefined ? [] : [...data.files].map((file) => host.pathForFile(file)).filter(Boolean);
  if (paths.length > 0) {
    for (const path of paths) await openPath(path);
    return;
  }
  const entries = droppedEntries(data);
  try {
    for (const entry of entries) await openLocated(await describeEntry(entry));
  } catch (thrown) {
    showError(thrown);
  }
}

async function openLocated(dropped: DroppedEntry): Promise<void> {
  const { paths } = await client.folders.locate(dropped);
  const path = paths.length > 1 ? await choose(dropped.name, paths) : (paths[0] ?? (await askFor(dropped)));
  if (path !== null) await openPath(path);
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
