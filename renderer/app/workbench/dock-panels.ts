import type { DockviewApi, IDockviewPanel } from 'dockview-react';
import type { OpenPanel, OpenPanelOptions } from '../../state/panels.ts';
import { panelTable } from '../panel-table.ts';

export function addPanel(
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

export function nameInLanguage(panel: IDockviewPanel): void {
  panel.api.setTitle(firstTitle(toOpenPanel(panel)));
}

export function toOpenPanel(panel: IDockviewPanel): OpenPanel {
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
