import { NdiError, type ErrorDetails } from '../../shared/model/errors.ts';
import { toFileError } from '../files/file-faults.ts';
import { isDatabaseName } from '../files/held-files.ts';

/**
 * The typed error for whatever went wrong while a recording was read. Also a mistake of ours in one file's reader ends
 * here: it must not spoil the rest of a folder.
 */
export function toReadFault(thrown: unknown, path: string): NdiError {
  const fault = toFileError(thrown, path);
  if (fault instanceof NdiError) return fault;
  return new NdiError({
    code: 'path.ioFault',
    message: `${path} could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
    recovery: 'Check the disk or the network, then try again; if it happens again, report it.',
    details: { path },
    cause: thrown,
  });
}

/** A header that lies or a file that is cut: names the file, the field, the value found and the byte where it lies. */
export function formatFault(
  code: 'format.invalid' | 'format.truncated' | 'format.unsupported' | 'format.empty' | 'format.unknown',
  path: string,
  sentence: string,
  details: ErrorDetails = {},
): NdiError {
  return new NdiError({
    code,
    message: `${path}: ${sentence}`,
    recovery:
      code === 'format.truncated'
        ? 'Copy the file again from its source, or choose another.'
        : 'Choose another file; if the recording software wrote it so, keep it and report it.',
    details: { path, ...details },
  });
}

/**
 * To be called before a file is opened that anybody may have named: opening and closing a database would drop the locks
 * of those who read and write it in this process (`held-files`).
 * @throws NdiError format.unknown
 */
export function refuseDatabase(path: string): void {
  if (!isDatabaseName(path)) return;
  throw new NdiError({
    code: 'format.unknown',
    message: `${path}: no known recording: its name is that of a database.`,
    recovery: 'Open the folder of the session that it belongs to.',
    details: { path },
  });
}

/** The file was there when its header was read and is not any more. */
export function vanished(path: string, cause?: unknown): NdiError {
  return new NdiError({
    code: 'path.vanished',
    message: `${path} was there a moment ago and is gone.`,
    recovery: 'Put it back or reconnect its disk, then try again.',
    details: { path },
    cause,
  });
}
