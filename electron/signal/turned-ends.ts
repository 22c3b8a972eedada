/**
 * Continues a signal beyond its ends, turned around its first and last value, as is the custom for filters without a
 * delay.
 * @param whole holds the signal from `before` on; what is around it is written
 */
export function turnEnds(whole: Float64Array, before: number, count: number): void {
  const end = before + count - 1;
  const [first = 0, last = 0] = [whole[before], whole[end]];
  for (let k = 1; k <= before; k += 1) whole[before - k] = 2 * first - (whole[Math.min(before + k, end)] ?? first);
  for (let k = 1; end + k < whole.length; k += 1)
    whole[end + k] = 2 * last - (whole[Math.max(end - k, before)] ?? last);
}
