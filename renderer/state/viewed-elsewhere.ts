import { mainWindow, ownPanelWindow } from './own-window.ts';
import { useViewedWindows, type Range, type ViewedWindow } from './viewed-windows.ts';
import { hearWindows, tellWindows, type ViewElsewhere } from './window-channel.ts';

/** About a frame: a drag changes a range many times a second. (A covered window is given no frames.) */
const SAY_AFTER_MS = 16;

/** The name by which other windows know this one. */
const ownName = ownPanelWindow?.id ?? mainWindow;

/** A view in another window, as it says: moved there by a message. */
class RemoteView implements ViewedWindow {
  readonly source: ViewElsewhere['source'];
  readonly #from: string;
  readonly #id: string;
  readonly #listeners = new Set<() => void>();
  #range: Range;

  constructor(from: string, { id, source, range }: ViewElsewhere) {
    this.#from = from;
    this.#id = id;
    this.source = source;
    this.#range = range;
  }

  readonly range = (): Range => this.#range;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly goTo = (range: Range, goesOn: boolean): void => {
    tellWindows({ type: 'moveView', window: this.#from, view: this.#id, range, goesOn });
  };

  /** Only the view itself knows the clocks of its session. */
  readonly timeOf = (): undefined => undefined;

  shows(range: Range): void {
    if (range.t0 === this.#range.t0 && range.t1 === this.#range.t1) return;
    this.#range = range;
    for (const listener of this.#listeners) listener();
  }
}

/** Views of other windows, by the window and their name in it. */
const remote = new Map<string, Map<string, RemoteView>>();

/** Names of this window's views. */
const names = new WeakMap<ViewedWindow, string>();

/**
 * Shares the views of signals with the other windows, so that a timeline shows and moves them wherever they are. Returns
 * the way to stop.
 */
export function followViewsElsewhere(): () => void {
  let own: readonly ViewedWindow[] = [];
  let ends: (() => void)[] = [];
  let soon: ReturnType<typeof setTimeout> | undefined;
  const say = () => {
    clearTimeout(soon);
    soon = undefined;
    tellWindows({ type: 'views', from: ownName, views: own.map(toMessage) });
  };
  const saySoon = () => {
    soon ??= setTimeout(say, SAY_AFTER_MS);
  };
  const watch = () => {
    const now = useViewedWindows.getState().windows.filter((view) => !(view instanceof RemoteView));
    if (now.length === own.length && now.every((view, at) => view === own[at])) return;
    for (const end of ends) end();
    own = now;
    ends = own.map((view) => view.subscribe(saySoon));
    // At once: a window that goes has no time left.
    say();
  };
  // Without it the other windows would show for good what was seen here last.
  const leave = () => tellWindows({ type: 'views', from: ownName, views: [] });
  window.addEventListener('pagehide', leave);
  const stops = [
    () => window.removeEventListener('pagehide', leave),
    useViewedWindows.subscribe(watch),
    hearWindows((message) => {
      if (message.type === 'whichViews') say();
      else if (message.type === 'views') showViews(message.from, message.views);
      else if (message.type === 'moveView' && message.window === ownName) {
        own.find((view) => names.get(view) === message.view)?.goTo(message.range, message.goesOn);
      }
    }),
  ];
  watch();
  tellWindows({ type: 'whichViews' });
  return () => {
    clearTimeout(soon);
    for (const stop of [...stops, ...ends]) stop();
  };
}

/** What another window shows now: nothing when it is gone. */
export function showViews(from: string, views: readonly ViewElsewhere[]): void {
  const before = remote.get(from) ?? new Map<string, RemoteView>();
  const now = new Map(views.map((view) => [view.id, before.get(view.id) ?? new RemoteView(from, view)]));
  for (const { id, range } of views) now.get(id)?.shows(range);
  if (now.size === before.size && [...now.keys()].every((id) => before.has(id))) return;
  remote.set(from, now);
  const elsewhere = [...remote.values()].flatMap((all) => [...all.values()]);
  useViewedWindows.setState(({ windows }) => ({
    windows: [...windows.filter((view) => !(view instanceof RemoteView)), ...elsewhere],
  }));
}

function toMessage(view: ViewedWindow): ViewElsewhere {
  const id = names.get(view) ?? crypto.randomUUID();
  names.set(view, id);
  return { id, source: view.source, range: view.range() };
}
