import * as electron from './module.ts';
import { windowOf } from './windows.ts';
import type { Calls, PageMessage, WireResponse } from './wire.ts';

/** What the test may ask of the main process, as the browser meets it: requests, messages, attempts. */
export const calls: { [K in keyof Calls]: (given: Calls[K]) => unknown } = {
  async request({ address, method }): Promise<WireResponse> {
    const scheme = new URL(address).protocol.slice(0, -1);
    const handler = electron.session.defaultSession.protocol.handlers.get(scheme);
    if (handler === undefined) throw new Error(`Nobody handles ${scheme}.`);
    const response = await handler(new Request(address, { method }));
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  },
  invoke(message) {
    const handler = electron.ipcMain.handlers.get(message.channel);
    if (handler === undefined) throw new Error(`No handler registered for '${message.channel}'`);
    return handler(eventOf(message), ...message.args);
  },
  send(message) {
    electron.ipcMain.emit(message.channel, eventOf(message), ...message.args);
  },
  navigate({ window, address, isMainFrame }) {
    const allowed = windowOf(window).webContents.mayNavigate(address, isMainFrame);
    if (allowed) windowOf(window).webContents.setAddress(address);
    return allowed;
  },
  open({ window, address }) {
    return windowOf(window).webContents.mayOpen(address);
  },
  close({ window }) {
    windowOf(window).close();
  },
  permission({ window, permission, address }) {
    const details = { requestingUrl: address, isMainFrame: true };
    return electron.session.defaultSession.check(windowOf(window).webContents, permission, address, details);
  },
  loaded({ window }) {
    windowOf(window).emit('ready-to-show');
  },
  async evaluate({ source, argument }) {
    // The same text that Playwright would send into Electron.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- a function of the test
    const run = new Function(`return (${source});`)() as (module: object, argument: unknown) => unknown;
    return await run(electron, argument);
  },
};

function eventOf({ window, address, isMainFrame }: PageMessage) {
  return {
    sender: windowOf(window).webContents,
    senderFrame: { url: address, parent: isMainFrame ? null : {} },
  };
}
