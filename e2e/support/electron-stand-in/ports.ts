import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { PortMessage } from './wire.ts';

/** Electron's port of the main and utility processes: events of Node, nothing delivered before `start`. */
export class MessagePortMain extends EventEmitter {
  readonly native: MessagePort;

  constructor(native: MessagePort) {
    super();
    this.native = native;
    native.on('close', () => this.emit('close'));
  }

  start(): void {
    this.native.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  postMessage(message: unknown): void {
    this.native.postMessage(message);
  }

  close(): void {
    this.native.close();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const channel = new MessageChannel();
    this.port1 = new MessagePortMain(channel.port1);
    this.port2 = new MessagePortMain(channel.port2);
  }
}

let count = 0;

/** Carries ports over a channel between two processes: each message goes with the name of its port. */
export class PortRelay {
  readonly #post: (message: PortMessage) => void;
  readonly #ports = new Map<string, MessagePort>();

  constructor(post: (message: PortMessage) => void) {
    this.#post = post;
  }

  /** Takes a port that is sent away; gives the name under which the other side finds it. */
  send(port: MessagePortMain): string {
    const name = `${process.pid}-${(count += 1)}`;
    this.#attach(name, port.native);
    return name;
  }

  /** The port that the other side has sent. */
  receive(name: string): MessagePortMain {
    const { port1, port2 } = new MessageChannel();
    this.#attach(name, port1);
    return new MessagePortMain(port2);
  }

  hear({ port, data, closed }: PortMessage): void {
    if (closed === true) this.#ports.get(port)?.close();
    else this.#ports.get(port)?.postMessage(data);
  }

  closeAll(): void {
    for (const port of this.#ports.values()) port.close();
  }

  #attach(name: string, port: MessagePort): void {
    this.#ports.set(name, port);
    port.on('message', (data: unknown) => this.#post({ kind: 'port', port: name, data }));
    port.on('close', () => {
      this.#ports.delete(name);
      this.#post({ kind: 'port', port: name, closed: true });
    });
  }
}
