import { useEffect, useState } from 'react';
import { useCommand } from '../../state/commands.ts';
import { typedAhead } from '../palette/typed-ahead.ts';
import { loadOverlays } from './load-overlays.ts';

type Loaded = Awaited<ReturnType<typeof loadOverlays>>;

/** How long the window may be busy before the overlays are fetched all the same. */
const LATEST_MS = 1000;

/**
 * What lies over the window: palette, dialogs, menus, toasts, tour. None is needed for the first screen, so they are
 * fetched when it stands; whoever calls one earlier waits for it.
 */
export function Overlays() {
  const [loaded, setLoaded] = useState<Loaded>();
  const load = async () => {
    const overlays = await loadOverlays();
    setLoaded(overlays);
    return overlays;
  };
  useEffect(() => {
    const waiting = requestIdleCallback(() => void loadOverlays().then(setLoaded), { timeout: LATEST_MS });
    return () => cancelIdleCallback(waiting);
  }, []);
  useCommand('palette.open', () => {
    typedAhead.start();
    void load()
      .catch((error: unknown) => {
        typedAhead.take();
        throw error;
      })
      .then(({ openPalette }) => openPalette());
  });
  useCommand('about.open', () => void load().then(({ showAbout }) => showAbout()));
  return loaded === undefined ? null : <loaded.AllOverlays />;
}
