import { NdiError, type ErrorCode } from '../../../../shared/model/errors.ts';
import { ownValue } from '../../../../shared/model/own-value.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly message: string;
  readonly recovery: string;
}

const wrongPassword: Meaning = {
  code: 'auth.credentials',
  message: 'NDI Cloud does not know this e-mail address with this password.',
  recovery: 'Check both and try again; a forgotten password can be replaced.',
};
const notKnown: Meaning = {
  code: 'auth.credentials',
  message: 'If an account with this e-mail address exists, a message is on its way to it.',
  recovery: 'Look into your mail, and check the address.',
};

/** What the codes of the account service mean; some mean another thing on another route. */
const meanings: Record<string, Meaning | undefined> = {
  UserNotConfirmedException: {
    code: 'auth.unconfirmed',
    message: 'This account has not been confirmed yet.',
    recovery: 'Enter the code that was sent to your e-mail address, or have it sent again.',
  },
  CodeMismatchException: {
    code: 'auth.codeWrong',
    message: 'The code is wrong.',
    recovery: 'Compare it with the message that you received.',
  },
  ExpiredCodeException: {
    code: 'auth.codeExpired',
    message: 'The code is too old.',
    recovery: 'Have a new one sent.',
  },
  InvalidPasswordException: {
    code: 'auth.passwordRefused',
    message: 'NDI Cloud does not take this password.',
    recovery: 'Choose one of 12 characters or more, of several kinds.',
  },
  UsernameExistsException: {
    code: 'auth.accountExists',
    message: 'An account with this e-mail address exists already.',
    recovery: 'Sign in, or have its password replaced.',
  },
  LimitExceededException: {
    code: 'cloud.waitAsked',
    message: 'NDI Cloud had too many tries.',
    recovery: 'Wait a while, then try again.',
  },
  // Nobody outside has to learn which addresses have accounts.
  UserNotFoundException: notKnown,
};

const confirmedAlready: Meaning = {
  code: 'auth.alreadyConfirmed',
  message: 'This account is confirmed already.',
  recovery: 'Sign in.',
};

/** Errors of the routes about accounts, in words that fit the route. */
export function authError(thrown: unknown, route: 'signIn' | 'confirm' | 'password'): unknown {
  if (!(thrown instanceof NdiError)) return thrown;
  const { serverCode, status } = thrown.details;
  const isCredentials = route === 'signIn' && (status === 401 || status === 404);
  let meaning = typeof serverCode === 'string' ? ownValue(meanings, serverCode) : undefined;
  if (serverCode === 'NotAuthorizedException') meaning = route === 'confirm' ? confirmedAlready : wrongPassword;
  if (serverCode === 'InvalidParameterException' && route === 'confirm') meaning = confirmedAlready;
  if (isCredentials && meaning === undefined) meaning = wrongPassword;
  if (meaning === undefined) return thrown;
  return new NdiError({ ...meaning, details: thrown.details, cause: thrown });
}
