import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scaleBar } from './scale-bar.ts';

it('is a round value of 24 to 60 pixels', () => {
  expect(scaleBar(0.5)).toEqual({ value: 50, pixels: 25 });
  expect(scaleBar(-0.2)).toEqual({ value: 200, pixels: 40 });
  expect(scaleBar(0)).toBeUndefined();
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (pixelsPerUnit) => {
      const bar = scaleBar(pixelsPerUnit)!;
      expect(bar.pixels).toBeGreaterThan(23.9);
      expect(bar.pixels).toBeLessThan(61);
      expect([1, 2, 5]).toContain(Math.round(bar.value / 10 ** Math.floor(Math.log10(bar.value) + 1e-9)));
    }),
  );
});
