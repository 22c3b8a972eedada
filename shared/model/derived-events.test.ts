import { describe, expect, it } from 'vitest';
import { derivedEvent, parseDerived } from './derived-events.ts';

/** Events of samples at 10 Hz, as the reference of NDI lists them. */
function eventsOf(name: string, samples: readonly number[]): [number, number][] {
  const [channel] = parseDerived(name) ?? [];
  if (channel === undefined) return expect.fail(name);
  return samples.flatMap((now, at) => {
    const value = at === 0 ? null : derivedEvent(channel, samples[at - 1] ?? NaN, now);
    return value === null ? [] : [[at / 10, value] as [number, number]];
  });
}

describe('derived events', () => {
  it.each([
    [
      'dep1',
      [
        [0.2, 1],
        [0.6, 1],
      ],
    ],
    [
      'den1',
      [
        [0.4, 1],
        [0.7, 1],
      ],
    ],
    [
      'dimp1',
      [
        [0.2, 1],
        [0.4, -1],
        [0.6, 1],
        [0.7, -1],
      ],
    ],
    [
      'dimn1',
      [
        [0.2, -1],
        [0.4, 1],
        [0.6, -1],
        [0.7, 1],
      ],
    ],
  ])('%s of a line', (name, expected) => {
    expect(eventsOf(name, [0, 0, 1, 1, 0, 0, 1, 0])).toEqual(expected);
  });

  it.each([
    [
      'aep1_t2.5',
      [
        [0.2, 1],
        [0.5, 1],
      ],
    ],
    [
      'aen1_t2.5',
      [
        [0.4, -1],
        [0.6, -1],
      ],
    ],
    [
      'aimp1_t2.5',
      [
        [0.2, 1],
        [0.4, -1],
        [0.5, 1],
        [0.6, -1],
      ],
    ],
    [
      'aimn1_t2.5',
      [
        [0.2, 1],
        [0.4, -1],
        [0.5, 1],
        [0.6, -1],
      ],
    ],
  ])('%s of an input', (name, expected) => {
    expect(eventsOf(name, [0, 1, 3, 3, 2, 2.5, 1])).toEqual(expected);
  });

  it('knows ranges, and tells what is no derived channel', () => {
    expect(parseDerived('dep2-4')?.map(({ name, source }) => [name, source])).toEqual([
      ['dep2', 'di2'],
      ['dep3', 'di3'],
      ['dep4', 'di4'],
    ]);
    expect(parseDerived('aep1-2_t-1e-3')?.map(({ name, threshold }) => [name, threshold])).toEqual([
      ['aep1_t-1e-3', -0.001],
      ['aep2_t-1e-3', -0.001],
    ]);
    expect(parseDerived('aep1')).toEqual([{ name: 'aep1', type: 'aep', source: 'ai1', threshold: 0 }]);
    for (const item of ['dep1_t2', 'ai1', 'dep', 'dep3-1', 'e1']) expect(parseDerived(item), item).toBeNull();
  });
});
