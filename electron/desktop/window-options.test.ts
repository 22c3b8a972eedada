import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groundColour, windowOptions } from './window-options.ts';

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
    expect(windowOptions(facts)).toMatchObject({ show: false, backgroundColor: '#f4f5f7', width: 1000, height: 700 });
    expect(windowOptions({ ...facts, dark: true }).backgroundColor).toBe('#15181c');
  });

  it('has the colours of the page', () => {
    const tokens = readFileSync(new URL('../../renderer/style/tokens.css', import.meta.url), 'utf8');
    const backgrounds = [...tokens.matchAll(/--ndi-background: (#\w+)/g)].map(([, colour]) => colour);
    expect(backgrounds).toEqual([groundColour(false), groundColour(true)]);
  });
});
