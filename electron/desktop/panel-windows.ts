import { BrowserWindow } from 'electron';
import { panelWindowSearch, type PanelWindow } from '../../shared/model/panel-window.ts';
import { PAGE_ADDRESS } from './policies/own-page.ts';
import { openWindow, raiseWindow, type WindowSettings } from './window.ts';

/** More than this nobody looks at; a page gone wild would else fill the screen. */
const MOST = 16;
/** So far apart that the title bar of each can be seen. */
const SHIFT = 32;

/** The windows that show panels by themselves: pages of ours as the main window's, with the same guards. */
export class PanelWindows {
  readonly #settings: WindowSettings;
  readonly #windows = new Map<string, BrowserWindow>();

  constructor(settings: WindowSettings) {
    this.#settings = settings;
  }

  all(): readonly BrowserWindow[] {
    return [...this.#windows.values()];
  }

  /** The one in front, if one of them is. */
  focused(): BrowserWindow | null {
    return this.all().find((window) => window === BrowserWindow.getFocusedWindow()) ?? null;
  }

  open(asked: PanelWindow): void {
    if (this.#windows.has(asked.id) || this.#windows.size >= MOST) return;
    const window = openWindow(this.#settings, {
      address: `${PAGE_ADDRESS}${panelWindowSearch(asked)}`,
      placeFile: 'panel-window.json',
      shift: this.#windows.size * SHIFT,
    });
    this.#windows.set(asked.id, window);
    window.once('closed', () => this.#windows.delete(asked.id));
    // Its panels go back to the main window, which hears of its end.
    window.webContents.on('render-process-gone', () => {
      if (!window.isDestroyed()) window.destroy();
    });
  }

  raise(id: string): void {
    const window = this.#windows.get(id);
    if (window !== undefined) raiseWindow(window);
  }

  closeAll(): void {
    for (const window of this.all()) window.close();
  }
}
