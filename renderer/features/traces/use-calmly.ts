import { useEffect, useState } from 'react';
import type { TraceState, TraceStore } from './trace-store.ts';

/** Words and numbers that change more often than this cannot be read. */
const EVERY_MS = 120;

/**
 * What is selected of a trace view, told at most every so many milliseconds, the last of it always: drawing a part of
 * the page anew at every step of a gesture takes time from the traces. `select` has to stay the same function.
 */
export function useCalmly<T>(store: TraceStore, select: (state: TraceState) => T, everyMs = EVERY_MS): T {
  const [value, setValue] = useState(() => select(store.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer = undefined;
      setValue(() => select(store.getState()));
    };
    const unsubscribe = store.subscribe(() => {
      timer ??= setTimeout(look, everyMs);
    });
    look();
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [store, select, everyMs]);
  return value;
}
