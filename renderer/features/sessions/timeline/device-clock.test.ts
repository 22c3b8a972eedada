import { describe, expect, it } from 'vitest';
import type { Epoch } from '../../../../shared/contract/sessions.ts';
import type { PlacedEpoch } from '../../../../shared/contract/sync.ts';
import { deviceClocksOf, layOutOnDevice } from './device-clock.ts';

function epoch(device: string, number: number, t0: number, t1: number, type = 'dev_local_time'): Epoch {
  const clocks = [{ type, t0, t1 }];
  return { epochId: `${device}${number}`, number, device, clocks, files: [], probes: [], problems: [] };
}
function placed({ device, epochId }: Epoch, on: PlacedEpoch['on']): PlacedEpoch {
  return { device, epochId, on, reason: on === null ? 'There is no path.' : null };
}
const rounded = (values: readonly { from: number; to: number }[] = []) =>
  values.map(({ from, to }) => [Number(from.toFixed(6)), Number(to.toFixed(6))]);

describe('layOutOnDevice', () => {
  const epochs = [epoch('a', 1, 0, 10), epoch('a', 2, 0, 10), epoch('b', 1, 50, 55), epoch('b', 2, 70, 90)];
  const [a1, a2, b1, b2] = epochs as [Epoch, Epoch, Epoch, Epoch];

  it('puts the epochs of other devices where they ran, each group after the other', () => {
    const places = [
      placed(a1, { epochId: 'a1', t0: 0, t1: 10 }),
      placed(a2, { epochId: 'a2', t0: 0, t1: 10 }),
      placed(b1, { epochId: 'a2', t0: 5, t1: 10 }),
      placed(b2, { epochId: 'a1', t0: -5, t1: 15 }),
    ];
    const { lanes, span } = layOutOnDevice(epochs, { device: 'a', clock: 'dev_local_time' }, places);
    // 20 s of the first group and 10 s of the second; 0.6 s between them.
    const of = (...times: number[]) => times.map((time) => Number((time / 30.6).toFixed(6)));
    expect(span).toBeNull();
    expect(rounded(lanes[0]?.bars)).toEqual([of(5, 15), of(20.6, 30.6)]);
    expect(rounded(lanes[1]?.bars)).toEqual([of(25.6, 30.6), of(0, 20)]);
  });

  it('sets apart what has no place, and has one axis on a shared clock', () => {
    const places = [
      placed(a1, { epochId: 'a1', t0: 100, t1: 110 }),
      placed(a2, { epochId: 'a2', t0: 110, t1: 120 }),
      placed(b1, null),
      placed(b2, { epochId: 'a2', t0: 115, t1: 140 }),
    ];
    const { lanes, span } = layOutOnDevice(epochs, { device: 'a', clock: 'utc' }, places);
    expect(span).toEqual({ t0: 100, t1: 140 });
    expect(rounded(lanes[1]?.bars)).toEqual([[0.375, 1]]);
    expect(lanes[1]?.unplaced).toEqual([b1]);
    expect(layOutOnDevice([], { device: 'a', clock: 'utc' }, [])).toEqual({ span: null, lanes: [] });
  });
});

it('deviceClocksOf names each clock with times once', () => {
  const epochs = [epoch('a', 1, 0, 1), epoch('a', 2, 0, 1), epoch('b', 1, 0, 1, 'utc')];
  expect(deviceClocksOf(epochs)).toEqual([
    { device: 'a', clock: 'dev_local_time' },
    { device: 'b', clock: 'utc' },
  ]);
});
