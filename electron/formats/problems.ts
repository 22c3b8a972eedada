import type { Problem } from '../../shared/contract/common.ts';

/** The recording is used, but somebody should look at it. */
export function shouldFix(code: string, message: string, ...paths: string[]): Problem {
  return { grade: 'shouldFix', code, message, paths };
}

/** Good to know. */
export function note(code: string, message: string, ...paths: string[]): Problem {
  return { grade: 'note', code, message, paths };
}
