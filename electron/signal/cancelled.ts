import { NdiError } from '../../shared/model/errors.ts';

export function cancelledError(): NdiError {
  return new NdiError({ code: 'app.cancelled', message: 'Cancelled.', recovery: 'Start it again when you want.' });
}
