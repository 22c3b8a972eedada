import { NdiError } from '../../../../shared/model/errors.ts';

export function signInNeeded(): NdiError {
  return new NdiError({
    code: 'auth.required',
    message: 'You are not signed in to NDI Cloud.',
    recovery: 'Sign in, then do it again.',
  });
}

/** The server does not accept a token any more, and nothing is there to renew it with. */
export function sessionEnded(email: string): NdiError {
  return new NdiError({
    code: 'auth.required',
    message: `The session of ${email} at NDI Cloud has ended.`,
    recovery: 'Sign in again; what waits goes on then.',
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

/** @param where in the answer something else stands than the interface of NDI Cloud says */
export function lyingAnswer(host: string, where: string): NdiError {
  return new NdiError({
    code: 'cloud.badAnswer',
    message: `${host} gave an answer that is not what NDI Cloud answers: ${where} is missing or of another kind.`,
    recovery: 'Check the address of the server; if it is the right one, tell NDI Cloud’s support.',
    details: { host, where },
  });
}
