import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followViewsElsewhere, showViews } from './viewed-elsewhere.ts';
import { useViewedWindows, type Range, type ViewedWindow } from './viewed-windows.ts';

const others = vi.hoisted(() => ({
  heard: [] as unknown[],
  say: undefined as ((message: unknown) => void) | undefined,
}));
vi.mock('./window-channel.ts', () => ({
  tellWindows: (message: unknown) => others.heard.push(message),
  hearWindows: (listener: (message: unknown) => void) => {
    others.say = listener;
    return () => undefined;
  },
}));
vi.mock('./own-window.ts', () => ({ mainWindow: 'here', ownPanelWindow: null }));

beforeEach(() => void vi.stubGlobal('window', new EventTarget()));
afterEach(() => void vi.unstubAllGlobals());

const source = { path: '/a', device: 'intan1', epoch: 'e1' };
const other = (range: Range) => ({ id: 'v1', source, range });

it('shows the views of other windows as they move, and moves them', () => {
  const stop = followViewsElsewhere();
  expect(others.heard.at(-1)).toEqual({ type: 'whichViews' });
  others.say?.({ type: 'views', from: 'there', views: [other({ t0: 0, t1: 1 })] });
  const [view] = useViewedWindows.getState().windows;
  expect([view?.source, view?.range()]).toEqual([source, { t0: 0, t1: 1 }]);
  const moved = vi.fn();
  view?.subscribe(moved);
  others.say?.({ type: 'views', from: 'there', views: [other({ t0: 1, t1: 2 })] });
  expect(moved).toHaveBeenCalledOnce();
  expect(useViewedWindows.getState().windows).toEqual([view]);
  view?.goTo({ t0: 3, t1: 4 }, true);
  expect(others.heard.at(-1)).toEqual({
    ...{ type: 'moveView', window: 'there', view: 'v1' },
    ...{ range: { t0: 3, t1: 4 }, goesOn: true },
  });
  showViews('there', []);
  expect(useViewedWindows.getState().windows).toEqual([]);
  stop();
});

it('tells of its own views, never of those of others, and lets them be moved', () => {
  const stop = followViewsElsewhere();
  others.say?.({ type: 'views', from: 'there', views: [other({ t0: 0, t1: 1 })] });
  const goTo = vi.fn();
  const own: ViewedWindow = {
    ...{ source, goTo, range: () => ({ t0: 5, t1: 6 }), subscribe: () => () => undefined, timeOf: () => undefined },
  };
  useViewedWindows.setState(({ windows }) => ({ windows: [...windows, own] }));
  const said = others.heard.at(-1) as { views: { id: string }[] };
  expect(said).toEqual({
    ...{ type: 'views', from: 'here' },
    views: [{ id: expect.any(String) as string, source, range: { t0: 5, t1: 6 } }],
  });
  const move = { type: 'moveView', view: said.views[0]?.id, range: { t0: 0, t1: 1 }, goesOn: false };
  others.say?.({ ...move, window: 'there' });
  expect(goTo).not.toHaveBeenCalled();
  others.say?.({ ...move, window: 'here' });
  expect(goTo).toHaveBeenCalledExactlyOnceWith({ t0: 0, t1: 1 }, false);
  window.dispatchEvent(new Event('pagehide'));
  expect(others.heard.at(-1)).toEqual({ type: 'views', from: 'here', views: [] });
  stop();
  window.dispatchEvent(new Event('pagehide'));
  expect(others.heard.filter((said) => JSON.stringify(said).includes('"views":[]'))).toHaveLength(1);
});
