import { createElement, useEffect } from 'react';
import { followAccount } from '../../state/account.ts';
import { followItems } from '../../state/items.ts';
import { followJobs } from '../../state/jobs.ts';
import { followLinkedTime } from '../../state/linked-time.ts';
import { followOpened } from '../../state/opened.ts';
import { refreshRecents } from '../../state/recents.ts';
import { followTimeSpan } from '../../state/time-span.ts';
import { followViewsElsewhere } from '../../state/viewed-elsewhere.ts';
import { CommandButton } from '../../components/command-button.tsx';
import { useConnection } from '../../state/connection.ts';
import { useFocusMode } from '../../state/focus-mode.ts';
import { ownPanelWindow } from '../../state/own-window.ts';
import { t } from '../../texts/translate.ts';
import { AppCommands } from '../app-commands.tsx';
import { ConnectionBanner } from '../connection-banner.tsx';
import { DropTarget } from '../drop/drop-target.tsx';
import { followHostEvents, followMenu } from '../host-events.ts';
import { bindKeys } from '../key-bindings.ts';
import { Overlays } from '../overlays/overlays.tsx';
import { StatusBar } from '../status-bar.tsx';
import { TitleBar } from '../title-bar.tsx';
import { panelTable } from '../panel-table.ts';
import { SideBar } from './side-bar.tsx';
import { rememberFocus } from './regions.ts';
import { fetchComponent, useComponent } from './use-component.ts';
import classes from './workbench.module.css';

const isMain = ownPanelWindow === null;
const loadDock = () => import('./dock.tsx');

// Both are fetched while the window's frame is drawn, not one after the other. Whoever draws them meets a failure.
for (const fetching of [fetchComponent(loadDock), ...(isMain ? [fetchComponent(panelTable.start.load)] : [])])
  fetching.catch(() => undefined);

/**
 * The whole window: title area, session tree, dockable panels, status bar, and what lies over them. A window that shows
 * some panels by themselves has only these.
 */
export function Workbench() {
  const dock = useComponent(loadDock);
  const focusMode = useFocusMode((state) => state.on);
  useWorkbenchServices();
  return (
    <div className={classes.window} data-focus-mode={focusMode ? '' : undefined}>
      <AppCommands />
      {isMain && <TitleBar />}
      <ConnectionBanner />
      <div className={classes.middle}>
        {isMain && <SideBar />}
        <main className={classes.dock}>{dock !== undefined && createElement(dock)}</main>
      </div>
      {isMain && <StatusBar />}
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
    const stops = [
      bindKeys(),
      rememberFocus(),
      followJobs(),
      followAccount(),
      followMenu(),
      followItems(),
      followOpened(),
      followLinkedTime(),
      followTimeSpan(),
      followViewsElsewhere(),
    ];
    // What the outside asks for is shown by the main window.
    if (isMain) stops.push(followHostEvents());
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  useEffect(() => {
    if (generation > 0) void refreshRecents();
  }, [generation]);
}
