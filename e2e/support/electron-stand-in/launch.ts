import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Frame, Page, Route } from '@playwright/test';
import type * as Electron from 'electron';
import { PAGE_CALL, PAGE_HEAR, preparePage, type PageNews } from './page-side.ts';
import { toBrowser, toElectron, type Calls, type FromMain, type ToMain, type WireResponse } from './wire.ts';

export interface StandInOptions {
  readonly browser: Browser;
  /** Folder of the application, with `dist/` built. */
  readonly root: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** The application on the stand-in, with the calls of Playwright's `ElectronApplication` that the tests use. */
export class StandIn {
  readonly #options: StandInOptions;
  readonly #child: ChildProcess;
  readonly #pages = new Map<number, Promise<Page>>();
  readonly #shown: Page[] = [];
  /** One for all windows: they share what Electron keeps for a session. */
  #context: Promise<BrowserContext> | null = null;
  readonly #answers = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #loading = new Set<string>();
  readonly #firstLoad = Promise.withResolvers<Page>();
  #calls = 0;
  #closing = false;

  constructor(options: StandInOptions) {
    this.#options = options;
    this.#child = fork(fileURLToPath(new URL('boot.ts', import.meta.url)), [options.root, ...options.args], {
      serialization: 'advanced',
      env: { ...options.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [],
    });
    this.#child.on('message', (message: FromMain) => {
      this.#hear(message).catch((error: unknown) => {
        // What is still under way when the application ends has nobody left to reach.
        if (!this.#closing) throw error;
      });
    });
    this.#child.once('exit', () => {
      for (const { reject } of this.#answers.values()) reject(new Error('The application has ended.'));
    });
  }

  process(): ChildProcess {
    return this.#child;
  }

  firstWindow(): Promise<Page> {
    return this.#firstLoad.promise;
  }

  windows(): Page[] {
    return this.#shown;
  }

  /** Runs a function in the main process, with Electron (the stand-in) as its first argument. */
  async evaluate<R, A>(run: (electron: typeof Electron, argument: A) => R, argument?: A): Promise<Awaited<R>> {
    return (await this.#call('evaluate', { source: String(run), argument })) as Awaited<R>;
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#child.exitCode === null) {
      const ended = once(this.#child, 'exit');
      void this.evaluate(({ app }) => app.quit()).catch(() => undefined);
      await ended;
    }
    await (await this.#context)?.close();
  }

  #post(message: ToMain): void {
    if (this.#child.connected) this.#child.send(message);
  }

  #call<K extends keyof Calls>(name: K, given: Calls[K]): Promise<unknown> {
    const id = (this.#calls += 1);
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject });
      this.#post({ kind: 'call', id, name, given } as ToMain);
    });
  }

  async #hear(message: FromMain): Promise<void> {
    switch (message.kind) {
      case 'answer': {
        const waiting = this.#answers.get(message.id);
        this.#answers.delete(message.id);
        if (message.error === undefined) waiting?.resolve(message.value);
        else waiting?.reject(new Error(message.error));
        return;
      }
      case 'open-window':
        this.#pages.set(message.window, this.#openPage(message.window));
        return;
      case 'load':
        await this.#load(message.window, message.address);
        return;
      case 'to-page':
        await this.#tell(message.window, { ...message, kind: 'message' });
        return;
      case 'port':
        for (const window of this.#pages.keys()) await this.#tell(window, { ...message, data: pack(message.data) });
        return;
      case 'close-window':
        await this.#closeWindow(message.window);
    }
  }

  async #openPage(window: number): Promise<Page> {
    this.#context ??= this.#options.browser.newContext();
    const page = await (await this.#context).newPage();
    this.#shown.push(page);
    page.once('close', () => this.#shown.splice(this.#shown.indexOf(page), 1));
    await page.route('**/*', (route) => this.#answer(window, route));
    await page.exposeBinding(PAGE_CALL, (source, name: string, given: object) =>
      this.#fromPage(window, source.frame, name, given),
    );
    const preload = readFileSync(join(this.#options.root, 'dist', 'electron', 'preload.cjs'), 'utf8');
    const given = { preload, call: PAGE_CALL, hear: PAGE_HEAR };
    await page.addInitScript(`(${String(preparePage)})(${JSON.stringify(given)});`);
    return page;
  }

  async #closeWindow(window: number): Promise<void> {
    const page = await this.#pages.get(window);
    this.#pages.delete(window);
    await page?.close();
  }

  async #load(window: number, address: string): Promise<void> {
    const page = await this.#pages.get(window);
    this.#loading.add(toBrowser(address));
    await page?.goto(toBrowser(address), { waitUntil: 'load' }).catch((error: unknown) => {
      if (!page.isClosed()) throw error;
    });
    if (page === undefined || page.isClosed()) return;
    await this.#call('loaded', { window });
    this.#firstLoad.resolve(page);
  }

  async #tell(window: number, news: PageNews): Promise<void> {
    const page = await this.#pages.get(window);
    if (page === undefined || page.isClosed() || this.#closing) return;
    await page
      .evaluate(([name, told]) => (window as unknown as Record<string, (told: unknown) => void>)[name]?.(told), [
        PAGE_HEAR,
        news,
      ] as const)
      .catch((error: unknown) => {
        // A page that is left or closed before it hears loses the message, as it does in Electron.
        if (!/Execution context was destroyed|has been closed/.test(String(error))) throw error;
      });
  }

  /** A request of the page: ours is answered by the application's own handler, any other must not be made. */
  async #answer(window: number, route: Route): Promise<void> {
    if (this.#closing) return route.abort('aborted');
    const request = route.request();
    const address = toElectron(request.url());
    if (request.isNavigationRequest() && !this.#loading.delete(request.url())) {
      const isMainFrame = request.frame().parentFrame() === null;
      const allowed = await this.#call('navigate', { window, address, isMainFrame });
      if (allowed !== true) return route.abort('aborted');
    }
    if (address === request.url()) return route.fulfill({ status: 200, body: 'A page of another place.' });
    const { status, headers, body } = (await this.#call('request', {
      address,
      method: request.method(),
    })) as WireResponse;
    return route.fulfill({ status, headers, body: Buffer.from(body) });
  }

  async #fromPage(window: number, frame: Frame, name: string, given: object): Promise<unknown> {
    if (this.#closing) return undefined;
    const address = toElectron(frame.url());
    const isMainFrame = frame.parentFrame() === null;
    switch (name) {
      case 'port': {
        const { port, data, closed } = given as { port: string; data?: Packed; closed?: boolean };
        this.#post({ kind: 'port', port, data: unpack(data), ...(closed === true ? { closed } : {}) });
        return undefined;
      }
      case 'invoke':
      case 'send': {
        const { channel, args } = given as { channel: string; args: unknown[] };
        return this.#call(name, { window, channel, args, address, isMainFrame });
      }
      case 'close':
        return this.#call('close', { window });
      case 'open':
        return this.#call('open', { window, address: toElectron((given as { address: string }).address) });
      case 'permission':
        return this.#call('permission', { window, address, ...(given as { permission: string }) });
      default:
        throw new Error(`The page cannot call ${name}.`);
    }
  }
}

type Packed = { bytes?: string; plain?: unknown };

function pack(data: unknown): Packed {
  return data instanceof Uint8Array ? { bytes: Buffer.from(data).toString('base64') } : { plain: data };
}

function unpack(data: Packed | undefined): unknown {
  return data?.bytes === undefined ? data?.plain : new Uint8Array(Buffer.from(data.bytes, 'base64'));
}
