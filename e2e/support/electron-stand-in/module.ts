// What `import … from 'electron'` gives in the tests: the part of Electron that the application uses, and no more, so
// that a new use fails here before it is tried on the real thing.
import { EventEmitter } from 'node:events';

export { app } from './application.ts';
export { MessageChannelMain } from './ports.ts';
export { protocol, session } from './session.ts';
export { utilityProcess } from './utility-process.ts';
export { BrowserWindow } from './windows.ts';
export { Menu } from './menu.ts';
export { Notification } from './notification.ts';

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, (event: object, ...args: unknown[]) => unknown>();

  handle(channel: string, handler: (event: object, ...args: unknown[]) => unknown): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();

class NativeTheme extends EventEmitter {
  #source = 'system';
  get themeSource(): string {
    return this.#source;
  }
  set themeSource(source: string) {
    this.#source = source;
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}
export const nativeTheme = new NativeTheme();

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };

/** Seals by turning the bytes round, so that a test sees what was sealed and what was not. */
export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text).reverse()),
  decryptStringAsync: (sealed: Buffer) =>
    Promise.resolve({ result: Buffer.from(sealed).reverse().toString(), shouldReEncrypt: false }),
};

const unexpected = (name: string) => () => Promise.reject(new Error(`${name} was not expected in this test.`));
/** Tests put their own answers in the place of these. */
export const dialog = {
  showOpenDialog: unexpected('dialog.showOpenDialog'),
  showSaveDialog: unexpected('dialog.showSaveDialog'),
};
export const shell = { openExternal: unexpected('shell.openExternal') };
