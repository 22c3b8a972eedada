import { describe, expect, it } from 'vitest';
import type { PlacedEpoch } from '../../../../shared/contract/sync.ts';
import { deviceClocksOf, layOutOnDevice } from './device-clock.ts';
import type { TimelineEpoch } from './epochs.ts';

function epoch(device: string, number: number, t0: number, t1: number, type = 'dev_local_time') {
  const clocks = [{ type, t0, t1 }];
  return { lane: device, device, element: null, epochId: `${device}${number}`, number, clocks };
}
type Made = TimelineEpoch & { device: string };
function placed({ device, epochId }: Made, on: PlacedEpoch['on']): PlacedEpoch {
  return { device, epochId, on, reason: on === null ? 'There is no path.' : null };
}
const rounded = (values: readonly { from: number; to: number }[] = []) =>
  values.map(({ from, to }) => [Number(from.toFixed(6)), Number(to.toFixed(6))]);

describe('layOutOnDevice', () => {
  const epochs = [epoch('a', 1, 0, 10), epoch('a', 2, 0, 10), epoch('b', 1, 50, 55), epoch('b', 2, 70, 90)];
  const [a1, a2, b1, b2] = epochs as [Made, Made, Made, Made];

  it('puts the epochs of other devices where they ran, each group after the other', () => {
    const places = [
      placed(a1, { epochId: 'a1', t0: 0, t1: 10 }),
      placed(a2, { epochId: 'a2', t0: 0, t1: 10 }),
      placed(b1, { epochId: 'a2', t0: 5, t1: 10 }),
      placed(b2, { epochId: 'a1', t0: -5, t1: 15 }),
    ];
    const { lanes, axis } = layOutOnDevice(epochs, 'dev_local_time', places, ['a1', 'a2']);
    // 20 s of the first group and 10 s of the second; 0.6 s between them.
    const of = (...times: number[]) => times.map((time) => Number((time / 30.6).toFixed(6)));
    expect(axis).toBeNull();
    expect(rounded(lanes[0]?.bars)).toEqual([of(5, 15), of(20.6, 30.6)]);
    expect(rounded(lanes[1]?.bars)).toEqual([of(0, 20), of(25.6, 30.6)]);
  });

  it('sets apart what has no place, and has one axis on a shared clock', () => {
    const places = [
      placed(a1, { epochId: 'a1', t0: 100, t1: 110 }),
      placed(a2, { epochId: 'a2', t0: 110, t1: 120 }),
      placed(b1, null),
      placed(b2, { epochId: 'a2', t0: 115, t1: 140 }),
    ];
    const { lanes, axis } = layOutOnDevice(epochs, 'utc', places, ['a1', 'a2']);
    expect(axis).toEqual({ t0: 100, t1: 140 });
    expect(rounded(lanes[1]?.bars)).toEqual([[0.375, 1]]);
    expect(lanes[1]?.unplaced).toEqual([b1]);
    expect(layOutOnDevice([], 'utc', [], [])).toEqual({ axis: null, lanes: [] });
  });
});

it('deviceClocksOf names each clock with times once', () => {
  const epochs = [epoch('a', 1, 0, 1), epoch('a', 2, 0, 1), epoch('b', 1, 0, 1, 'utc')];
  expect(deviceClocksOf(epochs)).toEqual([
    { device: 'a', clock: 'dev_local_time' },
    { device: 'b', clock: 'utc' },
  ]);
});
