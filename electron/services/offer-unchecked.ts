import { NdiError } from '../../shared/model/errors.ts';

/**
 * Runs a copying of documents; where it is refused because documents break rules of NDI, the refusal says that they can
 * also be copied as they are.
 */
export function offeringUnchecked<T>(copying: () => T): T {
  try {
    return copying();
  } catch (error) {
    const isRefusal = error instanceof NdiError && error.code === 'document.invalid' && 'problems' in error.details;
    if (!isRefusal) throw error;
    throw new NdiError({
      ...error.toReport(),
      recovery:
        'Correct them first, or copy the documents unchecked, as they are: NDI-matlab may then refuse to store changes of them. Nothing was written.',
      cause: error,
    });
  }
}
