/**
 * Every failure that a person can meet, by its stable code `area.reason`.
 *
 * `exit` is the status of the command line (2 wrong usage, 3 not found, 4 data invalid or unsupported,
 * 5 conflict or busy, 6 permission, 7 network, 130 cancelled, 1 a fault of ours); `verb` names the button that
 * the page offers. Codes are public: they may be added, never renamed.
 */
export const errorCodes = {
  'usage.invalid': { exit: 2, verb: 'none' },
  'path.missing': { exit: 3, verb: 'choose' },
  'path.denied': { exit: 6, verb: 'choose' },
  'path.notFolder': { exit: 4, verb: 'choose' },
  'path.vanished': { exit: 3, verb: 'retry' },
  'path.readOnly': { exit: 6, verb: 'choose' },
  'path.notEmpty': { exit: 5, verb: 'choose' },
  'path.noSpace': { exit: 5, verb: 'retry' },
  'path.ioFault': { exit: 4, verb: 'retry' },
  'path.stalled': { exit: 7, verb: 'retry' },
  'format.unknown': { exit: 4, verb: 'choose' },
  'format.empty': { exit: 4, verb: 'choose' },
  'format.truncated': { exit: 4, verb: 'choose' },
  'format.invalid': { exit: 4, verb: 'choose' },
  'format.unsupported': { exit: 4, verb: 'choose' },
  'database.missing': { exit: 3, verb: 'choose' },
  'database.busy': { exit: 5, verb: 'retry' },
  'database.corrupt': { exit: 4, verb: 'choose' },
  'database.foreign': { exit: 4, verb: 'choose' },
  'database.interrupted': { exit: 5, verb: 'retry' },
  'session.exists': { exit: 5, verb: 'choose' },
  'session.invalid': { exit: 4, verb: 'choose' },
  'session.notFound': { exit: 3, verb: 'choose' },
  'session.notIngested': { exit: 5, verb: 'none' },
  'session.held': { exit: 5, verb: 'none' },
  'document.notFound': { exit: 3, verb: 'none' },
  'document.invalid': { exit: 4, verb: 'none' },
  'document.duplicate': { exit: 5, verb: 'none' },
  'document.fileMissing': { exit: 3, verb: 'none' },
  'document.hasDependents': { exit: 5, verb: 'none' },
  'edit.nothing': { exit: 5, verb: 'none' },
  'edit.conflict': { exit: 5, verb: 'none' },
  'query.invalid': { exit: 2, verb: 'none' },
  'ontology.termInvalid': { exit: 2, verb: 'none' },
  'ontology.prefixUnknown': { exit: 2, verb: 'none' },
  'ontology.termNotFound': { exit: 3, verb: 'none' },
  'ontology.ambiguous': { exit: 4, verb: 'none' },
  'ontology.malformed': { exit: 7, verb: 'retry' },
  'ontology.denied': { exit: 6, verb: 'retry' },
  'ontology.busy': { exit: 7, verb: 'retry' },
  'ontology.timeout': { exit: 7, verb: 'retry' },
  'ontology.unreachable': { exit: 7, verb: 'retry' },
  'ontology.offline': { exit: 7, verb: 'none' },
  'epoch.notFound': { exit: 3, verb: 'choose' },
  'channel.notFound': { exit: 3, verb: 'choose' },
  'range.invalid': { exit: 2, verb: 'none' },
  'range.tooLarge': { exit: 2, verb: 'none' },
  'time.noPath': { exit: 3, verb: 'none' },
  'time.outsideEpoch': { exit: 3, verb: 'none' },
  'time.noClock': { exit: 3, verb: 'none' },
  'time.ambiguous': { exit: 4, verb: 'none' },
  'time.notGlobal': { exit: 2, verb: 'none' },
  'time.mappingInvalid': { exit: 4, verb: 'none' },
  'time.noFit': { exit: 4, verb: 'none' },
  'time.ruleInvalid': { exit: 2, verb: 'none' },
  'import.nothingFound': { exit: 3, verb: 'choose' },
  'import.outside': { exit: 2, verb: 'choose' },
  'import.ambiguous': { exit: 4, verb: 'choose' },
  'import.leftOver': { exit: 5, verb: 'none' },
  'job.notFound': { exit: 3, verb: 'none' },
  'auth.required': { exit: 6, verb: 'signIn' },
  'auth.credentials': { exit: 6, verb: 'signIn' },
  'auth.rejected': { exit: 6, verb: 'signIn' },
  'auth.otherUser': { exit: 6, verb: 'signIn' },
  'auth.unconfirmed': { exit: 6, verb: 'signIn' },
  'auth.alreadyConfirmed': { exit: 5, verb: 'signIn' },
  'auth.codeWrong': { exit: 6, verb: 'retry' },
  'auth.codeExpired': { exit: 6, verb: 'retry' },
  'auth.passwordRefused': { exit: 2, verb: 'none' },
  'auth.accountExists': { exit: 5, verb: 'signIn' },
  'auth.noOrganization': { exit: 6, verb: 'contact' },
  'auth.chooseOrganization': { exit: 2, verb: 'choose' },
  'auth.profileUnknown': { exit: 3, verb: 'choose' },
  'auth.keyStore': { exit: 6, verb: 'none' },
  'cloud.configuration': { exit: 2, verb: 'choose' },
  'cloud.offline': { exit: 7, verb: 'retry' },
  'cloud.tls': { exit: 7, verb: 'contact' },
  'cloud.interrupted': { exit: 7, verb: 'retry' },
  'cloud.timeout': { exit: 7, verb: 'retry' },
  'cloud.server': { exit: 7, verb: 'retry' },
  'cloud.waitAsked': { exit: 7, verb: 'retry' },
  'cloud.badAnswer': { exit: 7, verb: 'contact' },
  'cloud.notAdvancing': { exit: 7, verb: 'retry' },
  'cloud.refused': { exit: 4, verb: 'none' },
  'cloud.tooLarge': { exit: 4, verb: 'none' },
  'cloud.conflict': { exit: 5, verb: 'none' },
  'cloud.forbidden': { exit: 6, verb: 'contact' },
  'cloud.notFound': { exit: 3, verb: 'choose' },
  'cloud.urlExpired': { exit: 7, verb: 'retry' },
  'cloud.notLinked': { exit: 3, verb: 'none' },
  'cloud.severalLinks': { exit: 5, verb: 'choose' },
  'cloud.foreignLink': { exit: 5, verb: 'choose' },
  'cloud.deleted': { exit: 3, verb: 'choose' },
  'cloud.sessionUnclear': { exit: 5, verb: 'choose' },
  'sync.busy': { exit: 5, verb: 'retry' },
  'sync.remoteEmpty': { exit: 5, verb: 'none' },
  'sync.consentNeeded': { exit: 5, verb: 'none' },
  'cloud.archived': { exit: 5, verb: 'contact' },
  'door.unreachable': { exit: 7, verb: 'retry' },
  'door.portBusy': { exit: 5, verb: 'none' },
  'app.cancelled': { exit: 130, verb: 'none' },
  'app.unexpected': { exit: 1, verb: 'report' },
} as const satisfies Record<string, { exit: number; verb: RecoveryVerb }>;

