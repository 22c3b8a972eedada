import { isAppLink, isQueryLink, parseQueryLink } from '../../shared/model/query-link.ts';
import { confirm } from '../components/confirm.tsx';
import { client, follow } from '../state/client.ts';
import { isCommandId, runCommand } from '../state/commands.ts';
import { openPath } from '../state/items.ts';
import { useOpened } from '../state/opened.ts';
import { t } from '../texts/translate.ts';

/** Does what the outside asks for: a menu entry, a second start with a path. Returns the way to stop. */
export function followHostEvents(): () => void {
  return follow(
    (options) => client.application.hostEvents(undefined, options),
    (event) => {
      if (event.type === 'open') void openFromOutside(event.path);
      else if (isCommandId(event.command)) runCommand(event.command);
    },
  );
}

/** Does what is chosen in the desktop's menu while this window is in front. Returns the way to stop. */
export function followMenu(): () => void {
  return globalThis.ndiHost?.onCommand((command) => void runCommand(command)) ?? (() => undefined);
}

/** A path was given by the person; a link may come from anybody, so it opens by itself only what was opened before. */
async function openFromOutside(path: string): Promise<void> {
  if (!isAppLink(path) || (await mayFollow(path))) await openPath(path);
}

async function mayFollow(link: string): Promise<boolean> {
  const path = folderOf(link);
  // What is wrong with it is told by the attempt to open it; no folder is touched by that.
  if (path === undefined || (await isKnown(path))) return true;
  return confirm({
    title: t('Open what a link leads to?'),
    text: t('The link leads to {{path}}, which was not opened here before. Open it only if you know who sent it.', {
      path,
    }),
    agree: t('Open it'),
  });
}

function folderOf(link: string): string | undefined {
  try {
    return isQueryLink(link) ? parseQueryLink(link).path : undefined;
  } catch {
    return undefined;
  }
}

async function isKnown(path: string): Promise<boolean> {
  const plain = (one: string) => one.replace(/[\\/]+$/, '');
  const opened = useOpened.getState().paths;
  if (opened.some((one) => plain(one) === plain(path))) return true;
  try {
    const recents = await client.recents.list();
    return recents.some((one) => plain(one.path) === plain(path));
  } catch {
    return false;
  }
}
