/** A window of its own for some panels: who it is, and which main window they belong to. */
export interface PanelWindow {
  readonly id: string;
  readonly main: string;
}

/** Names of windows: they become part of an address. */
export const WINDOW_NAME = /^[\w-]{1,40}$/;

/** The part of the page's address behind its path that makes the page such a window. */
export function panelWindowSearch({ id, main }: PanelWindow): string {
  return `?${new URLSearchParams({ window: id, of: main }).toString()}`;
}

/** The window that a page is by that part of its address; null for a main window. */
export function parsePanelWindow(search: string): PanelWindow | null {
  const asked = new URLSearchParams(search);
  const [id, main] = [asked.get('window') ?? '', asked.get('of') ?? ''];
  return WINDOW_NAME.test(id) && WINDOW_NAME.test(main) ? { id, main } : null;
}
