import { NdiError } from '../../../../shared/model/errors.ts';

export function signInNeeded(): NdiError {
  return new NdiError({
    code: 'auth.required',
    message: 'You are not signed in to NDI Cloud.',
    recovery: 'Sign in, then do it again.',
  });
}

export function rejectedTwice(last: NdiError): NdiError {
  return new NdiError({
    code: 'auth.rejected',
    message: 'NDI Cloud did not accept the sign-in, not even after signing in anew.',
    recovery: 'Sign in again; what was being sent is kept and goes on.',
    details: last.details,
  });
}

export function badAnswer(host: string, text: string): NdiError {
  return new NdiError({
    code: 'cloud.badAnswer',
    message: `${host} answered with something that is not NDI Cloud’s language.`,
    recovery: 'Check the address of the server; a log-in page of the network may be in between.',
    details: { host, answer: text.slice(0, 200) },
  });
}
