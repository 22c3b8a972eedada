import { describe, expect, it } from 'vitest';
import { durationOf, type TimelineEpoch } from './epochs.ts';
import { clocksOf, layOutTimeline } from './layout.ts';

function epoch(device: string, number: number, clocks: TimelineEpoch['clocks']): TimelineEpoch {
  return { lane: device, device, element: null, epochId: `t${number}`, number, clocks };
}
const local = (t1: number) => ({ type: 'dev_local_time', t0: 0, t1 });
const utc = (t0: number, t1: number) => ({ type: 'utc', t0, t1 });

describe('layOutTimeline', () => {
  it('places epochs by time on a shared clock and sets apart those without', () => {
    const epochs = [epoch('a', 1, [utc(100, 110)]), epoch('a', 2, [utc(130, 140)]), epoch('b', 1, [local(5)])];
    const { axis, lanes } = layOutTimeline(epochs, 'utc');
    expect(axis).toEqual({ t0: 100, t1: 140 });
    expect(lanes[0]?.bars.map(({ from, to }) => [from, to])).toEqual([
      [0, 0.25],
      [0.75, 1],
    ]);
    expect(lanes[1]).toMatchObject({ name: 'b', bars: [], unplaced: [epochs[2]] });
  });

  it('puts epochs with clocks of their own one after the other, those of one number below each other', () => {
    const epochs = [epoch('a', 1, [local(10)]), epoch('b', 1, [local(5)]), epoch('a', 2, [local(10)])];
    const { axis, lanes } = layOutTimeline(epochs, 'dev_local_time');
    const [a1, a2] = lanes[0]?.bars ?? [];
    const [b1] = lanes[1]?.bars ?? [];
    expect(axis).toBeNull();
    expect(a1?.from).toBe(0);
    expect(b1?.from).toBe(0);
    expect((b1?.to ?? 0) * 2).toBeCloseTo(a1?.to ?? 0, 9);
    expect(a2?.from).toBeGreaterThan(a1?.to ?? 1);
    expect(a2?.to).toBeCloseTo(1, 9);
  });

  it('survives epochs without length and sessions without epochs', () => {
    const bar = layOutTimeline([epoch('a', 1, [local(0)])], 'dev_local_time').lanes[0]?.bars[0];
    expect([bar?.from, bar?.to]).toEqual([0, 0]);
    expect(layOutTimeline([epoch('a', 1, [utc(5, 5)])], 'utc').lanes[0]?.bars[0]).toMatchObject({ from: 0, to: 0 });
    expect(layOutTimeline([], 'utc')).toEqual({ lanes: [], axis: null });
  });
});

it('clocksOf names shared clocks first and leaves out those without times', () => {
  const clocks = [local(1), { type: 'no_time', t0: null, t1: null }, utc(0, 1)];
  expect(clocksOf([epoch('a', 1, clocks)])).toEqual(['utc', 'dev_local_time']);
});

it('durationOf', () => {
  expect(durationOf(epoch('a', 1, [{ type: 'utc', t0: null, t1: null }, utc(2, 5)]))).toBe(3);
  expect(durationOf(epoch('a', 1, []))).toBeNull();
});
