import type { DockviewApi } from 'dockview-react';
import { awayWindow } from '../../state/away.ts';
import { ownPanelWindow } from '../../state/own-window.ts';
import { setPanelHost, usePanels, type OpenPanel, type PanelHost } from '../../state/panels.ts';
import { ApartWindow } from './apart-window.ts';
import { AwayPanels, type AwayDock } from './away-panels.ts';
import { addPanel, focusPanelElement, toOpenPanel } from './dock-panels.ts';
import { GroupRoom } from './group-room.ts';
import { keepLayout } from './layout.ts';
import { Previews } from './previews.ts';

/** The dock of a window that stands. */
export interface RunningDock {
  readonly api: DockviewApi;
  /** In a main window: its panels in windows of their own. */
  readonly away: AwayPanels | null;
  /** In a window that shows panels by themselves. */
  readonly apart: ApartWindow | null;
  stop(): void;
}

/** Connects the dock with `state/panels.ts` and with the other windows. */
export function runDock(api: DockviewApi): RunningDock {
  const room = new GroupRoom(api);
  const update = () => {
    usePanels.setState({ panels: api.panels.map(toOpenPanel), activeId: api.activePanel?.id ?? null });
  };
  const updateRoom = () => {
    room.fit();
    update();
  };
  const watched = [
    api.onDidAddPanel(updateRoom),
    api.onDidRemovePanel(updateRoom),
    api.onDidActivePanelChange(update),
    api.onDidLayoutFromJSON(updateRoom),
  ];
  const layout = ownPanelWindow === null ? keepLayout(api) : undefined;
  const host = hostOf(api, update, () => layout?.soon());
  updateRoom();
  setPanelHost(host);
  const apart = ownPanelWindow === null ? null : new ApartWindow(ownPanelWindow, host);
  const away = ownPanelWindow === null ? new AwayPanels(awayDock(api, host, room)) : null;
  host.away = away;
  return {
    api,
    away,
    apart,
    stop() {
      layout?.stop();
      away?.stop();
      apart?.stop();
      for (const watch of watched) watch.dispose();
    },
  };
}

type DockHost = PanelHost & { away: AwayPanels | null };

function hostOf(api: DockviewApi, update: () => void, keepSoon: () => void): DockHost {
  const previews = new Previews(api);
  return {
    away: null,
    open(panel, options) {
      if (this.away !== null && awayWindow(panel.id) !== undefined) {
        this.away.open(panel);
        // Who walks along a list goes on here.
        if (options.preview !== true) this.away.raise(panel.id);
        return;
      }
      const shown = api.getPanel(panel.id);
      if (shown === undefined && options.preview === true) {
        previews.show(panel.id, (position) => addPanel(api, panel, { place: 'right' }, position));
        return;
      }
      if (options.preview !== true) previews.keep(panel.id);
      if (shown === undefined) addPanel(api, panel, options);
      else {
        shown.api.updateParameters({ kind: panel.kind, params: panel.params });
        shown.api.setActive();
        update();
      }
      if (options.preview !== true) focusPanelElement(panel.id);
    },
    close(id) {
      this.away?.closed(id);
      api.getPanel(id)?.api.close();
    },
    raise(id) {
      if (this.away !== null && awayWindow(id) !== undefined) this.away.raise(id);
      else api.getPanel(id)?.api.setActive();
    },
    setParams(id, params) {
      const shown = api.getPanel(id);
      if (shown === undefined) return;
      shown.api.updateParameters({ ...shown.params, params });
      update();
      keepSoon();
    },
    setTitle: (id, title) => api.getPanel(id)?.api.setTitle(title),
  };
}

function awayDock(api: DockviewApi, host: PanelHost, room: GroupRoom): AwayDock {
  return {
    panel: (id): OpenPanel | undefined => {
      const panel = api.getPanel(id);
      return panel === undefined ? undefined : toOpenPanel(panel);
    },
    open: (panel) => host.open(panel, {}),
    keepParams: ({ id, params }) => host.setParams(id, params),
    close: (id) => host.close(id),
    fit: () => room.fit(),
  };
}
