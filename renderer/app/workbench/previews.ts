import type { DockviewApi } from 'dockview-react';

/**
 * The one panel that shows what somebody is walking through: the next preview takes its place. It stays for good once
 * it is used: it got the focus, or was opened.
 */
export class Previews {
  readonly #api: DockviewApi;
  #id: string | undefined;

  constructor(api: DockviewApi) {
    this.#api = api;
  }

  /** @param add adds the panel: in place of the one at `position`, or somewhere of its own */
  show(id: string, add: (position?: { readonly referencePanel: string }) => void): void {
    const before = this.#id === undefined ? undefined : this.#api.getPanel(this.#id);
    add(before === undefined ? undefined : { referencePanel: before.id });
    before?.api.close();
    this.#id = id;
    document.addEventListener('focusin', this.#onFocus);
  }

  keep(id: string): void {
    if (this.#id !== id) return;
    this.#id = undefined;
    document.removeEventListener('focusin', this.#onFocus);
  }

  readonly #onFocus = (event: FocusEvent): void => {
    const panel = event.target instanceof Element ? event.target.closest('[data-panel-id]') : null;
    const id = panel?.getAttribute('data-panel-id');
    if (id !== null && id !== undefined) this.keep(id);
  };
}
