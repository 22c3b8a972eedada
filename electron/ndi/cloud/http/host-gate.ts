import { NdiError } from '../../../../shared/model/errors.ts';
import type { NetworkFault } from './network-fault.ts';
import type { Pace } from './pace.ts';

/** So many calls in a row without reaching the host, and it counts as offline. */
const FAULTS_TO_OFFLINE = 5;
const OFFLINE_MS = 30_000;

/**
 * What all calls to one host have in common: a wait that the server asked for, and whether it can be reached.
 * Only faults before the connection stood count as offline: a server that answers 503 is there.
 */
export class HostGate {
  readonly #host: string;
  readonly #pace: Pace;
  #waitUntilMs = 0;
  #faults = 0;
  #offlineUntilMs = 0;
  #last: NetworkFault | null = null;
  #probing = false;

  constructor(host: string, pace: Pace) {
    this.#host = host;
    this.#pace = pace;
  }

  /** The network cannot be reached, as far as known. */
  get isOffline(): boolean {
    return this.#faults >= FAULTS_TO_OFFLINE;
  }

  /**
   * Lets a call pass, after the wait that the server asked of all of them.
   * @throws NdiError cloud.offline while the host counts as offline, but for one probe every 30 s
   */
  async enter(signal?: AbortSignal): Promise<void> {
    for (;;) {
      const left = this.#waitUntilMs - this.#pace.now();
      if (left <= 0) break;
      await this.#pace.sleep(left, signal);
    }
    if (!this.isOffline) return;
    if (this.#pace.now() < this.#offlineUntilMs || this.#probing) throw this.#offlineError();
    this.#probing = true;
  }

  /** Every call to this host begins no earlier than this. */
  waitFor(milliseconds: number): void {
    this.#waitUntilMs = Math.max(this.#waitUntilMs, this.#pace.now() + milliseconds);
  }

  reached(): void {
    this.#faults = 0;
    this.#probing = false;
    this.#last = null;
  }

  missed(fault: NetworkFault): void {
    this.#probing = false;
    if (!fault.isOffline) return;
    this.#last = fault;
    this.#faults += 1;
    if (this.isOffline) this.#offlineUntilMs = this.#pace.now() + OFFLINE_MS;
  }

  /** The call ended without telling anything about the host: it was cancelled. */
  left(): void {
    this.#probing = false;
  }

  #offlineError(): NdiError {
    return (
      this.#last?.toNdiError(this.#host) ??
      new NdiError({
        code: 'cloud.offline',
        message: `${this.#host} cannot be reached.`,
        recovery: 'Check the connection to the network.',
      })
    );
  }
}
