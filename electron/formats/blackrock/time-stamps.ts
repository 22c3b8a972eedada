/**
 * Seconds of a time stamp. PTP stamps (nanoseconds since 1970) exceed 2^53: whole seconds and the rest are converted
 * apart, which keeps what a double can hold.
 */
export function stampSeconds(stamp: bigint, resolution: number): number {
  if (stamp <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(stamp) / resolution;
  const ticks = BigInt(resolution);
  return Number(stamp / ticks) + Number(stamp % ticks) / resolution;
}
