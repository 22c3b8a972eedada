import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { NdiHost } from '../../../shared/contract/host.ts';
import { awayWindow, useAway } from '../../state/away.ts';
import { useMessages } from '../../state/messages.ts';
import type { OpenPanel } from '../../state/panels.ts';
import type { WindowMessage } from '../../state/window-channel.ts';
import { AwayPanels } from './away-panels.ts';

/** The other windows: what they hear, the way to speak as one, and the way to end one. */
const others = vi.hoisted(() => ({
  heard: [] as unknown[],
  say: undefined as ((message: unknown) => void) | undefined,
  end: new Map<string, () => void>(),
}));

vi.mock('../../state/window-channel.ts', () => ({
  tellWindows: (message: unknown) => others.heard.push(message),
  hearWindows: (listener: (message: unknown) => void) => {
    others.say = listener;
    return () => undefined;
  },
}));
vi.mock('../../state/own-window.ts', () => ({
  mainWindow: 'm',
  ownPanelWindow: null,
  stand: () => Promise.resolve(),
  panelWindowGone: (id: string) => new Promise<void>((resolve) => others.end.set(id, resolve)),
}));

const traces: OpenPanel = { id: 'traces:/a', kind: 'traces', params: { source: { path: '/a' } } };
const jobs: OpenPanel = { id: 'jobs', kind: 'jobs', params: {} };

/** A dock with the panels that it holds, in order. */
function dockOf(...panels: OpenPanel[]) {
  const held = new Map(panels.map((panel) => [panel.id, panel]));
  const put = (panel: OpenPanel) => void held.set(panel.id, panel);
  return {
    held,
    panel: (id: string) => held.get(id),
    open: put,
    keepParams: put,
    close: (id: string) => void held.delete(id),
    fit: () => undefined,
  };
}

const opened: string[] = [];
const say = async (message: Extract<WindowMessage, { main: string }>) => {
  others.say?.(message);
  // What it sets going goes on in microtasks.
  await vi.waitFor(() => undefined);
};

let dock: ReturnType<typeof dockOf>;
let away: AwayPanels;

beforeEach(() => {
  globalThis.ndiHost = {
    openPanelWindow: ({ id }: { id: string }) => opened.push(id),
    raiseWindow: () => undefined,
  } as unknown as NdiHost;
  others.heard.length = 0;
  others.end.clear();
  opened.length = 0;
  useAway.setState({ windows: {} });
  useMessages.setState({ messages: [] });
  dock = dockOf(traces, jobs);
  away = new AwayPanels(dock);
});
afterEach(() => {
  away.stop();
  globalThis.ndiHost = undefined;
});

/** Moves the traces to a window, which then shows them. */
async function moveOut(): Promise<string> {
  away.moveOut(traces.id);
  const window = opened.at(-1) ?? '';
  expect(awayWindow(traces.id)).toBeUndefined();
  await say({ type: 'stands', main: 'm', window, panels: [] });
  await vi.waitFor(() => expect(others.heard).toContainEqual({ type: 'show', window, panels: [traces] }));
  await vi.waitFor(() => expect(others.end.has(window)).toBe(true));
  return window;
}

it('hands a panel over when its window stands, and keeps its place', async () => {
  const window = await moveOut();
  expect(awayWindow(traces.id)).toBe(window);
  expect([...dock.held.keys()]).toEqual([traces.id, jobs.id]);
  const moved: OpenPanel = { ...traces, params: { source: { path: '/a' }, toSpan: true } };
  await say({ type: 'shows', main: 'm', window, panels: [moved] });
  expect(dock.held.get(traces.id)).toEqual(moved);
});

it('takes back what a window gives, and what one leaves behind that has crashed', async () => {
  const first = await moveOut();
  const extra: OpenPanel = { id: 'settings', kind: 'settings', params: {} };
  await say({ type: 'shows', main: 'm', window: first, panels: [traces, extra] });
  await say({ type: 'back', main: 'm', window: first, panels: [traces] });
  expect(awayWindow(traces.id)).toBeUndefined();
  expect(dock.held.has(extra.id)).toBe(false);
  await say({ type: 'leaves', main: 'm', window: first, rows: [] });
  others.end.get(first)?.();
  await vi.waitFor(() => expect(dock.held.has(extra.id)).toBe(true));
  expect(useMessages.getState().messages).toEqual([]);

  const second = await moveOut();
  others.end.get(second)?.();
  await vi.waitFor(() => expect(awayWindow(traces.id)).toBeUndefined());
  expect(useMessages.getState().messages.map(({ title }) => title)).toEqual(['A window has stopped']);
});

it('closes a panel in both windows, wherever it was closed', async () => {
  const first = await moveOut();
  await say({ type: 'shows', main: 'm', window: first, panels: [] });
  expect([...dock.held.keys()]).toEqual([jobs.id]);
  dock.open(traces);
  const second = await moveOut();
  away.closed(traces.id);
  expect(others.heard.at(-1)).toEqual({ type: 'close', window: second, panel: traces.id });
  expect(awayWindow(traces.id)).toBeUndefined();
});

it('ends windows that have nothing to show, and takes those over that stood before it', async () => {
  await say({ type: 'stands', main: 'm', window: 'w1', panels: [] });
  expect(others.heard.at(-1)).toEqual({ type: 'end', window: 'w1' });
  away.moveOut(traces.id);
  away.moveOut(traces.id);
  await say({ type: 'stands', main: 'm', window: opened[0] ?? '', panels: [] });
  await say({ type: 'stands', main: 'm', window: opened[1] ?? '', panels: [] });
  expect(others.heard).toContainEqual({ type: 'end', window: opened[1] });

  await say({ type: 'stands', main: 'm', window: 'w2', panels: [jobs] });
  expect(awayWindow(jobs.id)).toBe('w2');
  await say({ type: 'stands', main: 'another', window: 'w3', panels: [jobs] });
  expect(awayWindow(jobs.id)).toBe('w2');
});
