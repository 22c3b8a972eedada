/**
 * Keeps what is typed before the palette's field has the focus: the dialog takes it a moment after it shows, and keys
 * come before that where the page is busy. They would be lost, or be taken for shortcuts of the view behind.
 */
export class TypedAhead {
  #typed = '';
  #isKeeping = false;

  start(): void {
    if (this.#isKeeping) return;
    this.#isKeeping = true;
    this.#typed = '';
    window.addEventListener('keydown', this.#keep, { capture: true });
  }

  /** Ends it, and gives what was typed. */
  take(): string {
    window.removeEventListener('keydown', this.#keep, { capture: true });
    this.#isKeeping = false;
    const typed = this.#typed;
    this.#typed = '';
    return typed;
  }

  readonly #keep = (event: KeyboardEvent): void => {
    const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isText || event.isComposing) return;
    this.#typed += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
}
