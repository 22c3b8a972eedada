import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { StoredJson } from '../services/stored-json.ts';
import { placeSchema, windowBounds, type Place } from './window-bounds.ts';
import { groundColour, windowOptions } from './window-options.ts';
import { PAGE_ADDRESS } from './policies/own-page.ts';

/** What all windows of the application share. */
export interface WindowSettings {
  readonly preload: string;
  readonly icon: string | null;
  readonly developer: boolean;
  /** The application's own folder, where the places of windows are kept. */
  readonly dataFolder: string;
}

interface OneWindow {
  /** Address of our page, with what it is to show. */
  readonly address: string;
  /** Name of the file that keeps where it was. */
  readonly placeFile: string;
  /** Beside that place, in the system's own pixels, where another window is there already. */
  readonly shift?: number;
}

export const mainWindow: OneWindow = { address: PAGE_ADDRESS, placeFile: 'window.json' };

/** Opens a window with our page; it shows itself when the page has something to show. */
export function openWindow(settings: WindowSettings, { address, placeFile, shift = 0 }: OneWindow): BrowserWindow {
  const stored = new StoredJson<Place | null>(join(settings.dataFolder, placeFile), (value) => {
    const parsed = placeSchema.safeParse(value);
    return parsed.success ? parsed.data : null;
  });
  const kept = stored.read();
  const place = kept === null ? null : { ...kept, x: kept.x + shift, y: kept.y + shift };
  const main = screen.getPrimaryDisplay();
  const displays = [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)];
  const bounds = windowBounds(
    place,
    displays.map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow(windowOptions({ ...settings, bounds, dark: nativeTheme.shouldUseDarkColors }));
  window.once('ready-to-show', () => {
    if (place?.maximized === true) window.maximize();
    window.show();
  });
  window.on('close', () => stored.write({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
  const follow = () => window.setBackgroundColor(groundColour(nativeTheme.shouldUseDarkColors));
  nativeTheme.on('updated', follow);
  window.once('closed', () => nativeTheme.off('updated', follow));
  void window.loadURL(address);
  return window;
}

/** Brings a window to the front. */
export function raiseWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
