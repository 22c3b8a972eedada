import type { Problem } from '../../shared/contract/common.ts';
import type { RecordingInfo } from '../../shared/contract/recordings.ts';
import type { NdiError } from '../../shared/model/errors.ts';

/** The recording is used, but somebody should look at it. */
export function shouldFix(code: string, message: string, ...paths: string[]): Problem {
  return { grade: 'shouldFix', code, message, paths };
}

/** Good to know. */
export function note(code: string, message: string, ...paths: string[]): Problem {
  return { grade: 'note', code, message, paths };
}

/** How a problem of a file begins without which a folder is read. */
export const LEFT_OUT = 'A file is left out. ';

/** Files of a folder that could not be read: each is a problem. @returns what the recording tells of them */
export function leaveOut(faults: readonly NdiError[], problems: Problem[]): Pick<RecordingInfo, 'unread'> {
  if (faults.length === 0) return {};
  const unread = faults.map(({ details }) => String(details['path'] ?? ''));
  faults.forEach(({ code, message }, index) => {
    problems.push(shouldFix(code, `${LEFT_OUT}${message}`, unread[index] ?? ''));
  });
  return { unread };
}
