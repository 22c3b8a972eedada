import type { MessagePortMain } from 'electron';
import type { HostEvent } from '../../shared/contract/application.ts';
import type { Ending } from '../../shared/model/endings.ts';
import { CrashCount } from './crash-count.ts';
import type { DataMessage, DataNews, KeyStoreQuestion } from './data-messages.ts';

/** The part of Electron's `UtilityProcess` that is used here. */
export interface DataChild {
  postMessage(message: DataMessage, transfer?: MessagePortMain[]): void;
  kill(): boolean;
  once(event: 'exit', listener: (code: number) => void): unknown;
  on(event: 'message', listener: (news: DataNews) => void): unknown;
  readonly stderr: NodeJS.ReadableStream | null;
}

export interface DataSupervisorOptions {
  fork(): DataChild;
  /** Seals or unseals a secret with the system's key store. */
  askKeyStore(question: KeyStoreQuestion): Promise<string | null>;
  /** Long work has ended. */
  onEnd(ending: Ending): void;
  /** The process died and runs again: pages need new ports. */
  onRestart(): void;
  /** It died again right after: nothing more is tried until a page asks for a port. */
  onFailure(failure: DataFailure): void;
}

export interface DataFailure {
  readonly exitCode: number;
  /** The end of what it wrote about its fault. */
  readonly lastWords: string;
}

/** How long the data process may take to close its files before it is ended. */
const CLOSE_MS = 3000;
const LAST_WORDS_LENGTH = 4000;

/** Keeps the data process running, and is the only one that talks to it. */
export class DataSupervisor {
  readonly #options: DataSupervisorOptions;
  readonly #crashes = new CrashCount();
  #child: DataChild | null = null;
  #stopping = false;

  constructor(options: DataSupervisorOptions) {
    this.#options = options;
  }

  /** Gives the data process the port of a page; starts it where it has given up. */
  connect(page: number, port: MessagePortMain): void {
    if (this.#child === null) this.#crashes.forget();
    this.#running().postMessage({ type: 'connect', page }, [port]);
  }

  /** What the outside asks of the page; waits in the data process until a page listens. */
  send(event: HostEvent): void {
    this.#running().postMessage({ type: 'hostEvent', event });
  }

  /** Lets it close its files and end. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#stopping = true;
    if (child === null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.postMessage({ type: 'close' });
    const timer = setTimeout(() => child.kill(), CLOSE_MS);
    await ended;
    clearTimeout(timer);
  }

  get isRunning(): boolean {
    return this.#child !== null;
  }

  #running(): DataChild {
    this.#child ??= this.#start();
    return this.#child;
  }

  #start(): DataChild {
    const child = this.#options.fork();
    let lastWords = '';
    child.stderr?.on('data', (chunk: Buffer | string) => {
      process.stderr.write(chunk);
      lastWords = `${lastWords}${String(chunk)}`.slice(-LAST_WORDS_LENGTH);
    });
    child.on('message', (news) => {
      if (news.type === 'ended') this.#options.onEnd(news.ending);
      else void this.#answerKeyStore(child, news);
    });
    child.once('exit', (exitCode) => {
      this.#child = null;
      if (this.#stopping) return;
      if (this.#crashes.count() === 'report') {
        this.#options.onFailure({ exitCode, lastWords });
        return;
      }
      this.#running();
      this.#options.onRestart();
    });
    return child;
  }

  async #answerKeyStore(child: DataChild, question: KeyStoreQuestion): Promise<void> {
    const text = await this.#options.askKeyStore(question);
    child.postMessage({ type: 'keyStoreAnswer', id: question.id, text });
  }
}
