import { flushSync } from 'react-dom';
import { panelWindowSearch } from '../../../shared/model/panel-window.ts';
import { awayWindow, useAway } from '../../state/away.ts';
import { saveViewState, viewStatesStored } from '../../state/cache/database.ts';
import { saveAllNow } from '../../state/cache/late-save.ts';
import { showMessage } from '../../state/messages.ts';
import { mainWindow, panelWindowGone, stand } from '../../state/own-window.ts';
import type { OpenPanel } from '../../state/panels.ts';
import { showViews } from '../../state/viewed-elsewhere.ts';
import { hearWindows, tellWindows, type WindowMessage } from '../../state/window-channel.ts';
import { t } from '../../texts/translate.ts';

/** What the dock does for panels that go and come back. */
export interface AwayDock {
  panel(id: string): OpenPanel | undefined;
  /** Shows a panel, with these parameters, where it was or anew. */
  open(panel: OpenPanel): void;
  keepParams(panel: OpenPanel): void;
  close(id: string): void;
  /** Panels have gone or come back: what is empty takes no room. */
  fit(): void;
}

/** The windows that this page has opened, where the browser lets a page hold them. */
const handles = new Map<string, Window>();

/** CSS pixels. */
const SIZE = { width: 1000, height: 700 };

type FromWindow = Extract<WindowMessage, { readonly main: string; readonly window: string }>;

/**
 * The panels of this main window that stand in windows of their own. In the dock each keeps its place, with a note where
 * its content was: so the kept layout holds it there, and it comes back there when its window goes, however it goes.
 */
export class AwayPanels {
  readonly #dock: AwayDock;
  readonly #stop: () => void;
  /** Windows that were asked for, with the panel that each is to show. */
  readonly #expected = new Map<string, string>();
  /** What each window shows. */
  readonly #shown = new Map<string, readonly OpenPanel[]>();
  readonly #left = new Set<string>();
  #stopped = false;

  constructor(dock: AwayDock) {
    this.#dock = dock;
    this.#stop = hearWindows((message) => {
      if ('window' in message && 'main' in message && message.main === mainWindow) void this.#hear(message);
    });
    void stand().then(() => tellWindows({ type: 'main', main: mainWindow }));
  }

  stop(): void {
    this.#stopped = true;
    this.#stop();
  }

  /** Opens a window for a panel; the panel goes there when the window stands. */
  moveOut(panelId: string): void {
    const id = crypto.randomUUID();
    this.#expected.set(id, panelId);
    if (globalThis.ndiHost !== undefined) {
      globalThis.ndiHost.openPanelWindow({ id, main: mainWindow });
      return;
    }
    const search = panelWindowSearch({ id, main: mainWindow });
    const handle = window.open(`./${search}`, id, `popup,width=${SIZE.width},height=${SIZE.height}`);
    if (handle !== null) {
      handles.set(id, handle);
      return;
    }
    this.#expected.delete(id);
    showMessage({
      tone: 'problem',
      title: t('The browser did not open a window'),
      text: t('Allow this page to open windows, then move the panel again.'),
    });
  }

  /** Takes a panel back from its window. */
  moveBack(panelId: string): void {
    const window = awayWindow(panelId);
    if (window !== undefined) tellWindows({ type: 'return', window, panel: panelId });
  }

  /** Asks something of a panel that is away, where it is. */
  open(panel: OpenPanel): void {
    const window = awayWindow(panel.id);
    if (window !== undefined) tellWindows({ type: 'show', window, panels: [panel] });
  }

  /** Brings the window of a panel to the front. */
  raise(panelId: string): void {
    const window = awayWindow(panelId);
    if (window === undefined) return;
    if (globalThis.ndiHost === undefined) handles.get(window)?.focus();
    else globalThis.ndiHost.raiseWindow(window);
  }

  /** A person has closed a panel here: it closes in its window, too. */
  closed(panelId: string): void {
    const window = awayWindow(panelId);
    if (window === undefined) return;
    tellWindows({ type: 'close', window, panel: panelId });
    this.#setAway({ [panelId]: undefined });
  }

  async #hear(message: FromWindow): Promise<void> {
    switch (message.type) {
      case 'stands':
        await this.#onStands(message.window, message.panels);
        break;
      case 'shows':
        this.#onShows(message.window, message.panels);
        break;
      case 'back':
        this.#takeBack(message.window, message.panels);
        break;
      case 'leaves':
        this.#left.add(message.window);
        await Promise.all(message.rows.map(({ key, version, value }) => saveViewState(key, version, value)));
    }
  }

  async #onStands(window: string, panels: readonly OpenPanel[]): Promise<void> {
    const expected = this.#expected.get(window);
    this.#expected.delete(window);
    const own = expected === undefined ? panels : this.#panelFor(expected);
    if (own.length === 0) {
      tellWindows({ type: 'end', window });
      return;
    }
    this.#setAway(Object.fromEntries(own.flatMap(({ id }) => (this.#dock.panel(id) ? [[id, window]] : []))));
    if (expected !== undefined) {
      // What the panel showed last was kept as it went; the window reads it.
      saveAllNow();
      await viewStatesStored();
      tellWindows({ type: 'show', window, panels: own.map((panel) => this.#dock.panel(panel.id) ?? panel) });
    }
    if (!this.#shown.has(window)) void panelWindowGone(window).then(() => this.#onGone(window));
    this.#shown.set(window, own);
  }

  /** None for a window that was asked for twice, was loaded again, or whose panel was closed meanwhile. */
  #panelFor(id: string): readonly OpenPanel[] {
    const panel = awayWindow(id) === undefined ? this.#dock.panel(id) : undefined;
    return panel === undefined ? [] : [panel];
  }

  #onShows(window: string, panels: readonly OpenPanel[]): void {
    const before = this.#shown.get(window);
    if (before === undefined) return;
    this.#shown.set(window, panels);
    for (const panel of panels) if (awayWindow(panel.id) === window) this.#dock.keepParams(panel);
    for (const { id } of before) {
      if (awayWindow(id) !== window || panels.some((panel) => panel.id === id)) continue;
      this.#setAway({ [id]: undefined });
      this.#dock.close(id);
    }
  }

  #takeBack(window: string, panels: readonly OpenPanel[]): void {
    const ids = new Set(panels.map(({ id }) => id));
    this.#shown.set(
      window,
      (this.#shown.get(window) ?? []).filter(({ id }) => !ids.has(id)),
    );
    this.#setAway(Object.fromEntries([...ids].map((id) => [id, undefined])));
    for (const panel of panels) this.#dock.open(panel);
  }

  #onGone(window: string): void {
    handles.delete(window);
    showViews(window, []);
    if (this.#stopped) return;
    const panels = this.#shown.get(window) ?? [];
    this.#takeBack(window, panels);
    this.#shown.delete(window);
    if (!this.#left.delete(window)) {
      showMessage({ tone: 'problem', title: t('A window has stopped'), text: t('Its panels are here again.') });
    }
  }

  /** At once: what goes keeps what it shows before anybody else reads it. */
  #setAway(changed: Readonly<Record<string, string | undefined>>): void {
    const windows = Object.entries({ ...useAway.getState().windows, ...changed });
    const known = windows.filter((entry): entry is [string, string] => entry[1] !== undefined);
    flushSync(() => useAway.setState({ windows: Object.fromEntries(known) }));
    this.#dock.fit();
  }
}
