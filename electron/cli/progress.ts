/** Work shorter than this shows nothing. */
const QUIET_MS = 1000;
const BAR_WIDTH = 24;

/** A progress bar on standard error, on a terminal only. */
export class Progress {
  readonly #title: string;
  readonly #stream: NodeJS.WriteStream;
  readonly #startedAt = Date.now();
  #shown = false;

  constructor(title: string, stream: NodeJS.WriteStream = process.stderr) {
    this.#title = title;
    this.#stream = stream;
  }

  /** @param fraction done, 0 to 1; null while unknown */
  show(fraction: number | null, detail: string): void {
    if (!this.#stream.isTTY || Date.now() - this.#startedAt < QUIET_MS) return;
    this.#shown = true;
    const bar = fraction === null ? '…' : `${drawBar(fraction)} ${Math.round(fraction * 100)} %`;
    const line = `${this.#title} ${bar} ${detail}`;
    this.#stream.write(`\r\u001b[K${line.slice(0, Math.max(20, this.#stream.columns - 1))}`);
  }

  end(): void {
    if (this.#shown) this.#stream.write('\r\u001b[K');
    this.#shown = false;
  }
}

function drawBar(fraction: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_WIDTH);
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
}
