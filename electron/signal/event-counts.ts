import type { EventList } from '../formats/format.ts';

/** Events that are held at once while they are counted. */
const AT_ONCE = 100_000;

interface Range {
  /** Seconds, half-open. */
  readonly from: number;
  readonly to: number;
  readonly bins: number;
}

/**
 * How many events fall into each of `bins` equal parts of a range. Never holds more than {@link AT_ONCE} of them: where
 * a part has more, its halves are asked, down to one bin, of which the total is enough.
 */
export function countEvents(
  read: (from: number, to: number, limit: number) => EventList,
  { from, to, bins }: Range,
  atOnce = AT_ONCE,
): number[] {
  const counts = new Array<number>(bins).fill(0);
  const edge = (bin: number) => (bin === bins ? to : from + ((to - from) * bin) / bins);
  const count = (first: number, end: number): void => {
    const isOne = end - first === 1;
    const { events, total } = read(edge(first), edge(end), isOne ? 1 : atOnce);
    if (isOne) counts[first] = total;
    else if (total > events.length) {
      const middle = (first + end) >> 1;
      count(first, middle);
      count(middle, end);
    } else {
      for (const { time } of events) {
        const bin = Math.floor(((time - from) / (to - from)) * bins);
        const at = Math.min(end - 1, Math.max(first, bin));
        counts[at] = (counts[at] ?? 0) + 1;
      }
    }
  };
  count(0, bins);
  return counts;
}
