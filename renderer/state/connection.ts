import { create } from 'zustand';
import { DATA_PORT_MESSAGE } from '../../shared/contract/host.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { t } from '../texts/translate.ts';
import { openWire, type Link } from './wire.ts';

export interface ConnectionState {
  /** `lost` after a connection broke or could not be made; it is tried again until it stands. */
  readonly status: 'connecting' | 'connected' | 'lost';
  /** Counts the connections made: whoever subscribes to streams starts them again when it grows. */
  readonly generation: number;
}

export const useConnection = create<ConnectionState>()(() => ({ status: 'connecting', generation: 0 }));

/** How long a call waits for a connection before it fails. */
const CALL_WAIT_MS = 8000;
/** First and longest pause between two tries to connect. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

let link: Link | undefined;
let pause = FIRST_PAUSE_MS;
let started = false;
let retryTimer: ReturnType<typeof setTimeout> | undefined;

/** Connects to the data process and keeps the connection: a broken one is made again, with growing pauses. */
export function startConnection(): void {
  if (started) return;
  started = true;
  connect();
}

/** Tries again at once, for the impatient. */
export function reconnectNow(): void {
  if (useConnection.getState().status === 'connected') return;
  clearTimeout(retryTimer);
  connect();
}

/** The link to the data process, when there is one; waits a while for it. Fails with `door.unreachable`. */
export async function connectedLink(signal?: AbortSignal): Promise<Link> {
  startConnection();
  return link ?? (await nextLink(signal));
}

/** Whether `used` still leads to the data process. */
export function isCurrent(used: Link): boolean {
  return used === link;
}

export function unreachable(cause?: unknown): NdiError {
  return new NdiError({
    code: 'door.unreachable',
    message: t('The data process is not reachable.'),
    recovery: t('The application keeps trying; if it lasts, start it again.'),
    cause,
  });
}

function nextLink(signal?: AbortSignal): Promise<Link> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      unsubscribe();
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = () => {
      finish(() => {
        reject(signal?.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'));
      });
    };
    const giveUp = () => {
      // The first connection of a window may take its time; whether it failed is told for certain.
      if (useConnection.getState().status === 'connecting') timer = setTimeout(giveUp, CALL_WAIT_MS);
      else
        finish(() => {
          reject(unreachable());
        });
    };
    let timer = setTimeout(giveUp, CALL_WAIT_MS);
    const unsubscribe = useConnection.subscribe(({ status }) => {
      const made = link;
      if (status !== 'connected' || made === undefined) return;
      finish(() => {
        resolve(made);
      });
    });
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) onAbort();
  });
}

function connect(): void {
  if (globalThis.ndiHost === undefined) connectSocket();
  else connectPort();
}

function connectSocket(): void {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`);
  socket.binaryType = 'arraybuffer';
  const wire = openWire((message) => socket.send(message as string));
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => wire.received(data));
  socket.addEventListener('open', () => {
    connected(wire.link);
  });
  socket.addEventListener('close', () => {
    wire.closed();
    lost(wire.link);
  });
}

/** The desktop's main process answers a request with a port, as a message to the window. */
function connectPort(): void {
  const onMessage = (event: MessageEvent) => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== DATA_PORT_MESSAGE || port === undefined) return;
    window.removeEventListener('message', onMessage);
    const wire = openWire((message) => port.postMessage(message));
    port.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => wire.received(data));
    const end = () => {
      stop?.();
      wire.closed();
      lost(wire.link);
    };
    // A port tells when its other end closes; of a process that has died, the desktop tells for certain.
    const stop = globalThis.ndiHost?.onDataProcessRestart(end);
    port.addEventListener('close', end);
    port.start();
    connected(wire.link);
  };
  window.addEventListener('message', onMessage);
  globalThis.ndiHost?.requestPort();
}

function connected(made: Link): void {
  link = made;
  pause = FIRST_PAUSE_MS;
  useConnection.setState(({ generation }) => ({ status: 'connected', generation: generation + 1 }));
}

function lost(made: Link): void {
  if (link !== undefined && link !== made) return;
  link = undefined;
  useConnection.setState({ status: 'lost' });
  clearTimeout(retryTimer);
  retryTimer = setTimeout(connect, pause);
  pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
}
