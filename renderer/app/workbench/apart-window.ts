import { flushSync } from 'react-dom';
import type { PanelWindow } from '../../../shared/model/panel-window.ts';
import { useAway } from '../../state/away.ts';
import { rowsUnderWay, viewStatesStored } from '../../state/cache/database.ts';
import { saveAllNow } from '../../state/cache/late-save.ts';
import { mainWindow, mainWindowStands, stand } from '../../state/own-window.ts';
import { usePanels, type OpenPanel, type PanelHost } from '../../state/panels.ts';
import { hearWindows, tellWindows, type WindowMessage } from '../../state/window-channel.ts';

/** Outlives the dock, which is drawn anew in another language. */
let shown: readonly OpenPanel[] = [];

/** This window for panels of a main window: it shows what it is told, and says what it shows. */
export class ApartWindow {
  readonly #window: string;
  readonly #host: PanelHost;
  readonly #stops: readonly (() => void)[];

  constructor(own: PanelWindow, host: PanelHost) {
    this.#window = own.id;
    this.#host = host;
    for (const panel of shown) host.open(panel, {});
    const onLeave = () => this.#leave();
    window.addEventListener('pagehide', onLeave);
    this.#stops = [
      hearWindows((message) => this.#hear(message)),
      usePanels.subscribe(({ panels }, before) => {
        if (panels !== before.panels) this.#onPanels(panels);
      }),
      () => window.removeEventListener('pagehide', onLeave),
    ];
    void this.#join();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /** Gives a panel back; the window closes with its last one. */
  async moveBack(panelId: string): Promise<void> {
    if (!(await mainWindowStands())) {
      // Somebody has closed it: this one becomes it, and has the kept layout with the panel in its place.
      becomeMainWindow();
      return;
    }
    hideContent([panelId]);
    saveAllNow();
    await viewStatesStored();
    const panel = usePanels.getState().panels.find(({ id }) => id === panelId);
    if (panel === undefined) return;
    this.#say('back', [panel]);
    raiseMain();
    this.#host.close(panelId);
    hideContent([]);
  }

  async #join(): Promise<void> {
    await stand();
    // A browser that starts again may show this page without the one that it belonged to.
    if (await mainWindowStands()) this.#say('stands', shown);
    else becomeMainWindow();
  }

  #hear(message: WindowMessage): void {
    if (message.type === 'main' && message.main === mainWindow) this.#say('stands', shown);
    if (!('window' in message) || message.window !== this.#window) return;
    if (message.type === 'show') for (const panel of message.panels) this.#host.open(panel, {});
    else if (message.type === 'close') this.#host.close(message.panel);
    else if (message.type === 'return') void this.moveBack(message.panel);
    else if (message.type === 'end') window.close();
  }

  #onPanels(panels: readonly OpenPanel[]): void {
    const before = shown;
    shown = panels;
    if (before.length === 0) return;
    this.#say('shows', panels);
    if (panels.length === 0) window.close();
  }

  #say(type: 'stands' | 'shows' | 'back', panels: readonly OpenPanel[]): void {
    tellWindows({ type, main: mainWindow, window: this.#window, panels });
  }

  /** What is shown keeps its view; what is not stored in time goes along. */
  #leave(): void {
    hideContent(shown.map(({ id }) => id));
    saveAllNow();
    tellWindows({ type: 'leaves', main: mainWindow, window: this.#window, rows: rowsUnderWay() });
  }
}

/** A panel keeps what it shows when its content goes: these have none from now on, the others have theirs. */
function hideContent(ids: readonly string[]): void {
  flushSync(() => useAway.setState({ windows: Object.fromEntries(ids.map((id) => [id, mainWindow])) }));
}

function raiseMain(): void {
  if (globalThis.ndiHost !== undefined) globalThis.ndiHost.raiseWindow(null);
  else (window.opener as Window | null)?.focus();
}

function becomeMainWindow(): void {
  location.replace('./');
}
