import { toNdiError } from '../../shared/contract/client-errors.ts';

/** Whether something was refused because documents break rules of NDI: it can then be done unchecked. */
export function isBrokenRules(thrown: unknown): boolean {
  const { code, details } = toNdiError(thrown);
  return code === 'document.invalid' && 'problems' in details;
}
