import 'dockview-react/dist/styles/dockview.css';
import '../../style/dock.css';
import {
  DockviewReact,
  themeLight,
  type DockviewApi,
  type DockviewReadyEvent,
  type IDockviewPanel,
  type SerializedDockview,
} from 'dockview-react';
import { useEffect, useRef, useState } from 'react';
import { setPanelHost, usePanels, type OpenPanel, type OpenPanelOptions, type PanelHost } from '../../state/panels.ts';
import { panelTable } from '../panel-table.ts';
import { DockCommands } from './dock-commands.tsx';
import { dockMessages } from './dock-messages.ts';
import { keepLayout, type LayoutKeeper, loadLayout } from './layout.ts';
import { NoPanels } from './no-panels.tsx';
import { PanelFrame } from './panel-frame.tsx';
import { PanelTab } from './panel-tab.tsx';
import { Previews } from './previews.ts';

const components = { panel: PanelFrame };

/** Looks by our tokens (`style/dock.css`); only the measures come from dockview's theme. */
const dockTheme = { ...themeLight, name: 'ndi', className: 'ndi-dock' };

/** The dockable panels in the middle of the window. Their layout is kept over restarts. */
export default function Dock() {
  const [kept, setKept] = useState<SerializedDockview | 'none'>();
  const [api, setApi] = useState<DockviewApi>();
  const [messages] = useState(dockMessages);
  const stop = useRef<() => void>(undefined);

  useEffect(() => {
    let current = true;
    void loadLayout().then((layout) => {
      if (current) setKept(layout ?? 'none');
    });
    return () => {
      current = false;
      stop.current?.();
      setPanelHost(undefined);
    };
  }, []);

  if (kept === undefined) return null;
  return (
    <>
      {api !== undefined && <DockCommands api={api} onLayout={(layout) => restore(api, layout)} />}
      <DockviewReact
        theme={dockTheme}
        components={components}
        messages={messages}
        defaultTabComponent={PanelTab}
        watermarkComponent={NoPanels}
        onReady={(event: DockviewReadyEvent) => {
          restore(event.api, kept);
          stop.current = start(event.api);
          setApi(event.api);
        }}
      />
    </>
  );
}

function restore(api: DockviewApi, kept: SerializedDockview | 'none'): void {
  if (kept !== 'none') {
    try {
      api.fromJSON(kept);
      for (const panel of api.panels) panel.api.setTitle(firstTitle(toOpenPanel(panel)));
      return;
    } catch {
      // A layout of another version of the dock: the start page is a better beginning than none.
      api.clear();
    }
  }
  addPanel(api, { id: 'start', kind: 'start', params: {} }, {});
}

/** Connects the dock with `state/panels.ts`; returns the way to take it apart. */
function start(api: DockviewApi): () => void {
  const update = () => {
    usePanels.setState({ panels: api.panels.map(toOpenPanel), activeId: api.activePanel?.id ?? null });
  };
  const watched = [
    api.onDidAddPanel(update),
    api.onDidRemovePanel(update),
    api.onDidActivePanelChange(update),
    api.onDidLayoutFromJSON(update),
  ];
  const layout = keepLayout(api);
  update();
  setPanelHost(hostOf(api, update, layout));
  return () => {
    layout.stop();
    for (const watch of watched) watch.dispose();
  };
}

function hostOf(api: DockviewApi, update: () => void, layout: LayoutKeeper): PanelHost {
  const previews = new Previews(api);
  return {
    open(panel, options) {
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
    close: (id) => api.getPanel(id)?.api.close(),
    setParams(id, params) {
      const shown = api.getPanel(id);
      if (shown === undefined) return;
      shown.api.updateParameters({ ...shown.params, params });
      update();
      layout.soon();
    },
    setTitle: (id, title) => api.getPanel(id)?.api.setTitle(title),
  };
}

function addPanel(
  api: DockviewApi,
  panel: OpenPanel,
  { place = 'tab' }: OpenPanelOptions,
  position?: { readonly referencePanel: string },
): void {
  api.addPanel({
    id: panel.id,
    component: 'panel',
    title: firstTitle(panel),
    params: { kind: panel.kind, params: panel.params },
    renderer: 'onlyWhenVisible',
    ...(position === undefined ? positionOf(place, api.activePanel) : { position }),
  });
}

/** CSS pixels of what is docked at the bottom of the window. */
const BOTTOM_HEIGHT = 260;

function positionOf(place: OpenPanelOptions['place'], active: IDockviewPanel | undefined) {
  if (active === undefined || place === undefined || place === 'tab') return {};
  // Without a panel that it stands beside, it goes below all of them.
  if (place === 'bottom') return { position: { direction: 'below' as const }, initialHeight: BOTTOM_HEIGHT };
  return { position: { referencePanel: active.id, direction: place } };
}

/** What the tab says until the panel names itself; in the language of now, whatever the kept layout says. */
function firstTitle(panel: OpenPanel): string {
  const entry = panelTable[panel.kind] as { title(params: unknown): string };
  return entry.title(panel.params);
}

function toOpenPanel(panel: IDockviewPanel): OpenPanel {
  const { kind, params } = panel.params as Pick<OpenPanel, 'kind' | 'params'>;
  return { id: panel.id, kind, params };
}

/** The panel's element appears with the next drawing. */
export function focusPanelElement(id: string): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(`[data-panel-id="${CSS.escape(id)}"]`);
    if (element !== null && !element.contains(document.activeElement)) element.focus({ preventScroll: true });
  });
}
