import { NdiError } from '../../../../shared/model/errors.ts';
import type { Refusal } from '../http/refusal.ts';
import { statusError } from '../http/status-errors.ts';

/** What the storage behind signed URLs means by a refusal; it speaks XML with codes of its own. */
export function storageError(refusal: Refusal): NdiError {
  const { status, code, text, host } = refusal;
  const details = { host, status, serverText: text, ...(code === null ? {} : { serverCode: code }) };
  if (code === 'InvalidObjectState') {
    return new NdiError({
      code: 'cloud.archived',
      message: 'The file lies in the cloud’s archive and cannot be read at once.',
      recovery: 'Ask NDI Cloud to bring it back; that takes hours.',
      details,
    });
  }
  if (status === 403) {
    return new NdiError({
      code: 'cloud.urlExpired',
      message: `The storage did not accept the address of the file: ${text}`,
      recovery: 'Try again; a new address is asked for.',
      details,
    });
  }
  if (status === 404) {
    return new NdiError({
      code: 'cloud.notFound',
      message: 'The file is not in the cloud’s storage, or not yet.',
      recovery: 'Wait a minute and try again; files appear some time after they were sent.',
      details,
    });
  }
  return statusError(refusal);
}
