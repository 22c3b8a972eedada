import { describe, expect, it } from 'vitest';
import type { ViewFrame } from '../../../../shared/model/view-frame.ts';
import { makeFrame } from '../model/testing.ts';
import { rasterise, type Placement, type PixelPlane } from './rasterise.ts';

const INK = 0xff0000ff;

function plane(width: number, height: number): PixelPlane {
  return { pixels: new Uint32Array(width * height), width, height };
}

/** The plane as rows of `#` (full colour), `+` (mixed) and `.`. */
function picture({ pixels, width, height }: PixelPlane): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const pixel = pixels[y * width + x];
      return pixel === INK ? '#' : pixel === 0 ? '.' : '+';
    }).join(''),
  );
}

function draw(frame: ViewFrame, on: PixelPlane, more: Partial<Placement> = {}): string[] {
  const place: Placement = {
    t0: 0,
    pixelsPerSecond: 1,
    baseline: on.height,
    centre: 0,
    pixelsPerUnit: 1,
    color: INK,
    thickness: 0,
    fromX: 0,
    toX: on.width,
    smooth: false,
    ...more,
  };
  rasterise(on, frame.header.channels[0]!, frame.body, place);
  return picture(on);
}

const envelope = (values: number[], maxima: number[], dt = 1) =>
  makeFrame({ t0: 0, t1: values.length * dt }, values.length, { ai1: [{ t0: 0, dt, values, maxima }] });

describe('columns', () => {
  it('fill from minimum to maximum', () => {
    expect(draw(envelope([0, 1, 0], [2, 3, 4]), plane(3, 4))).toEqual(['..#', '.##', '###', '#.#']);
  });

  it('that do not overlap are joined', () => {
    expect(draw(envelope([0, 3], [1, 4]), plane(2, 4))).toEqual(['.#', '#.', '#.', '#.']);
  });

  it('without samples leave a gap and are not joined over it', () => {
    expect(draw(envelope([0, NaN, 3], [1, NaN, 4]), plane(3, 4))).toEqual(['..#', '...', '...', '#..']);
  });

  it('are stretched over several pixels, and merged within one', () => {
    expect(draw(envelope([0, 1], [1, 2], 2), plane(4, 2))).toEqual(['..##', '##..']);
    expect(draw(envelope([0, 2, 0, 0], [1, 3, 1, 1], 0.5), plane(2, 3))[0]).toBe('#.');
  });
});

describe('samples', () => {
  const samples = (values: number[], dt: number) =>
    makeFrame({ t0: 0, t1: values.length * dt }, 1, { ai1: [{ t0: 0, dt, values }] });

  it('are joined by lines', () => {
    expect(draw(samples([0, 4], 4), plane(4, 4))).toEqual(['...#', '..#.', '.#..', '#...']);
  });

  it('leave a gap where a value is not finite', () => {
    expect(draw(samples([0.5, 0.5, NaN, 0.5, 0.5], 2), plane(9, 1), { thickness: 1 })).toEqual(['###...###']);
  });

  it('cover what the columns of the same samples cover, so that the change cannot be seen', () => {
    const values = Array.from({ length: 400 }, (_, index) => 20 + 15 * Math.sin(index / 9));
    const minima: number[] = [];
    const maxima: number[] = [];
    for (let column = 0; column < 100; column += 1) {
      const part = values.slice(column * 4, column * 4 + 4);
      minima.push(Math.min(...part));
      maxima.push(Math.max(...part));
    }
    const lines = draw(samples(values, 0.25), plane(100, 40), { thickness: 1 }).join('');
    const columns = draw(envelope(minima, maxima), plane(100, 40), { thickness: 1 }).join('');
    const inks = lines.split('#').length - 1;
    const differing = Array.from({ length: lines.length }, (_, at) => at).filter(
      (at) => lines[at] !== columns[at],
    ).length;
    expect(inks).toBeGreaterThan(300);
    expect(differing / inks).toBeLessThan(0.2);
  });
});

describe('anything', () => {
  it('stays within its columns and within the plane', () => {
    const wild = envelope([-1e9, -Infinity, -5, 0], [1e9, Infinity, 50, 1]);
    expect(draw(wild, plane(4, 2), { fromX: 1, toX: 3 })).toEqual(['.##.', '.##.']);
    expect(draw(wild, plane(4, 2), { smooth: true, fromX: 1, toX: 3 })).toEqual(['.##.', '.##.']);
    expect(draw(envelope([5], [6]), plane(2, 2), { smooth: true, t0: 100 })).toEqual(['..', '..']);
  });

  it('is mixed at its ends when smooth', () => {
    const on = plane(1, 3);
    expect(draw(envelope([0.5], [2.5]), on, { smooth: true })).toEqual(['+', '#', '+']);
    expect(on.pixels[0]! & 0xff).toBe(127);
  });
});
