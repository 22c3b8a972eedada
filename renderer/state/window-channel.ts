import type { SignalSource } from '../../shared/contract/recordings.ts';
import type { ViewStateRow } from './cache/database.ts';
import type { OpenPanel } from './panels.ts';
import type { LinkedTime, TimeSpan } from './shared-time.ts';
import type { Range } from './viewed-windows.ts';

/** A view of signals in another window. */
export interface ViewElsewhere {
  readonly id: string;
  readonly source: SignalSource;
  readonly range: Range;
}

/**
 * What windows of the application say to each other. `window` is the one that shows panels by themselves, `main` the
 * main window that they belong to.
 */
export type WindowMessage =
  /** A main window stands, or stands again. */
  | { readonly type: 'main'; readonly main: string }
  /** Says that it stands, and what it shows: nothing where it waits to be told. */
  | { readonly type: 'stands'; readonly main: string; readonly window: string; readonly panels: readonly OpenPanel[] }
  /** It shows something else now. */
  | { readonly type: 'shows'; readonly main: string; readonly window: string; readonly panels: readonly OpenPanel[] }
  /** A person moves panels back. */
  | { readonly type: 'back'; readonly main: string; readonly window: string; readonly panels: readonly OpenPanel[] }
  /** It goes, in good order; `rows` may not be stored yet. */
  | { readonly type: 'leaves'; readonly main: string; readonly window: string; readonly rows: readonly ViewStateRow[] }
  /** To a window: show these. */
  | { readonly type: 'show'; readonly window: string; readonly panels: readonly OpenPanel[] }
  /** To a window: close this panel. */
  | { readonly type: 'close'; readonly window: string; readonly panel: string }
  /** To a window: move this panel back. */
  | { readonly type: 'return'; readonly window: string; readonly panel: string }
  /** To a window: nobody knows what it is to show. */
  | { readonly type: 'end'; readonly window: string }
  /** A session, dataset or recording is closed, or read anew from disk, everywhere. */
  | { readonly type: 'item'; readonly does: 'close' | 'reload'; readonly path: string }
  /** The settings have changed. */
  | { readonly type: 'settings' }
  /** A view points to a moment, or no longer does. */
  | { readonly type: 'points'; readonly moment: LinkedTime | null }
  /** Which views of signals a window shows now, and what of them. */
  | { readonly type: 'views'; readonly from: string; readonly views: readonly ViewElsewhere[] }
  /** A window that has just come asks the others for theirs. */
  | { readonly type: 'whichViews' }
  /** To a window: move one of its views. `goesOn`: the movement belongs to one that began before. */
  | {
      readonly type: 'moveView';
      readonly window: string;
      readonly view: string;
      readonly range: Range;
      readonly goesOn: boolean;
    }
  /** A stretch of time was chosen. */
  | { readonly type: 'span'; readonly span: TimeSpan | null; readonly settled: boolean };

let channel: BroadcastChannel | undefined;

function windows(): BroadcastChannel {
  channel ??= new BroadcastChannel('ndi-desktop-windows');
  return channel;
}

/** Says something to all other windows. */
export function tellWindows(message: WindowMessage): void {
  windows().postMessage(message);
}

/** Hears what other windows say; returns the way to stop. */
export function hearWindows(listener: (message: WindowMessage) => void): () => void {
  const hear = ({ data }: MessageEvent<WindowMessage>) => listener(data);
  windows().addEventListener('message', hear);
  return () => windows().removeEventListener('message', hear);
}
