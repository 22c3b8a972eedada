import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utilityProcesses } from './utility-process.ts';
import { closeAllWindows } from './windows.ts';

/** The stand-in of Electron's `app`: its events in their order, its lock over one folder. */
class App extends EventEmitter {
  readonly isPackaged = false;
  readonly #switches = new Set(process.argv.flatMap((argument) => /^--([\w-]+)/.exec(argument)?.[1] ?? []));
  readonly #paths = new Map<string, string>();
  #ready = false;
  #quitting = false;
  isSandboxEnabled = false;

  readonly commandLine = { hasSwitch: (name: string) => this.#switches.has(name) };

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.isSandboxEnabled = true;
  }

  getAppPath(): string {
    return process.argv.find((argument, index) => index > 0 && !argument.startsWith('-')) ?? '';
  }

  getVersion(): string {
    return (JSON.parse(readFileSync(join(this.getAppPath(), 'package.json'), 'utf8')) as { version: string }).version;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? '';
  }

  isReady(): boolean {
    return this.#ready;
  }

  whenReady(): Promise<void> {
    return this.#ready ? Promise.resolve() : new Promise((resolve) => this.once('ready', () => resolve()));
  }

  /** Called when the main module has been evaluated. */
  becomeReady(): void {
    if (this.#quitting) return;
    this.#ready = true;
    this.emit('ready', {});
  }

  requestSingleInstanceLock(handed: unknown): boolean {
    const lock = join(this.getPath('userData'), 'stand-in-lock');
    if (existsSync(lock)) {
      const message = JSON.stringify({ argv: process.argv, folder: process.cwd(), handed });
      writeFileSync(join(lock, `${process.pid}.json`), message);
      return false;
    }
    mkdirSync(lock, { recursive: true });
    const watcher = watch(lock, () => this.#hearSecondStarts(lock));
    process.once('exit', () => {
      watcher.close();
      rmSync(lock, { recursive: true, force: true });
    });
    return true;
  }

  #hearSecondStarts(lock: string): void {
    for (const name of existsSync(lock) ? readdirSync(lock) : []) {
      const text = readFileSync(join(lock, name), 'utf8');
      if (text === '') continue;
      rmSync(join(lock, name));
      const { argv, folder, handed } = JSON.parse(text) as { argv: string[]; folder: string; handed: unknown };
      this.emit('second-instance', {}, argv, folder, handed);
    }
  }

  getAppMetrics() {
    return [
      { pid: process.pid, type: 'Browser' },
      ...utilityProcesses().map((utility) => ({ ...utility, type: 'Utility' })),
    ];
  }

  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    // Electron goes on with this later; a module that quits while it is evaluated is evaluated to its end.
    setImmediate(() => {
      this.emit('before-quit', {});
      closeAllWindows();
      const event = { defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) };
      this.emit('will-quit', event);
      if (!event.defaultPrevented) this.exit(0);
    });
  }

  exit(code = 0): void {
    process.exit(code);
  }
}

export const app = new App();
