import type { DockviewApi, IDockviewPanel } from 'dockview-react';
import { useEffect } from 'react';
import { useItem } from '../../state/items.ts';
import { panelPath, usePanels } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { useDockTitle } from './use-dock-title.ts';
import { windowName } from './window-name.ts';

/** Names a window of panels after the one in front and its session. */
export function WindowName({ api }: { readonly api: DockviewApi }) {
  const open = usePanels(({ panels, activeId }) => panels.find(({ id }) => id === activeId));
  const panel = open === undefined ? undefined : api.getPanel(open.id);
  if (open === undefined || panel === undefined) return null;
  const path = panelPath(open);
  return path === undefined ? <Named panel={panel} session="" /> : <OfSession key={path} panel={panel} path={path} />;
}

function OfSession({ panel, path }: { readonly panel: IDockviewPanel; readonly path: string }) {
  const { info } = useItem(path);
  const session = info !== undefined && 'reference' in info ? info.reference : basename(path);
  return <Named panel={panel} session={session} />;
}

function Named({ panel, session }: { readonly panel: IDockviewPanel; readonly session: string }) {
  const name = windowName(useDockTitle(panel.api), session);
  useEffect(() => {
    document.title = name;
  }, [name]);
  return null;
}
