import { createElement, useEffect } from 'react';
import { followAccount } from '../../state/account.ts';
import { followJobs } from '../../state/jobs.ts';
import { restoreOpened } from '../../state/opened.ts';
import { refreshRecents } from '../../state/recents.ts';
import { CommandButton } from '../../components/command-button.tsx';
import { useConnection } from '../../state/connection.ts';
import { useFocusMode } from '../../state/focus-mode.ts';
import { t } from '../../texts/translate.ts';
import { AppCommands } from '../app-commands.tsx';
import { ConnectionBanner } from '../connection-banner.tsx';
import { DropTarget } from '../drop/drop-target.tsx';
import { followHostEvents } from '../host-events.ts';
import { bindKeys } from '../key-bindings.ts';
import { Overlays } from '../overlays/overlays.tsx';
import { StatusBar } from '../status-bar.tsx';
import { TitleBar } from '../title-bar.tsx';
import { panelTable } from '../panel-table.ts';
import { SideBar } from './side-bar.tsx';
import { rememberFocus } from './regions.ts';
import { fetchComponent, useComponent } from './use-component.ts';
import classes from './workbench.module.css';

const loadDock = () => import('./dock.tsx');

// Both are fetched while the window's frame is drawn, not one after the other. Whoever draws them meets a failure.
for (const fetching of [fetchComponent(loadDock), fetchComponent(panelTable.start.load)])
  fetching.catch(() => undefined);

/** The whole window: title area, session tree, dockable panels, status bar, and what lies over them. */
export function Workbench() {
  const dock = useComponent(loadDock);
  const focusMode = useFocusMode((state) => state.on);
  useWorkbenchServices();
  return (
    <div className={classes.window} data-focus-mode={focusMode ? '' : undefined}>
      <AppCommands />
      <TitleBar />
      <ConnectionBanner />
      <div className={classes.middle}>
        <SideBar />
        <main className={classes.dock}>{dock !== undefined && createElement(dock)}</main>
      </div>
      <StatusBar />
      {focusMode && (
        <div className={classes.leave}>
          <CommandButton command="view.focus" label={t('Show everything again')} variant="default" />
        </div>
      )}
      <DropTarget />
      <Overlays />
    </div>
  );
}

/** What runs as long as the window stands. */
function useWorkbenchServices(): void {
  const generation = useConnection((state) => state.generation);
  useEffect(() => {
    const stops = [bindKeys(), rememberFocus(), followJobs(), followAccount(), followHostEvents()];
    void restoreOpened();
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  useEffect(() => {
    if (generation > 0) void refreshRecents();
  }, [generation]);
}
