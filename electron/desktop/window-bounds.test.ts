import { describe, expect, it } from 'vitest';
import { SMALLEST, windowBounds } from './window-bounds.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const left = { x: -1280, y: 0, width: 1280, height: 1024 };
const place = { x: 100, y: 100, width: 1200, height: 800, maximized: false };

describe('windowBounds', () => {
  it('starts in the usual size, and smaller on a small display', () => {
    expect(windowBounds(null, [main])).toEqual({ width: 1440, height: 900 });
    expect(windowBounds(null, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({ width: 1024, height: 700 });
    expect(windowBounds(null, [])).toEqual({ width: 1440, height: 900 });
  });

  it('comes back where it was, on any display', () => {
    expect(windowBounds(place, [main])).toEqual({ x: 100, y: 100, width: 1200, height: 800 });
    expect(windowBounds({ ...place, x: -1200 }, [main, left])).toMatchObject({ x: -1200, y: 100 });
  });

  it('forgets a position on a display that is gone or out of reach', () => {
    expect(windowBounds({ ...place, x: -1250 }, [main])).toEqual({ width: 1200, height: 800 });
    expect(windowBounds({ ...place, x: 1900 }, [main])).toEqual({ width: 1200, height: 800 });
    expect(windowBounds({ ...place, y: -600 }, [main])).toEqual({ width: 1200, height: 800 });
    expect(windowBounds({ ...place, y: 1070 }, [main])).toEqual({ width: 1200, height: 800 });
  });

  it('fits the size to the display and never below the smallest', () => {
    expect(windowBounds({ ...place, width: 9000, height: 9000 }, [main])).toMatchObject({ width: 1920, height: 1055 });
    expect(windowBounds({ ...place, width: 10, height: 10 }, [main])).toEqual({ ...SMALLEST });
  });
});
