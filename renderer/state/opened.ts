import { create } from 'zustand';
import { loadViewState, saveViewState } from './cache/database.ts';

const KEY = 'opened-items';
const VERSION = 1;

/** Paths of the items in the session tree, in the order in which they were opened; kept over restarts. */
export const useOpened = create<{ readonly paths: readonly string[] }>()(() => ({ paths: [] }));

export async function restoreOpened(): Promise<void> {
  const kept = await loadViewState(KEY, VERSION);
  if (!Array.isArray(kept)) return;
  const paths = kept.filter((path) => typeof path === 'string');
  useOpened.setState((state) => ({ paths: [...new Set([...paths, ...state.paths])] }));
}

export function rememberOpened(path: string): void {
  change((paths) => (paths.includes(path) ? paths : [...paths, path]));
}

export function forgetOpened(path: string): void {
  change((paths) => paths.filter((other) => other !== path));
}

function change(update: (paths: readonly string[]) => readonly string[]): void {
  useOpened.setState(({ paths }) => ({ paths: update(paths) }));
  void saveViewState(KEY, VERSION, useOpened.getState().paths);
}
