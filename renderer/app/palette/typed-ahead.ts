/**
 * Keeps what is typed between the palette's shortcut and the focus of its field: the dialog may have to be fetched first,
 * and takes the focus a moment after it shows. Keys would be lost, or be taken for shortcuts of the view behind.
 */
class TypedAhead {
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

export const typedAhead = new TypedAhead();
