/** What the browser's page calls in the test; `given` and the answer are JSON. */
type PageCall = (name: string, given: unknown) => Promise<unknown>;

/** Name of the call from the page into the test. */
export const PAGE_CALL = '__standInCall';
/** Name of the function by which the test reaches the page. */
export const PAGE_HEAR = '__standInHear';

export type PageNews =
  | { kind: 'message'; channel: string; args: unknown[]; ports: string[] }
  | { kind: 'port'; port: string; data?: unknown; closed?: boolean };

/**
 * Runs in the page before its own scripts: gives the built preload script an `electron` of its own (it stays inside
 * this function, as it stays in another world in Electron) and carries ports over the call into the test.
 * Sent to the browser as text, so it may use nothing from outside.
 */
export function preparePage(given: { preload: string; call: string; hear: string }): void {
  const page = window as unknown as Record<string, unknown>;
  const call = page[given.call] as PageCall;
  const isMainFrame = window === window.top;
  const ports = new Map<string, MessagePort>();
  const listeners = new Map<string, Set<(...args: unknown[]) => void>>();

  const pack = (data: unknown) =>
    data instanceof Uint8Array || data instanceof ArrayBuffer
      ? { bytes: btoa(Array.from(new Uint8Array(data as ArrayBuffer), (byte) => String.fromCharCode(byte)).join('')) }
      : { plain: data };
  const unpack = (data: { bytes?: string; plain?: unknown }) =>
    data.bytes === undefined ? data.plain : Uint8Array.from(atob(data.bytes), (letter) => letter.charCodeAt(0));

  const receivePort = (name: string) => {
    const { port1, port2 } = new MessageChannel();
    ports.set(name, port1);
    port1.onmessage = (event) => void call('port', { port: name, data: pack(event.data) });
    port1.addEventListener('close', () => void call('port', { port: name, closed: true }));
    return port2;
  };

  const hear = (news: PageNews) => {
    if (news.kind === 'port') {
      const port = ports.get(news.port);
      if (news.closed === true) port?.close();
      else port?.postMessage(unpack(news.data as { bytes?: string; plain?: unknown }));
      return;
    }
    const event = { ports: news.ports.map(receivePort) };
    for (const listener of listeners.get(news.channel) ?? []) listener(event, ...news.args);
  };
  Object.defineProperty(window, given.hear, { value: hear });

  const listenersOf = (channel: string) => listeners.get(channel) ?? new Set();
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) => call('invoke', { channel, args }),
    send: (channel: string, ...args: unknown[]) => void call('send', { channel, args }),
    on: (channel: string, listener: () => void) => void listeners.set(channel, listenersOf(channel).add(listener)),
    off: (channel: string, listener: () => void) => void listenersOf(channel).delete(listener),
  };

  /** What may pass Electron's context bridge: plain values, and functions that give such values. */
  const pass = (value: unknown): unknown => {
    if (typeof value === 'function')
      return (...args: unknown[]) => pass((value as (...all: unknown[]) => unknown)(...args));
    if (typeof value !== 'object' || value === null || value instanceof Promise) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) throw new Error('This cannot pass the context bridge.');
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, part]) => [name, pass(part)])));
  };
  const contextBridge = {
    exposeInMainWorld: (name: string, api: unknown) => Object.defineProperty(window, name, { value: pass(api) }),
  };
  const webUtils = { getPathForFile: () => '' };

  if (isMainFrame) {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the preload script, as text
    const load = new Function('require', 'process', given.preload) as (require: unknown, process: unknown) => void;
    load(() => ({ contextBridge, ipcRenderer, webUtils }), { platform: 'linux', sandboxed: true });
  }

  // New windows and permissions are Electron's to judge, and it closes the windows.
  window.close = () => void call('close', {});
  window.open = (address) => {
    void call('open', { address: new URL(String(address), location.href).href });
    return null;
  };
  document.addEventListener(
    'click',
    (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[target=_blank]') : null;
      if (link === null) return;
      event.preventDefault();
      window.open((link as HTMLAnchorElement).href);
    },
    true,
  );
  Permissions.prototype.query = async ({ name }) => {
    const isGranted = await call('permission', { permission: name });
    return { name, state: isGranted === true ? 'granted' : 'denied', onchange: null } as unknown as PermissionStatus;
  };
}
