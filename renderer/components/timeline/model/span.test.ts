import { describe, expect, it } from 'vitest';
import { layOutOnDevice } from './device-clock.ts';
import type { TimelineEpoch } from './epochs.ts';
import { layOutTimeline } from './layout.ts';
import { barOf, ownTimeAt, shareOfOwn, spanBetween, spanOfBar, stretchOf, withTimes } from './span.ts';

const session = { path: '/s' };
const epoch = (lane: string, number: number, t0: number, t1: number, type: string): TimelineEpoch => {
  return { lane, device: lane, element: null, epochId: `${lane}${number}`, number, clocks: [{ type, t0, t1 }] };
};

describe('on a clock that goes on through all', () => {
  const timeline = layOutTimeline([epoch('a', 1, 100, 110, 'utc'), epoch('b', 1, 105, 200, 'utc')], 'utc');
  const utc = { device: null, clock: 'utc' };

  it('a drag in any direction gives its times and the epochs that it touches', () => {
    const span = spanBetween(session, timeline, utc, timeline.lanes[0], 0.5, 0.02);
    expect(span).toMatchObject({ path: '/s', device: null, epoch: null, clock: 'utc', t0: 102, t1: 150 });
    expect(span?.epochs).toEqual([
      { device: 'a', epochId: 'a1' },
      { device: 'b', epochId: 'b1' },
    ]);
    expect(spanBetween(session, timeline, utc, timeline.lanes[0], 0.5, 0.9)?.epochs).toHaveLength(1);
    expect(spanBetween(session, timeline, utc, undefined, -1, 2)).toMatchObject({ t0: 100, t1: 200 });
  });

  it('a stretch stands where it was chosen, and other ends bring other epochs', () => {
    const span = spanBetween(session, timeline, utc, undefined, 0.3, 0.5)!;
    expect(stretchOf(timeline, utc, span)).toEqual({ from: 0.3, to: 0.5 });
    expect(withTimes(timeline, utc, span, 101, 103).epochs).toEqual([{ device: 'a', epochId: 'a1' }]);
  });
});

describe('where each epoch has a clock of its own', () => {
  const local = { device: null, clock: 'dev_local_time' };
  const timeline = layOutTimeline(
    [
      epoch('a', 1, 5, 15, 'dev_local_time'),
      epoch('a', 2, 0, 10, 'dev_local_time'),
      epoch('b', 1, 0, 10, 'dev_local_time'),
    ],
    'dev_local_time',
  );
  const [lane] = timeline.lanes;
  const [first, second] = lane!.bars;

  it('a drag stays within the epoch in which it began', () => {
    const middle = (first!.from + first!.to) / 2;
    const span = spanBetween(session, timeline, local, lane, middle, 1)!;
    expect(span).toMatchObject({ device: 'a', epoch: 'a1', t0: 10, t1: 15, epochs: [{ device: 'a', epochId: 'a1' }] });
    const at = stretchOf(timeline, local, span)!;
    expect(at.lane).toBe('a');
    expect(at.from).toBeCloseTo(middle, 12);
    expect(at.to).toBeCloseTo(first!.to, 12);
    expect(spanOfBar(session, timeline, local, lane!, second!)).toMatchObject({ epoch: 'a2', t0: 0, t1: 10 });
  });

  it('means nothing beside all lanes', () => {
    expect(spanBetween(session, timeline, local, undefined, 0, 0.1)).toBeNull();
  });

  it('moments of an epoch go to the axis and back', () => {
    for (const time of [5, 7.25, 15]) expect(ownTimeAt(first!, shareOfOwn(first!, time)!)).toBeCloseTo(time, 9);
    expect(barOf(timeline.lanes, { device: 'b', epoch: 'b1' })?.epoch.lane).toBe('b');
    expect(barOf(timeline.lanes, { device: 'a', epoch: 'b1' })).toBeUndefined();
  });
});

it('on the local clock of one device the times are that device’s, in the group where the drag began', () => {
  const epochs = [
    epoch('a', 1, 0, 10, 'dev_local_time'),
    epoch('a', 2, 0, 10, 'dev_local_time'),
    epoch('b', 1, 50, 60, 'dev_local_time'),
  ];
  const on = (device: string, epochId: string, at: { epochId: string; t0: number; t1: number }) => {
    return { device, epochId, on: at, reason: null };
  };
  const timeline = layOutOnDevice(
    epochs,
    'dev_local_time',
    [
      on('a', 'a1', { epochId: 'a1', t0: 0, t1: 10 }),
      on('a', 'a2', { epochId: 'a2', t0: 0, t1: 10 }),
      on('b', 'b1', { epochId: 'a2', t0: 5, t1: 15 }),
    ],
    ['a1', 'a2'],
  );
  const shown = { device: 'a', clock: 'dev_local_time' };
  const [, b] = timeline.lanes;
  const [bar] = b!.bars;
  const span = spanBetween(session, timeline, shown, b, bar!.from, 1)!;
  expect(span).toMatchObject({ device: 'a', epoch: 'a2' });
  expect(span.t0).toBeCloseTo(5, 9);
  expect(span.t1).toBeCloseTo(15, 9);
  expect(span.epochs).toEqual([
    { device: 'a', epochId: 'a2' },
    { device: 'b', epochId: 'b1' },
  ]);
  const stretch = stretchOf(timeline, shown, span)!;
  expect(stretch.from).toBeCloseTo(bar!.from, 9);
  // Seen on another clock, it is where its epochs are.
  const other = layOutTimeline(epochs, 'dev_local_time');
  expect(stretchOf(other, { device: null, clock: 'dev_local_time' }, span)?.lane).toBe('a');
});
