import type { DockviewApi, SerializedDockview } from 'dockview-react';
import { forgetViewState, loadViewState, saveViewState } from '../../state/cache/database.ts';
import { LateSave } from '../../state/cache/late-save.ts';
import { panelTable } from '../panel-table.ts';

const KEY = 'layout';
/** Raise it when panels keep other parameters than before: an older layout is then left aside. */
const VERSION = 1;
const SAVE_DELAY_MS = 300;

export async function loadLayout(): Promise<SerializedDockview | undefined> {
  const kept = await loadViewState(KEY, VERSION);
  return isLayout(kept) ? kept : undefined;
}

/** The keeping of the layout: `soon` also keeps what panels show, of which the dock tells nothing. */
export interface LayoutKeeper {
  soon(): void;
  stop(): void;
}

/** Keeps the layout a moment after each change of it. */
export function keepLayout(api: DockviewApi): LayoutKeeper {
  const late = new LateSave(() => void saveViewState(KEY, VERSION, api.toJSON()), SAVE_DELAY_MS);
  const soon = () => late.soon();
  const changes = api.onDidLayoutChange(soon);
  return {
    soon,
    stop() {
      late.drop();
      changes.dispose();
    },
  };
}

export async function forgetLayout(): Promise<void> {
  await forgetViewState(KEY);
}

/** With room for the groups that had none when it was kept, because their panels were in windows of their own. */
export function withAllGroups(kept: SerializedDockview): SerializedDockview {
  const shown = (key: string, value: unknown) => (key === 'visible' && value === false ? undefined : value);
  return { ...kept, grid: JSON.parse(JSON.stringify(kept.grid), shown) as SerializedDockview['grid'] };
}

/** A layout is used only if every panel in it is of a kind that we still have. */
export function isLayout(kept: unknown): kept is SerializedDockview {
  if (typeof kept !== 'object' || kept === null || !('panels' in kept) || !('grid' in kept)) return false;
  const panels: unknown[] = Object.values(kept.panels as Record<string, unknown>);
  return panels.length > 0 && panels.every(isPanel);
}

function isPanel(panel: unknown): boolean {
  const kind = (panel as { params?: { kind?: unknown } } | null)?.params?.kind;
  return typeof kind === 'string' && Object.hasOwn(panelTable, kind);
}
