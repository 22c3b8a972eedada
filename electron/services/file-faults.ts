import { NdiError, type ErrorCode } from '../../shared/model/errors.ts';

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
    what: 'may not be used by you',
    recovery: 'Ask its owner for the right, or choose another.',
  },
  EROFS: { code: 'path.readOnly', what: 'cannot be written', recovery: 'Choose a folder that you may write to.' },
  ENOSPC: { code: 'path.noSpace', what: 'is on a full disk', recovery: 'Free some space, then try again.' },
  ENAMETOOLONG: { code: 'path.missing', what: 'has a name that is too long', recovery: 'Shorten the name.' },
  ELOOP: { code: 'path.missing', what: 'is a link that leads to itself', recovery: 'Choose the real folder.' },
};

/** Turns a fault of the file system into an error that names the path and what to do; typed errors pass. */
export function toFileError(thrown: unknown, path: string): NdiError {
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
