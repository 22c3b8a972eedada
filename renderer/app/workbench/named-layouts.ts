import type { DockviewApi, SerializedDockview } from 'dockview-react';
import { changeViewState, loadViewState } from '../../state/cache/database.ts';
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
  return soundLayouts(await loadViewState(KEY, VERSION));
}

/** Keeps the layout of the moment under a name; one of the same name is replaced. */
export async function keepLayoutAs(name: string, api: DockviewApi): Promise<void> {
  await putLayout({ name, layout: api.toJSON() });
}

export async function putLayout(layout: NamedLayout): Promise<void> {
  await changeLayouts((others) => [...others, layout], layout.name);
}

export async function removeLayout(name: string): Promise<void> {
  await changeLayouts((others) => others, name);
}

/** Another window may have kept a layout meanwhile: only the one of that name is changed. */
async function changeLayouts(change: (others: readonly NamedLayout[]) => readonly NamedLayout[], name: string) {
  await changeViewState(KEY, VERSION, (kept) => change(soundLayouts(kept).filter((one) => one.name !== name)));
}

function soundLayouts(kept: unknown): readonly NamedLayout[] {
  return Array.isArray(kept) ? kept.filter(isNamedLayout).sort((a, b) => a.name.localeCompare(b.name)) : [];
}

function isNamedLayout(kept: unknown): kept is NamedLayout {
  if (typeof kept !== 'object' || kept === null || !('name' in kept) || !('layout' in kept)) return false;
  return typeof kept.name === 'string' && isLayout(kept.layout);
}
