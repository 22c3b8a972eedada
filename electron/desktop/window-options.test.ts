import { describe, expect, it } from 'vitest';
import { windowOptions } from './window-options.ts';

const facts = { bounds: { width: 1000, height: 700 }, dark: false, preload: '/p.cjs', icon: null, developer: false };

describe('windowOptions', () => {
  it('shuts the page into a sandbox without Node', () => {
    const { webPreferences } = windowOptions(facts);
    expect(webPreferences).toEqual({
      preload: '/p.cjs',
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
      devTools: false,
    });
  });

  it('keeps the window hidden until there is something to show, in the colour of the theme', () => {
    expect(windowOptions(facts)).toMatchObject({ show: false, backgroundColor: '#ffffff', width: 1000, height: 700 });
    expect(windowOptions({ ...facts, dark: true }).backgroundColor).toBe('#1a1b1e');
  });
});
