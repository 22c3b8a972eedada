/** Runs parts of one work; when one fails the others are stopped. */
export async function cancelTogether<T>(
  signal: AbortSignal | undefined,
  start: (common: AbortSignal) => Promise<T>[],
): Promise<T[]> {
  const stop = new AbortController();
  const common = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  try {
    return await Promise.all(start(common));
  } catch (error) {
    stop.abort();
    throw error;
  }
}
