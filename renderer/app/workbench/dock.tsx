import 'dockview-react/dist/styles/dockview.css';
import '../../style/dock.css';
import {
  DockviewReact,
  themeLight,
  type DockviewApi,
  type DockviewReadyEvent,
  type SerializedDockview,
} from 'dockview-react';
import { useEffect, useRef, useState } from 'react';
import { LoadingState } from '../../components/loading-state.tsx';
import { ownPanelWindow } from '../../state/own-window.ts';
import { setPanelHost } from '../../state/panels.ts';
import { DockCommands } from './dock-commands.tsx';
import { runDock, type RunningDock } from './dock-host.ts';
import { dockMessages } from './dock-messages.ts';
import { addPanel, nameInLanguage } from './dock-panels.ts';
import { loadLayout, withAllGroups } from './layout.ts';
import { MoveBackButton } from './move-back-button.tsx';
import { NoPanels } from './no-panels.tsx';
import { PanelFrame } from './panel-frame.tsx';
import { PanelTab } from './panel-tab.tsx';
import { onTabMenu } from './tab-menu.ts';
import { WindowName } from './window-name.tsx';

const components = { panel: PanelFrame };

/** Looks by our tokens (`style/dock.css`); only the measures come from dockview's theme. */
const dockTheme = { ...themeLight, name: 'ndi', className: 'ndi-dock' };

/** In a window of its own a panel has its way back beside its tab; without one the window waits for it. */
const windowParts =
  ownPanelWindow === null
    ? { watermarkComponent: NoPanels }
    : { watermarkComponent: () => <LoadingState />, rightHeaderActionsComponent: MoveBackButton };

/** The dockable panels of a window. The layout of a main window is kept over restarts. */
export default function Dock() {
  const [kept, setKept] = useState<SerializedDockview | 'none'>();
  const [dock, setDock] = useState<RunningDock>();
  const [messages] = useState(dockMessages);
  const running = useRef<RunningDock>(undefined);

  useEffect(() => {
    let current = true;
    void (ownPanelWindow === null ? loadLayout() : Promise.resolve(undefined)).then((layout) => {
      if (current) setKept(layout ?? 'none');
    });
    return () => {
      current = false;
      running.current?.stop();
      setPanelHost(undefined);
    };
  }, []);

  if (kept === undefined) return null;
  return (
    <>
      {dock !== undefined && <DockCommands dock={dock} onLayout={(layout) => restore(dock.api, layout)} />}
      {dock?.apart && <WindowName api={dock.api} />}
      {/* The menu key of a tab reaches only what stands around the dock's own elements. */}
      <div style={{ height: '100%' }} onContextMenu={(event) => dock !== undefined && onTabMenu(event, dock.api)}>
        <DockviewReact
          theme={dockTheme}
          components={components}
          messages={messages}
          defaultTabComponent={PanelTab}
          {...windowParts}
          onReady={(event: DockviewReadyEvent) => {
            if (ownPanelWindow === null) restore(event.api, kept);
            running.current = runDock(event.api);
            setDock(running.current);
          }}
        />
      </div>
    </>
  );
}

function restore(api: DockviewApi, kept: SerializedDockview | 'none'): void {
  if (kept !== 'none') {
    try {
      api.fromJSON(withAllGroups(kept));
      for (const panel of api.panels) nameInLanguage(panel);
      return;
    } catch {
      // A layout of another version of the dock: the start page is a better beginning than none.
      api.clear();
    }
  }
  addPanel(api, { id: 'start', kind: 'start', params: {} }, {});
}
