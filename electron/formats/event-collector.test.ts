import { describe, expect, it } from 'vitest';
import { EventCollector } from './event-collector.ts';

describe('the earliest events', () => {
  it('are kept in order of time, whatever the order in which they come, and all are counted', () => {
    const times = Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 5_000);
    const collector = new EventCollector(20);
    for (const time of times) collector.offer('e1', time, () => time);
    const { events, total } = collector.result();
    expect(total).toBe(5_000);
    expect(events).toEqual(Array.from({ length: 20 }, (_, time) => ({ channel: 'e1', time, value: time })));
  });

  it('keep their order at the same time', () => {
    const collector = new EventCollector(3);
    for (const channel of ['a', 'b', 'c', 'd']) collector.offer(channel, 1, () => 0);
    expect(collector.result().events.map(({ channel }) => channel)).toEqual(['a', 'b', 'c']);
  });

  it('are none where none are wanted', () => {
    const collector = new EventCollector(0);
    collector.offer('e1', 1, () => 0);
    expect(collector.result()).toEqual({ events: [], total: 1 });
  });
});
