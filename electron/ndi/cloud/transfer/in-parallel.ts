/**
 * Works through items, some at a time, in order; the next is taken only when one is done, so a long list costs no
 * memory. The first failure stops the taking; those under way are waited for.
 */
export async function inParallel<T>(
  items: Iterable<T> | AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let failure: { thrown: unknown } | null = null;
  let taking: Promise<unknown> = Promise.resolve();
  const worker = async () => {
    while (failure === null) {
      // One taker at a time: an async source is asked for its next item only once.
      const next = taking.then(() => source.next());
      taking = next.catch(() => undefined);
      try {
        const item = await next;
        if (item.done === true) return;
        await work(item.value);
      } catch (thrown) {
        failure ??= { thrown };
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const failed = failure as { thrown: unknown } | null;
  if (failed !== null) throw failed.thrown;
}
