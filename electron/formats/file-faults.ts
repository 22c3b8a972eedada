import { NdiError, type ErrorCode, type ErrorDetails } from '../../shared/model/errors.ts';

const faults: Record<string, { code: ErrorCode; what: string; recovery: string }> = {
  ENOENT: { code: 'path.missing', what: 'is not there', recovery: 'Check the spelling, or choose it again.' },
  ENOTDIR: { code: 'path.missing', what: 'is not there', recovery: 'Check the spelling, or choose it again.' },
  EACCES: {
    code: 'path.denied',
    what: 'may not be read by you',
    recovery: 'Ask its owner for the right, or choose another.',
  },
  EPERM: {
    code: 'path.denied',
    what: 'may not be read by you',
    recovery: 'Ask its owner for the right, or choose another.',
  },
  ENAMETOOLONG: { code: 'path.missing', what: 'has a name that is too long', recovery: 'Shorten the name.' },
  ELOOP: { code: 'path.missing', what: 'is a link that leads to itself', recovery: 'Choose the real folder.' },
};

/** Turns a fault of the file system met while reading into an error that names the path; typed errors pass. */
export function toReadFault(thrown: unknown, path: string): NdiError {
  if (thrown instanceof NdiError) return thrown;
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code ?? '';
  const fault = faults[code] ?? {
    code: 'path.ioFault' as const,
    what: 'could not be read',
    recovery: 'Check the disk or the network, then try again.',
  };
  return new NdiError({
    code: fault.code,
    message: `${path} ${fault.what}.`,
    recovery: fault.recovery,
    details: { path, fault: code },
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
