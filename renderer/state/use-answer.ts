import { useCallback, useEffect, useState } from 'react';
import { toNdiError } from '../../shared/contract/client-errors.ts';
import type { NdiError } from '../../shared/model/errors.ts';

/** An answer of the services as far as it is known. `stale`: a newer question is being asked. */
export type Answer<T> = { readonly reload: () => void } & (
  | { readonly status: 'loading'; readonly value?: undefined; readonly error?: undefined }
  | { readonly status: 'ready'; readonly value: T; readonly stale: boolean; readonly error?: undefined }
  | { readonly status: 'failed'; readonly value?: undefined; readonly error: NdiError }
);

type Known<T> = { readonly key: string; readonly round: number } & (
  { readonly value: T; readonly error?: undefined } | { readonly value?: undefined; readonly error: NdiError }
);

/**
 * Asks the services and keeps the answer while `key` stays the same. A question that is no longer wanted is aborted.
 * @param key names the question: two equal keys mean the same answer
 * @param options.keepLast shows the last answer until the next is there, so that stepping through a list does not flicker
 */
export function useAnswer<T>(
  key: string,
  ask: (signal: AbortSignal) => Promise<T>,
  options: { keepLast?: boolean } = {},
): Answer<T> {
  const [known, setKnown] = useState<Known<T> | null>(null);
  const [round, setRound] = useState(0);
  const reload = useCallback(() => {
    setRound((before) => before + 1);
  }, []);

  useEffect(() => {
    const controller = new AbortController();
    ask(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) setKnown({ key, round, value });
      },
      (thrown: unknown) => {
        if (!controller.signal.aborted) setKnown({ key, round, error: toNdiError(thrown) });
      },
    );
    return () => {
      controller.abort();
    };
    // `key` stands for everything that `ask` closes over.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, round]);

  const current = known !== null && known.key === key && known.round === round;
  if (known === null || (!current && (options.keepLast !== true || known.error !== undefined))) {
    return { status: 'loading', reload };
  }
  if (known.error !== undefined) return { status: 'failed', error: known.error, reload };
  return { status: 'ready', value: known.value, stale: !current, reload };
}
