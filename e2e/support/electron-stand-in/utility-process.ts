import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PortRelay, type MessagePortMain } from './ports.ts';
import type { PortMessage } from './wire.ts';

export type UtilityMessage = { kind: 'message'; data: unknown; ports: string[] } | PortMessage;

const running = new Map<number, string>();

/** Name by process id of the utility processes that run now. */
export function utilityProcesses(): { pid: number; name: string }[] {
  return [...running].map(([pid, name]) => ({ pid, name }));
}

interface ForkOptions {
  readonly serviceName?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A child process in the place of Electron's. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #relay = new PortRelay((message) => this.#post(message));

  constructor(path: string, args: readonly string[], { serviceName = 'Node Utility Process', env }: ForkOptions) {
    super();
    this.#child = fork(fileURLToPath(new URL('utility-boot.ts', import.meta.url)), [path, ...args], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      env,
    });
    const { pid } = this.#child;
    if (pid !== undefined) running.set(pid, serviceName);
    this.#child.on('message', (message: UtilityMessage) => {
      if (message.kind === 'port') this.#relay.hear(message);
      else this.emit('message', message.data);
    });
    this.#child.once('exit', (code) => {
      if (pid !== undefined) running.delete(pid);
      this.#relay.closeAll();
      this.emit('exit', code ?? 1);
    });
  }

  get stderr() {
    return this.#child.stderr;
  }

  get pid() {
    return this.#child.pid;
  }

  postMessage(data: unknown, transfer: MessagePortMain[] = []): void {
    this.#post({ kind: 'message', data, ports: transfer.map((port) => this.#relay.send(port)) });
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #post(message: UtilityMessage): void {
    // As in Electron, what is sent to a process that just died is lost without an error.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

export const utilityProcess = {
  fork: (path: string, args: readonly string[] = [], options: ForkOptions = {}) =>
    new UtilityProcess(path, args, options),
};
