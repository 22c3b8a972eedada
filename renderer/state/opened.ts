import { create } from 'zustand';
import { changeViewState, loadViewState, onOtherWindow } from './cache/database.ts';

const KEY = 'opened-items';
const VERSION = 1;

/** Paths of the items in the session tree, in the order in which they were opened; kept over restarts. */
export const useOpened = create<{ readonly paths: readonly string[] }>()(() => ({ paths: [] }));

/** Shows what was kept, and what other windows keep from then on; returns the way to stop. */
export function followOpened(): () => void {
  void loadViewState(KEY, VERSION).then((kept) =>
    useOpened.setState(({ paths }) => ({ paths: [...new Set([...soundPaths(kept), ...paths])] })),
  );
  return onOtherWindow(
    KEY,
    () => void loadViewState(KEY, VERSION).then((kept) => useOpened.setState({ paths: soundPaths(kept) })),
  );
}

export function rememberOpened(path: string): void {
  change((paths) => (paths.includes(path) ? paths : [...paths, path]));
}

export function forgetOpened(path: string): void {
  change((paths) => paths.filter((other) => other !== path));
}

/** At once in this window, and in what all windows keep. */
function change(update: (paths: readonly string[]) => readonly string[]): void {
  useOpened.setState(({ paths }) => ({ paths: update(paths) }));
  void changeViewState(KEY, VERSION, (kept) => update(soundPaths(kept)));
}

function soundPaths(kept: unknown): readonly string[] {
  return Array.isArray(kept) ? kept.filter((path) => typeof path === 'string') : [];
}
