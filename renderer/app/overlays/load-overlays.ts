/** The chunk of everything that lies over the window: fetched once, and not before the window stands. */
export function loadOverlays(): Promise<typeof import('./all-overlays.tsx')> {
  return import('./all-overlays.tsx');
}
