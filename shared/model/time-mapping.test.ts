import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockLinkCost } from './clocks.ts';
import { composeMappings, intervalMapping, mapTime, reverseMapping, toMapping } from './time-mapping.ts';
import { parseTimeReference, storedTimeReference } from './time-reference.ts';

const reason = (text: string) =>
  expect.objectContaining({
    code: 'time.mappingInvalid',
    details: expect.objectContaining({ reason: text }) as unknown,
  }) as Error;

test('E1: mappings forwards and back', () => {
  expect(mapTime([2, 3], 5)).toBe(13);
  expect(reverseMapping([2, 3])).toEqual([0.5, -1.5]);
  expect(mapTime(reverseMapping([2, 3]), 13)).toBe(5);
  expect(mapTime([2, 3], Infinity)).toBe(Infinity);
  expect(() => reverseMapping([1, 2, 3])).toThrow(reason('tooManyCoefficients'));
  expect(() => reverseMapping([0, 5])).toThrow(reason('zeroSlope'));
  expect(() => reverseMapping([7])).toThrow(reason('zeroSlope'));
  expect(() => toMapping([])).toThrow(reason('emptyMapping'));
  expect(() => toMapping(['1', 2])).toThrow(reason('emptyMapping'));
});

test('polynomials one after the other are one', () => {
  const coefficients = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(coefficients, coefficients, fc.integer({ min: -9, max: 9 }), (first, second, time) => {
      expect(mapTime(composeMappings(first, second), time)).toBe(mapTime(second, mapTime(first, time)));
    }),
  );
});

test('E3: steps between equal clocks', () => {
  expect(clockLinkCost('utc', 'approx_utc')).toBe(100);
  expect(clockLinkCost('approx_utc', 'utc')).toBe(Infinity);
  expect(clockLinkCost('dev_local_time', 'dev_local_time')).toBe(Infinity);
  expect(clockLinkCost('no_time', 'utc')).toBe(Infinity);
});

test('extents without length or end relate nothing', () => {
  expect(intervalMapping(0, 10, 1000, 1020)).toEqual([2, 1000]);
  expect(intervalMapping(0, 0, 1, 2)).toBeNull();
  expect(intervalMapping(0, 1, Number.NaN, 2)).toBeNull();
});

test('a time reference as documents hold it', () => {
  const reference = {
    setName: 'probe: p | 1',
    setClass: 'ndi.probe',
    clock: 'utc',
    epochId: null,
    sessionId: 's',
    time: 2,
  } as const;
  expect(parseTimeReference(storedTimeReference(reference))).toEqual(reference);
  expect(() => parseTimeReference({ ...storedTimeReference(reference), clocktypestring: 'dev_local_time' })).toThrow(
    'local',
  );
});
