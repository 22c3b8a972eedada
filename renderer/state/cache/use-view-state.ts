import { useCallback, useEffect, useRef, useState } from 'react';
import { loadViewState, saveViewState } from './database.ts';

/** Changes of view state come in bursts (dragging, scrolling): one write after each. */
const SAVE_DELAY_MS = 300;

/**
 * State of a view that survives a restart. Starts with `initial`, then takes what was kept under `key` if `accept`
 * finds it sound. Raise `version` whenever the shape changes.
 */
export function useViewState<T>(
  key: string,
  version: number,
  initial: T,
  accept: (kept: unknown) => T | undefined,
): [T, (next: T) => void] {
  const [value, setValue] = useState(initial);
  const changed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const acceptRef = useRef(accept);

  useEffect(() => {
    acceptRef.current = accept;
  });

  useEffect(() => {
    let current = true;
    changed.current = false;
    void loadViewState(key, version).then((kept) => {
      const sound = kept === undefined ? undefined : acceptRef.current(kept);
      if (current && !changed.current && sound !== undefined) setValue(sound);
    });
    return () => {
      current = false;
    };
  }, [key, version]);

  const set = useCallback(
    (next: T) => {
      changed.current = true;
      setValue(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void saveViewState(key, version, next), SAVE_DELAY_MS);
    },
    [key, version],
  );
  return [value, set];
}