/** What the page offers to do about an error: the button beside the sentence. */
export type RecoveryVerb = 'retry' | 'choose' | 'signIn' | 'contact' | 'report' | 'none';

export type ErrorCode = keyof typeof errorCodes;

/** Problems carry codes of their own besides those of errors. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}

/** Facts about an error that a program may want: the path, the field, the value found. JSON only. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** An error as it crosses a wall (page, command line, worker): plain JSON. */
export interface ErrorReport {
  readonly code: ErrorCode;
  /** One sentence in the user's words: what failed, with the name of the thing. */
  readonly message: string;
  /** One sentence: what to do next. */
  readonly recovery: string;
  readonly details: ErrorDetails;
}

/** The one error type of the application. Anything else that is thrown is a fault of ours (`app.unexpected`). */
export class NdiError extends Error {
  override readonly name = 'NdiError';
  readonly code: ErrorCode;
  readonly recovery: string;
  readonly details: ErrorDetails;

  constructor(report: { code: ErrorCode; message: string; recovery: string; details?: ErrorDetails; cause?: unknown }) {
    const message = abridge(report.message, report.details);
    super(message, report.cause === undefined ? undefined : { cause: report.cause });
    this.code = report.code;
    this.recovery = report.recovery;
    this.details = report.details ?? {};
  }

  toReport(): ErrorReport {
    return { code: this.code, message: this.message, recovery: this.recovery, details: this.details };
  }
}

/** Characters of a path or value that a sentence shows; more is not read, and pushes what matters off the screen. */
const LONGEST_IN_SENTENCE = 240;

/** A sentence in which what the details tell in full is cut in its middle, where it is very long. */
function abridge(message: string, details: ErrorDetails = {}): string {
  if (message.length <= LONGEST_IN_SENTENCE) return message;
  const long = Object.values(details).filter(
    (value) => typeof value === 'string' && value.length > LONGEST_IN_SENTENCE,
  );
  return long.reduce<string>(
    (sentence, value) => sentence.replaceAll(String(value), () => inPart(String(value))),
    message,
  );
}

function inPart(text: string): string {
  const half = LONGEST_IN_SENTENCE / 2;
  return `${text.slice(0, half).trimEnd()}…${text.slice(-half).trimStart()}`;
}

/** Turns whatever was thrown into a report; an aborted signal becomes `app.cancelled`. */
export function toErrorReport(thrown: unknown): ErrorReport {
  if (thrown instanceof NdiError) return thrown.toReport();
  if (isAbort(thrown)) {
    return { code: 'app.cancelled', message: 'Cancelled.', recovery: 'Start it again when you want.', details: {} };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'app.unexpected',
    message: `Something went wrong inside the application: ${message}`,
    recovery: 'Try again; if it happens again, report it with the text of this error.',
    details: {},
  };
}

/** Puts a report that crossed a wall back into an error. */
export function fromErrorReport(report: ErrorReport): NdiError {
  return new NdiError(report);
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === 'AbortError' || thrown.name === 'TimeoutError');
}
