/** What a queue does with questions and their answers. */
export interface LatestOnlyPorts<Q, A> {
  ask(question: Q, signal: AbortSignal): Promise<A>;
  answered(question: Q, answer: A): void;
  failed(question: Q, thrown: unknown): void;
  /** Whether it is working, whenever that changes. */
  busy?(busy: boolean): void;
}

/** A question that was overtaken may still be answered within this time: its answer is better than none. */
const PATIENCE_MS = 120;

/**
 * Asks one question at a time and, of those that came meanwhile, only the last. A burst of wheel events costs as
 * many questions as can be answered, and a slow one that nobody waits for any more is aborted.
 */
export class LatestOnly<Q, A> {
  readonly #ports: LatestOnlyPorts<Q, A>;
  readonly #patience: number;
  #running: { readonly question: Q; readonly controller: AbortController; readonly since: number } | undefined;
  #waiting: { readonly question: Q } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: LatestOnlyPorts<Q, A>, patienceMs = PATIENCE_MS) {
    this.#ports = ports;
    this.#patience = patienceMs;
  }

  want(question: Q): void {
    if (this.#running === undefined) {
      this.#start(question);
      return;
    }
    const { question: asked, controller, since } = this.#running;
    clearTimeout(this.#timer);
    this.#waiting = undefined;
    // Whoever came back to what is being asked only has to wait for it.
    if (JSON.stringify(asked) === JSON.stringify(question)) return;
    this.#waiting = { question };
    this.#timer = setTimeout(
      () => {
        controller.abort();
      },
      Math.max(0, since + this.#patience - Date.now()),
    );
  }

  /** Forgets every question; no answer comes any more. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
    const running = this.#running;
    this.#running = undefined;
    running?.controller.abort();
    if (running !== undefined) this.#ports.busy?.(false);
  }

  #start(question: Q): void {
    const running = { question, controller: new AbortController(), since: Date.now() };
    this.#running = running;
    this.#ports.busy?.(true);
    this.#ports.ask(question, running.controller.signal).then(
      (answer) => {
        if (this.#running !== running) return;
        this.#ports.answered(question, answer);
        this.#next();
      },
      (thrown: unknown) => {
        if (this.#running !== running) return;
        if (!running.controller.signal.aborted) this.#ports.failed(question, thrown);
        this.#next();
      },
    );
  }

  #next(): void {
    clearTimeout(this.#timer);
    this.#running = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) this.#start(waiting.question);
    else this.#ports.busy?.(false);
  }
}
