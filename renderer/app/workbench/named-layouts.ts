import type { DockviewApi, SerializedDockview } from 'dockview-react';
import { loadViewState, saveViewState } from '../../state/cache/database.ts';
import { isLayout } from './layout.ts';

const KEY = 'named layouts';
const VERSION = 1;

/** A layout of panels that a person has named. */
export interface NamedLayout {
  readonly name: string;
  readonly layout: SerializedDockview;
}

/** By name; those with panels of kinds that we no longer have are left out. */
export async function loadLayouts(): Promise<readonly NamedLayout[]> {
  const kept = await loadViewState(KEY, VERSION);
  return Array.isArray(kept) ? kept.filter(isNamedLayout).sort((a, b) => a.name.localeCompare(b.name)) : [];
}

/** Keeps the layout of the moment under a name; one of the same name is replaced. */
export async function keepLayoutAs(name: string, api: DockviewApi): Promise<void> {
  const others = (await loadLayouts()).filter((one) => one.name !== name);
  await saveViewState(KEY, VERSION, [...others, { name, layout: api.toJSON() }]);
}

export async function putLayouts(layouts: readonly NamedLayout[]): Promise<void> {
  await saveViewState(KEY, VERSION, layouts);
}

function isNamedLayout(kept: unknown): kept is NamedLayout {
  if (typeof kept !== 'object' || kept === null || !('name' in kept) || !('layout' in kept)) return false;
  return typeof kept.name === 'string' && isLayout(kept.layout);
}
