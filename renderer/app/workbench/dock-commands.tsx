import type { DockviewApi, IDockviewPanel, SerializedDockview } from 'dockview-react';
import { useEffect } from 'react';
import { useAway } from '../../state/away.ts';
import { useCommand } from '../../state/commands.ts';
import { useFocusMode } from '../../state/focus-mode.ts';
import { showMessage } from '../../state/messages.ts';
import { closePanel, openPanel, usePanels } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';
import type { RunningDock } from './dock-host.ts';
import { forgetLayout } from './layout.ts';
import { askForLayoutName, chooseLayout } from './layouts-dialog.tsx';
import { focusNextRegion } from './regions.ts';

interface DockCommandsProps {
  readonly dock: RunningDock;
  /** Lays the panels out as they were kept. */
  readonly onLayout: (layout: SerializedDockview) => void;
}

/** The commands that the dock carries out. */
export function DockCommands({ dock, onLayout }: DockCommandsProps) {
  const { api } = dock;
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
  useCommand('panel.close', () => api.activePanel && closePanel(api.activePanel.id), nothing);
  useCommand('panel.float', () => api.activePanel && floatOrDock(api, api.activePanel), nothing);
  useFocusCommand(api, nothing);
  useMoveCommands(dock, nothing);
  // The layout is that of the main window.
  const hasLayout = { enabled: dock.away !== null, reason: t('Only in the main window') };
  useCommand('layout.keep', () => askForLayoutName(api), hasLayout.enabled ? nothing : hasLayout);
  const changeLayout = (change: () => void) => {
    const before = api.toJSON();
    change();
    showMessage({ title: t('The layout has changed'), actions: [{ label: t('Undo'), run: () => onLayout(before) }] });
  };
  const choose = () => void chooseLayout((layout) => changeLayout(() => onLayout(layout)));
  useCommand('layout.choose', choose, hasLayout);
  const reset = () =>
    changeLayout(() => {
      api.clear();
      void forgetLayout();
      openPanel('start', {});
    });
  useCommand('view.resetLayout', reset, hasLayout);
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

interface Possible {
  readonly enabled: boolean;
  readonly reason: string;
}

/** Moves the focused panel to a window of its own, and back. */
function useMoveCommands({ away, apart }: RunningDock, nothing: Possible): void {
  const activeId = usePanels((state) => state.activeId);
  const isAway = useAway(({ windows }) => activeId !== null && windows[activeId] !== undefined);
  const isApart = isAway || apart !== null;
  const moveOut = () => activeId !== null && away?.moveOut(activeId);
  const moveBack = () => activeId !== null && void (apart ?? away)?.moveBack(activeId);
  const there = { enabled: false, reason: t('The focused panel is in a window of its own') };
  const here = { enabled: false, reason: t('The focused panel is in the main window') };
  useCommand('panel.moveOut', moveOut, isApart ? there : nothing);
  useCommand('panel.moveBack', moveBack, isApart ? nothing : here);
}

/** Hides everything but the focused view, and shows it again. */
function useFocusCommand(api: DockviewApi, nothing: Possible): void {
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
