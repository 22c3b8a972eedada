import { z } from 'zod';

/** In the system's own pixels, as Electron counts them. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a window was when it was closed. */
export const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
});
export type Place = z.infer<typeof placeSchema>;

export const SMALLEST = { width: 640, height: 420 } as const;
const USUAL = { width: 1440, height: 900 } as const;
/** So much of the title bar must lie on a display that the window can be dragged by it. */
const GRIP = { width: 120, height: 32 } as const;

/**
 * Size and position for a new window: where it was, if it can be seen and dragged there on the displays of now;
 * else in the middle of the first display (no position), no larger than it.
 *
 * @param workAreas displays without task bars, the main one first
 */
export function windowBounds(place: Place | null, workAreas: readonly Rectangle[]): Partial<Rectangle> {
  const [main = { x: 0, y: 0, ...USUAL }] = workAreas;
  const home = place === null ? undefined : workAreas.find((area) => hasGrip(place, area));
  const area = home ?? main;
  const size = {
    width: Math.max(SMALLEST.width, Math.min(place?.width ?? USUAL.width, area.width)),
    height: Math.max(SMALLEST.height, Math.min(place?.height ?? USUAL.height, area.height)),
  };
  return place !== null && home !== undefined ? { x: place.x, y: place.y, ...size } : size;
}

function hasGrip(place: Place, area: Rectangle): boolean {
  const width = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  const isTopInside = place.y >= area.y && place.y + GRIP.height <= area.y + area.height;
  return width >= GRIP.width && isTopInside;
}
