import { expect, test } from 'vitest';
import type { EventList } from '../formats/format.ts';
import { countEvents } from './event-counts.ts';

/** Events at such times, as a recording gives them. */
function recordingOf(times: readonly number[]) {
  const asked: number[] = [];
  const read = (from: number, to: number, limit: number): EventList => {
    const within = times.filter((time) => time >= from && time < to);
    const events = within.slice(0, limit).map((time) => ({ channel: 'e1', time, value: 1 }));
    asked.push(events.length);
    return { events, total: within.length };
  };
  return { read, asked };
}

test('counts events of a half-open range in equal parts', () => {
  const { read } = recordingOf([-1, 0, 0.5, 1, 3.99, 4]);
  expect(countEvents(read, { from: 0, to: 4, bins: 4 })).toEqual([2, 1, 0, 1]);
});

test('never holds more than a few of many events, and counts the same', () => {
  // Reproducible, and crowded at the beginning.
  const times = Array.from({ length: 5000 }, (_, at) => ((at * 7919) % 5000) / 5000)
    .map((x) => 10 * x ** 3)
    .sort();
  const plain = new Array<number>(64).fill(0);
  for (const time of times) plain[Math.floor((time / 10) * 64)]! += 1;
  const { read, asked } = recordingOf(times);
  expect(countEvents(read, { from: 0, to: 10, bins: 64 }, 100)).toEqual(plain);
  expect(Math.max(...asked)).toBeLessThanOrEqual(100);
});

test('an error of the recording ends it', () => {
  const fail = () => {
    throw new Error('cancelled');
  };
  expect(() => countEvents(fail, { from: 0, to: 1, bins: 8 })).toThrow('cancelled');
});
