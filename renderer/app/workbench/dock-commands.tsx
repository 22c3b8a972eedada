import type { DockviewApi, IDockviewPanel, SerializedDockview } from 'dockview-react';
import { useEffect } from 'react';
import { useCommand } from '../../state/commands.ts';
import { useFocusMode } from '../../state/focus-mode.ts';
import { showMessage } from '../../state/messages.ts';
import { openPanel, usePanels } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';
import { forgetLayout } from './layout.ts';
import { askForLayoutName, chooseLayout } from './layouts-dialog.tsx';
import { focusNextRegion } from './regions.ts';

interface DockCommandsProps {
  readonly api: DockviewApi;
  /** Lays the panels out as they were kept. */
  readonly onLayout: (layout: SerializedDockview) => void;
}

/** The commands that the dock carries out. */
export function DockCommands({ api, onLayout }: DockCommandsProps) {
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
  useCommand('panel.float', () => api.activePanel && floatOrDock(api, api.activePanel), nothing);
  useFocusCommand(api, nothing);
  useCommand('layout.keep', () => askForLayoutName(api), nothing);
  const changeLayout = (change: () => void) => {
    const before = api.toJSON();
    change();
    showMessage({ title: t('The layout has changed'), actions: [{ label: t('Undo'), run: () => onLayout(before) }] });
  };
  useCommand('layout.choose', () => void chooseLayout((layout) => changeLayout(() => onLayout(layout))));
  useCommand('view.resetLayout', () =>
    changeLayout(() => {
      api.clear();
      void forgetLayout();
      openPanel('start', {});
    }),
  );
  useCommand('view.nextPanel', () => {
    focusNextRegion(1);
  });
  useCommand('view.previousPanel', () => {
    focusNextRegion(-1);
  });
  return null;
}

/** Where a floating panel begins, in CSS pixels of the dock. */
const FLOATING = { width: 560, height: 380, position: { top: 48, left: 64 } };

function floatOrDock(api: DockviewApi, panel: IDockviewPanel): void {
  if (panel.api.location.type !== 'floating') {
    api.addFloatingGroup(panel, FLOATING);
    return;
  }
  const docked = api.groups.find((group) => group.api.location.type === 'grid');
  panel.api.moveTo({ group: docked ?? api.addGroup() });
}

/** Hides everything but the focused view, and shows it again. */
function useFocusCommand(api: DockviewApi, nothing: { readonly enabled: boolean; readonly reason: string }): void {
  useCommand(
    'view.focus',
    () => {
      const panel = api.activePanel;
      const { on } = useFocusMode.getState();
      if (panel === undefined) return;
      if (on) panel.api.exitMaximized();
      else if (panel.api.location.type === 'grid') panel.api.maximize();
      useFocusMode.setState({ on: !on });
    },
    nothing,
  );
  useEffect(() => {
    const watches = [api.onDidRemovePanel, api.onDidLayoutFromJSON].map((event) =>
      // What is left, or comes, is not what was looked at.
      event(() => {
        if (!useFocusMode.getState().on) return;
        api.exitMaximizedGroup();
        useFocusMode.setState({ on: false });
      }),
    );
    return () => {
      for (const watch of watches) watch.dispose();
    };
  }, [api]);
}
