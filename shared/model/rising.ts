/**
 * Index of the first of `count` items in order that `isReached` holds for, as it then does for all after it; `count`
 * where it holds for none.
 */
export function firstIndex(count: number, isReached: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Index of the first of rising times that is not before `time`. */
export function firstNotBefore(times: ArrayLike<number>, time: number): number {
  return firstIndex(times.length, (index) => !((times[index] ?? Number.NaN) < time));
}

/** Index of the last of rising numbers that is not above `value`; 0 where all are. */
export function lastNotAfter(numbers: ArrayLike<number>, value: number): number {
  return Math.max(0, firstIndex(numbers.length, (index) => !((numbers[index] ?? Number.NaN) <= value)) - 1);
}
