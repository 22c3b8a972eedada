import { NdiError } from '../../../../shared/model/errors.ts';

/** Publishing or depositing was asked for while something is missing. */
export function notReady(missing: readonly string[]): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `The dataset is not ready: ${missing.join(' ')}`,
    recovery: 'Complete what is named; nothing was sent.',
    details: { missing },
  });
}
