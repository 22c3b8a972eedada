import { EventEmitter } from 'node:events';
import { toTest } from './main-wire.ts';
import { PortRelay, type MessagePortMain } from './ports.ts';
import { app } from './application.ts';

type Options = {
  webPreferences?: object;
  show?: boolean;
  backgroundColor?: string;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
};
type OpenHandler = (details: { url: string }) => { action: string };

const windows = new Map<number, BrowserWindow>();

export const pagePorts = new PortRelay((message) => toTest.post(message));

export class WebContents extends EventEmitter {
  readonly id: number;
  readonly #preferences: object;
  #address = '';
  #openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(id: number, preferences: object) {
    super();
    this.id = id;
    this.#preferences = preferences;
  }

  getLastWebPreferences(): object {
    return this.#preferences;
  }

  getURL(): string {
    return this.#address;
  }

  setAddress(address: string): void {
    this.#address = address;
  }

  send(channel: string, ...args: unknown[]): void {
    toTest.post({ kind: 'to-page', window: this.id, channel, args, ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    const ports = transfer.map((port) => pagePorts.send(port));
    toTest.post({ kind: 'to-page', window: this.id, channel, args: [message], ports });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** Whether the application lets the page open an address in a new window. */
  mayOpen(address: string): boolean {
    return this.#openHandler({ url: address }).action === 'allow';
  }

  /** Whether the application lets a frame of the page go to an address. */
  mayNavigate(address: string, isMainFrame: boolean): boolean {
    const event = { prevented: false, preventDefault: () => void (event.prevented = true) };
    this.emit('will-frame-navigate', Object.assign(event, { url: address, isMainFrame }));
    return !event.prevented;
  }
}

export class BrowserWindow extends EventEmitter {
  static #count = 0;
  static #focused: BrowserWindow | null = null;
  readonly id: number = (BrowserWindow.#count += 1);
  readonly webContents: WebContents;
  readonly #options: Options;
  #colour: string;
  #visible: boolean;
  #maximized = false;
  #minimized = false;
  #destroyed = false;

  constructor(options: Options = {}) {
    super();
    this.#options = options;
    this.#visible = options.show !== false;
    this.#colour = options.backgroundColor ?? '#ffffff';
    this.webContents = new WebContents(this.id, options.webPreferences ?? {});
    windows.set(this.id, this);
    toTest.post({ kind: 'open-window', window: this.id });
    app.emit('web-contents-created', {}, this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.#focused;
  }

  loadURL(address: string): Promise<void> {
    this.webContents.setAddress(address);
    toTest.post({ kind: 'load', window: this.id, address });
    return Promise.resolve();
  }

  show(): void {
    this.#visible = true;
    this.emit('show');
    this.focus();
  }
  isVisible(): boolean {
    return this.#visible;
  }
  focus(): void {
    BrowserWindow.#focused = this;
    this.emit('focus');
    app.emit('browser-window-focus', {}, this);
  }
  blur(): void {
    BrowserWindow.#focused = null;
    this.emit('blur');
  }
  minimize(): void {
    this.#minimized = true;
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  restore(): void {
    this.#minimized = false;
  }
  maximize(): void {
    this.#maximized = true;
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  setBackgroundColor(colour: string): void {
    this.#colour = colour;
  }
  getBackgroundColor(): string {
    return this.#colour.toUpperCase();
  }
  getNormalBounds() {
    const { x = 40, y = 40, width = 800, height = 600 } = this.#options;
    return { x, y, width, height };
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }

  close(): void {
    if (this.#destroyed) return;
    this.emit('close', { preventDefault: () => {} });
    this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this.id);
    if (BrowserWindow.#focused === this) BrowserWindow.#focused = null;
    toTest.post({ kind: 'close-window', window: this.id });
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
  }
}

export function windowOf(id: number): BrowserWindow {
  const window = windows.get(id);
  if (window === undefined) throw new Error(`Window ${id} is closed.`);
  return window;
}

export function closeAllWindows(): void {
  for (const window of windows.values()) window.close();
}
