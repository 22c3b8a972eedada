/**
 * What travels between the test (which holds the browser) and the process in which the built main module runs on the
 * stand-in. Messages cross by Node's own channel in its structured form, so bytes stay bytes.
 */
export type FromMain =
  | { kind: 'open-window'; window: number }
  | { kind: 'load'; window: number; address: string }
  | { kind: 'close-window'; window: number }
  | { kind: 'to-page'; window: number; channel: string; args: unknown[]; ports: string[] }
  | PortMessage
  | { kind: 'answer'; id: number; value?: unknown; error?: string };

/** What the test asks of the main process; each call is answered. */
export interface Calls {
  request: { address: string; method: string };
  invoke: PageMessage;
  send: PageMessage;
  navigate: { window: number; address: string; isMainFrame: boolean };
  open: { window: number; address: string };
  close: { window: number };
  permission: { window: number; permission: string; address: string };
  loaded: { window: number };
  evaluate: { source: string; argument: unknown };
}

export interface PageMessage {
  window: number;
  channel: string;
  args: unknown[];
  address: string;
  isMainFrame: boolean;
}

export type ToMain =
  { [K in keyof Calls]: { kind: 'call'; id: number; name: K; given: Calls[K] } }[keyof Calls] | PortMessage;

/** A message through a port whose two ends lie in two processes, or (`data` missing) its end. */
export interface PortMessage {
  kind: 'port';
  port: string;
  data?: unknown;
  closed?: boolean;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** The page lies at this address in the browser of the tests, which has no scheme of ours. */
const IN_BROWSER = 'https://ndi.test';
const IN_ELECTRON = 'app://ndi';

export function toBrowser(address: string): string {
  return address.startsWith(IN_ELECTRON) ? IN_BROWSER + address.slice(IN_ELECTRON.length) : address;
}

export function toElectron(address: string): string {
  return address.startsWith(IN_BROWSER) ? IN_ELECTRON + address.slice(IN_BROWSER.length) : address;
}
