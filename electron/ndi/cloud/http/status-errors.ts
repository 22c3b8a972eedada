import { NdiError, type ErrorCode } from '../../../../shared/model/errors.ts';
import type { Refusal } from './refusal.ts';

/** A server that wants to be left alone for longer than we wait by ourselves. */
export function waitAskedError({ host, status }: Refusal, untilMs: number): NdiError {
  const until = new Date(untilMs).toISOString();
  return new NdiError({
    code: 'cloud.waitAsked',
    message: `${host} asks to wait until ${until}.`,
    recovery: 'Try again then; what has been sent is kept.',
    details: { host, status, until },
  });
}

/** The error for a status of the API. `text` is what the server said. */
export function statusError({ status, text, host, code }: Refusal): NdiError {
  const kind = kinds[status] ?? (status >= 500 ? server : other);
  return new NdiError({
    code: kind.code,
    message: `${kind.message} ${asSentence(text)}`,
    recovery: kind.recovery,
    details: { host, status, serverText: text, ...(code === null ? {} : { serverCode: code }) },
  });
}

interface Kind {
  readonly code: ErrorCode;
  readonly message: string;
  readonly recovery: string;
}

const server: Kind = {
  code: 'cloud.server',
  message: 'NDI Cloud answered with a fault:',
  recovery: 'Try again in a minute; if it stays so, tell NDI Cloud’s support.',
};
const other: Kind = {
  code: 'cloud.refused',
  message: 'NDI Cloud did not accept the request:',
  recovery: 'Correct what it names and try again.',
};

const kinds: Partial<Record<number, Kind>> = {
  401: { code: 'auth.rejected', message: 'NDI Cloud did not accept the sign-in:', recovery: 'Sign in again.' },
  403: {
    code: 'cloud.forbidden',
    message: 'NDI Cloud does not allow this to your account:',
    recovery: 'Ask an administrator of your organization or of NDI Cloud.',
  },
  404: {
    code: 'cloud.notFound',
    message: 'NDI Cloud does not find it, or your account may not see it:',
    recovery: 'Check the id, the account and the server that you are signed in to.',
  },
  409: { code: 'cloud.conflict', message: 'NDI Cloud reports a conflict:', recovery: 'Look at what is there already.' },
  413: {
    code: 'cloud.tooLarge',
    message: 'NDI Cloud does not take so much at once:',
    recovery: 'A single document may not be larger than 6 MiB.',
  },
  429: {
    code: 'cloud.waitAsked',
    message: 'NDI Cloud had too many requests:',
    recovery: 'Wait a minute, then try again.',
  },
  504: {
    code: 'cloud.timeout',
    message: 'NDI Cloud did not finish in time; it may still be working on it:',
    recovery: 'Look in a minute whether it has been done, before you ask again.',
  },
};

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
