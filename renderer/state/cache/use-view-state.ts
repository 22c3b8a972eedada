import { useCallback, useEffect, useRef, useState } from 'react';
import { loadViewState, onOtherWindow, saveViewState } from './database.ts';
import { LateSave } from './late-save.ts';

/** Changes of view state come in bursts (dragging, scrolling): one write after each. */
const SAVE_DELAY_MS = 300;

interface ViewStateOptions {
  /** Takes over at once what another window keeps: for lists that people make, not for what looks different there. */
  readonly follow?: boolean;
}

/**
 * State of a view that survives a restart. Starts with `initial`, then takes what was kept under `key` if `accept`
 * finds it sound. Raise `version` whenever the shape changes.
 */
export function useViewState<T>(
  key: string,
  version: number,
  initial: T,
  accept: (kept: unknown) => T | undefined,
  { follow = false }: ViewStateOptions = {},
): [T, (next: T) => void] {
  const [value, setValue] = useState(initial);
  const changed = useRef(false);
  const late = useRef<LateSave>(undefined);
  const acceptRef = useRef(accept);

  useEffect(() => {
    acceptRef.current = accept;
  });

  useEffect(() => {
    let current = true;
    changed.current = false;
    const load = () =>
      void loadViewState(key, version).then((kept) => {
        const sound = kept === undefined ? undefined : acceptRef.current(kept);
        if (current && !changed.current && sound !== undefined) setValue(sound);
      });
    load();
    const stop = follow
      ? onOtherWindow(key, () => {
          changed.current = false;
          load();
        })
      : undefined;
    return () => {
      current = false;
      stop?.();
      late.current?.now();
    };
  }, [key, version, follow]);

  const set = useCallback(
    (next: T) => {
      changed.current = true;
      setValue(next);
      // What waited was older.
      late.current?.drop();
      late.current = new LateSave(() => void saveViewState(key, version, next), SAVE_DELAY_MS);
      late.current.soon();
    },
    [key, version],
  );
  return [value, set];
}
