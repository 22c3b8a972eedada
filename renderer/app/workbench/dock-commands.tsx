import type { DockviewApi } from 'dockview-react';
import { useCommand } from '../../state/commands.ts';
import { openPanel, usePanels } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';
import { forgetLayout } from './layout.ts';
import { focusNextRegion } from './regions.ts';

/** The commands that the dock carries out. */
export function DockCommands({ api }: { readonly api: DockviewApi }) {
  const panels = usePanels((state) => state.panels);
  const nothing = { enabled: panels.length > 0, reason: t('No panel is open') };
  useCommand(
    'view.maximize',
    () => {
      const panel = api.activePanel;
      if (panel === undefined) return;
      if (panel.api.isMaximized()) panel.api.exitMaximized();
      else panel.api.maximize();
    },
    nothing,
  );
  useCommand('panel.close', () => api.activePanel?.api.close(), nothing);
  useCommand('view.resetLayout', () => {
    api.clear();
    void forgetLayout();
    openPanel('start', {});
  });
  useCommand('view.nextPanel', () => {
    focusNextRegion(1);
  });
  useCommand('view.previousPanel', () => {
    focusNextRegion(-1);
  });
  return null;
}
