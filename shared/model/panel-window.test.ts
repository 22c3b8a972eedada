import { expect, it } from 'vitest';
import { panelWindowSearch, parsePanelWindow } from './panel-window.ts';

it('is said and read in the address of the page', () => {
  const window = { id: 'b1946ac9-2a2d-4f3a-9b1e-0d1b7d1c2d3e', main: 'desktop' };
  expect(parsePanelWindow(panelWindowSearch(window))).toEqual(window);
});

it('is a main window where the address says nothing, half of it, or what is no name', () => {
  for (const search of ['', '?token=1', '?window=a', '?of=b', '?window=a&of=', '?window=a/b&of=c', '?window=<x>&of=c'])
    expect(parsePanelWindow(search), search).toBeNull();
  expect(parsePanelWindow(`?window=${'a'.repeat(41)}&of=b`)).toBeNull();
});
