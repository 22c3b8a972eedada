import type { BrowserWindowConstructorOptions } from 'electron';
import { SMALLEST, type Rectangle } from './window-bounds.ts';

export interface WindowFacts {
  readonly bounds: Partial<Rectangle>;
  readonly dark: boolean;
  /** Path of the bundled preload script. */
  readonly preload: string;
  /** Path of the window's icon; null where the program itself carries it. */
  readonly icon: string | null;
  readonly developer: boolean;
}

/** The colour of an empty window: the page's `--ndi-background` in the same theme, so that nothing flashes. */
export function groundColour(dark: boolean): string {
  return dark ? '#15181c' : '#f4f5f7';
}

/** Options of the window. What concerns safety is said even where it is Electron's default: see docs/security.md. */
export function windowOptions(facts: WindowFacts): BrowserWindowConstructorOptions {
  return {
    ...facts.bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'NDI Desktop',
    backgroundColor: groundColour(facts.dark),
    ...(facts.icon === null ? {} : { icon: facts.icon }),
    webPreferences: {
      preload: facts.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: facts.developer,
    },
  };
}
