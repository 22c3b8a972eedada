/** A stretch of samples whose stamps grow by one: `start` counts samples from 0, `stamp` is the one of the first. */
export interface StampSegment {
  readonly start: number;
  readonly samples: number;
  readonly stamp: number;
}

/** More jumps than this is no recording; the search stops there. */
const MAX_JUMPS = 10_000;

/**
 * Finds where time stamps jump. Stamps grow by one a sample and jump forward at a gap, so stamp - index changes only
 * there: ends that agree have no jump between them, others are bisected.
 *
 * @param stampAt time stamp of a sample; called about 40 times a jump
 */
export function findSegments(
  samples: number,
  stampAt: (sample: number) => number,
): { segments: StampSegment[]; complete: boolean } {
  if (samples === 0) return { segments: [], complete: true };
  const shift = (sample: number) => stampAt(sample) - sample;
  const starts = [0];
  let complete = true;
  // Ranges [low, high] still to be searched, the earliest on top.
  const open: [number, number, number, number][] = [[0, shift(0), samples - 1, shift(samples - 1)]];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [low, lowShift, high, highShift] = range;
    if (lowShift === highShift) continue;
    if (high - low === 1) {
      starts.push(high);
      if (starts.length > MAX_JUMPS) {
        complete = false;
        break;
      }
      continue;
    }
    const middle = Math.floor((low + high) / 2);
    const middleShift = shift(middle);
    open.push([middle, middleShift, high, highShift], [low, lowShift, middle, middleShift]);
  }
  const segments = starts.map((start, index) => ({
    start,
    samples: (starts[index + 1] ?? samples) - start,
    stamp: stampAt(start),
  }));
  return { segments, complete };
}
