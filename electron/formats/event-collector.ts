import type { SignalEvent } from '../../shared/contract/recordings.ts';
import type { EventList } from './format.ts';

/** Keeps the earliest events of whatever order they come in, and counts all. */
export class EventCollector {
  readonly #limit: number;
  #events: SignalEvent[] = [];
  /** Events at or after this time are counted only: enough earlier ones are there. */
  #cutoff = Infinity;
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * @param value asked only when the event is kept
   * @param duration seconds, where the event has an extent
   */
  offer(channel: string, time: number, value: () => SignalEvent['value'], duration?: number): void {
    this.#total += 1;
    if (time >= this.#cutoff) return;
    this.#events.push({ channel, time, value: value(), ...(duration === undefined ? {} : { duration }) });
    if (this.#events.length >= 2 * this.#limit + 1_000) this.#trim();
  }

  /** In order of time; events of the same time in the order in which they came. */
  result(): EventList {
    this.#trim();
    return { events: this.#events, total: this.#total };
  }

  #trim(): void {
    this.#events.sort((a, b) => a.time - b.time);
    if (this.#events.length <= this.#limit) return;
    this.#events.length = this.#limit;
    this.#cutoff = this.#events.at(-1)?.time ?? -Infinity;
  }
}
