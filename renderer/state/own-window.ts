import { parsePanelWindow, type PanelWindow } from '../../shared/model/panel-window.ts';

/** What this window is: one that shows some panels by themselves, or null for a main window. */
export const ownPanelWindow: PanelWindow | null =
  typeof location === 'undefined' ? null : parsePanelWindow(location.search);

const KEY = 'ndi-main-window';

/** The name of the main window that this one is, or belongs to. */
export const mainWindow: string = ownPanelWindow?.main ?? nameMainWindow();

/** The desktop has one main window; of a browser each tab is one, which keeps its name when it is loaded again. */
function nameMainWindow(): string {
  if (globalThis.ndiHost !== undefined) return 'desktop';
  if (typeof sessionStorage === 'undefined') return 'none';
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const kept = navigation?.type === 'reload' ? sessionStorage.getItem(KEY) : null;
  const name = kept ?? crypto.randomUUID();
  sessionStorage.setItem(KEY, name);
  return name;
}

/** A window holds the lock of its name as long as it stands: it is let go by a crash as well. */
const lockOf = { main: (name: string) => `ndi main ${name}`, panels: (id: string) => `ndi panels ${id}` };

let standing: Promise<void> | undefined;

/** Lets the other windows know that this one stands, for as long as it does; resolves when that is so. */
export function stand(): Promise<void> {
  const name = ownPanelWindow === null ? lockOf.main(mainWindow) : lockOf.panels(ownPanelWindow.id);
  standing ??= new Promise((resolve, reject) => {
    const hold = () => {
      resolve();
      return new Promise(() => undefined);
    };
    navigator.locks.request(name, hold).catch(reject);
  });
  return standing;
}

/** Resolves when a window of panels that stands is gone, however it went. */
export async function panelWindowGone(id: string): Promise<void> {
  await navigator.locks.request(lockOf.panels(id), () => undefined);
}

export async function mainWindowStands(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === lockOf.main(mainWindow));
}
