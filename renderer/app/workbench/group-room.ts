import type { DockviewApi, DockviewGroupPanel } from 'dockview-react';
import { awayWindow } from '../../state/away.ts';

/** Takes the room of groups whose panels are all in windows of their own, as long as something else is left to show. */
export class GroupRoom {
  readonly #api: DockviewApi;
  readonly #without = new WeakSet<DockviewGroupPanel>();

  constructor(api: DockviewApi) {
    this.#api = api;
  }

  fit(): void {
    const groups = this.#api.groups;
    const isFloating = (group: DockviewGroupPanel) => group.api.location.type === 'floating';
    const isEmpty = !groups.some((group) => !isFloating(group) && panelHere(group) !== undefined);
    for (const group of groups) {
      const shows = panelHere(group) !== undefined || (isEmpty && !isFloating(group));
      if (shows !== this.#without.has(group)) continue;
      if (shows) this.#without.delete(group);
      else this.#without.add(group);
      group.api.setVisible(shows);
    }
    this.#leaveWhatIsHidden();
  }

  /** What is worked with is in sight. */
  #leaveWhatIsHidden(): void {
    const active = this.#api.activeGroup;
    if (active === undefined || !this.#without.has(active)) return;
    const next = this.#api.groups.find((group) => !this.#without.has(group));
    (next === undefined ? undefined : (panelHere(next) ?? next.activePanel))?.api.setActive();
  }
}

/** A panel of the group whose content is in this window, the one in front first. */
function panelHere({ activePanel, panels }: DockviewGroupPanel) {
  const order = activePanel === undefined ? panels : [activePanel, ...panels];
  return order.find(({ id }) => awayWindow(id) === undefined);
}
