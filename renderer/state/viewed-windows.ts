import { useEffect } from 'react';
import { create } from 'zustand';
import type { SignalSource } from '../../shared/contract/recordings.ts';

export interface Range {
  /** Seconds on the clock of the signals. */
  readonly t0: number;
  readonly t1: number;
}

/**
 * What one view of signals shows, for other views to draw and to move. It reads the view's own range: nothing is copied.
 */
export interface ViewedWindow {
  readonly source: SignalSource;
  readonly range: () => Range;
  /** Told of every change of the range; returns the way to stop. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Moves the view. `goesOn`: the movement belongs to one that began before (a drag). */
  readonly goTo: (range: Range, goesOn: boolean) => void;
  /** A typed time, of this clock or that of a device that it names; undefined where it is not understood. */
  readonly timeOf: (text: string) => number | undefined;
}

/** The views on the screen. */
export const useViewedWindows = create<{ readonly windows: readonly ViewedWindow[] }>()(() => ({ windows: [] }));

/** Makes a view known as long as it is seen. */
export function useViewedWindow(window: ViewedWindow, visible: boolean): void {
  useEffect(() => {
    if (!visible) return;
    useViewedWindows.setState(({ windows }) => ({ windows: [...windows, window] }));
    return () => {
      useViewedWindows.setState(({ windows }) => ({ windows: windows.filter((one) => one !== window) }));
    };
  }, [window, visible]);
}
