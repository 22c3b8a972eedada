import { NdiError, type ErrorCode } from '../../shared/model/errors.ts';

/** Faults of the operating system that a person can do something about: code, what is the matter, what to do. */
const faults: Readonly<Record<string, readonly [ErrorCode, string, string]>> = {
  ENOENT: ['path.missing', 'does not exist', 'Check the spelling, or choose another path.'],
  ENOTDIR: ['path.missing', 'does not exist', 'Check the spelling, or choose another path.'],
  ENAMETOOLONG: ['path.missing', 'has a name that is too long', 'Shorten the name.'],
  ELOOP: ['path.missing', 'is a link that leads to itself', 'Choose the real file or folder.'],
  EACCES: ['path.denied', 'may not be opened by you', 'Ask its owner for the right, or choose another path.'],
  EPERM: ['path.denied', 'may not be opened by you', 'Ask its owner for the right, or choose another path.'],
  EROFS: ['path.readOnly', 'is on a disk that cannot be written', 'Choose a folder that you may write to.'],
  ENOSPC: ['path.noSpace', 'does not fit: the disk is full', 'Free some space, then try again.'],
  EDQUOT: ['path.noSpace', 'does not fit: your quota is used up', 'Free some space, then try again.'],
};

/** A fault of the disk or the network that has no name of its own. */
const otherFault = [
  'path.ioFault',
  'could not be read or written',
  'Check the disk or the network, then try again.',
] as const;

/**
 * The typed error for what a file call threw: it names the path and what to do. What is not a fault of the operating
 * system (typed errors, aborts, mistakes of ours) passes unchanged.
 */
export function toFileError(thrown: unknown, path: string): unknown {
  if (!isSystemFault(thrown)) return thrown;
  const [code, what, recovery] = faults[thrown.code] ?? otherFault;
  return new NdiError({
    code,
    message: `${path} ${what}.`,
    recovery,
    details: { path, fault: thrown.code },
    cause: thrown,
  });
}

/** Node marks errors of system calls with the call's name. */
function isSystemFault(thrown: unknown): thrown is NodeJS.ErrnoException & { code: string } {
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown && typeof thrown.code === 'string';
}

/**
 * For what is read whole by a call that blocks: a pipe, a device or a socket in the place of a file may never end.
 * @throws NdiError path.ioFault
 */
export function requireFile(path: string, stats: { isFile(): boolean } | undefined): void {
  if (stats === undefined || stats.isFile()) return;
  throw new NdiError({
    code: 'path.ioFault',
    message: `${path} is no file.`,
    recovery: 'Put the file in its place, then try again.',
    details: { path },
  });
}

/** The error for a disk or a network drive that does not come back with an answer. */
export function stalled(path: string | undefined): NdiError {
  return new NdiError({
    code: 'path.stalled',
    message: `${path ?? 'The disk'} does not answer.`,
    recovery: 'Check the disk or the network drive, then try again.',
    details: path === undefined ? {} : { path },
  });
}
