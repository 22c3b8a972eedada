import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { NdiError } from '../../../../shared/model/errors.ts';

/** An address of nobody (RFC 5737): where it would be sent tells the network in use. No packet leaves. */
const NOWHERE = '192.0.2.1';

const LOOK_EVERY_MS = 3000;

/** The network to which transfers are kept, for as long as this process lives. */
export class KeptNetwork {
  readonly #now: () => Promise<string | null>;
  #kept: string | null = null;

  /** @param now names the network in use; null where there is none */
  constructor(now: () => Promise<string | null> = networkInUse) {
    this.#now = now;
  }

  get isKept(): boolean {
    return this.#kept !== null;
  }

  /** Keeps to the network that is in use now, or to none any more. */
  async keep(on: boolean): Promise<void> {
    this.#kept = on ? ((await this.#now()) ?? '') : null;
  }

  /** Looks every now and then, and tells when another network is in use. @returns the way to stop */
  watch(onElsewhere: () => void): () => void {
    const look = async () => {
      if (await this.isElsewhere()) onElsewhere();
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }

  /** Another network is in use than the kept one. */
  async isElsewhere(): Promise<boolean> {
    return this.#kept !== null && ((await this.#now()) ?? '') !== this.#kept;
  }
}

/** Why a transfer waits although a server could be reached. */
export function otherNetwork(): NdiError {
  return new NdiError({
    code: 'cloud.offline',
    message: 'Transfers are kept to another network than the one in use now.',
    recovery: 'They go on by themselves once that network is back; the list of transfers can let them use any.',
  });
}

/** Interface and network of the default route: `wlan0 192.168.1.0/24`; null without one. */
async function networkInUse(): Promise<string | null> {
  const address = await localAddress();
  if (address === null) return null;
  for (const [name, list = []] of Object.entries(networkInterfaces())) {
    const own = list.find((one) => one.address === address);
    if (own !== undefined) return `${name} ${maskedBy(own.address, own.netmask)} ${own.netmask}`;
  }
  return null;
}

function localAddress(): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (address: string | null) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => end(null));
    socket.connect(9, NOWHERE, () => end(socket.address().address));
  });
}

function maskedBy(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number);
  return address
    .split('.')
    .map((part, at) => Number(part) & (mask[at] ?? 0))
    .join('.');
}
