import { type ErrorCode, NdiError } from '../../../../shared/model/errors.ts';
import type { Refusal } from '../http/refusal.ts';
import { statusError } from '../http/status-errors.ts';

interface Meaning {
  readonly code: ErrorCode;
  /** `CODE` stands for the storage's own word. */
  readonly message: string;
  readonly recovery: string;
}

const oldAddress: Meaning = {
  code: 'cloud.urlExpired',
  message: 'The storage did not accept the address of the file (CODE): it has run out, or was changed on its way.',
  recovery: 'Try again; a new address is asked for.',
};
const damagedOnItsWay: Meaning = {
  code: 'cloud.interrupted',
  message: 'The storage says that the bytes came damaged or not all of them (CODE).',
  recovery: 'Try again; what has been sent or received is kept.',
};
const tooLarge: Meaning = {
  code: 'cloud.tooLarge',
  message: 'The storage takes no file of this size (CODE).',
  recovery: 'A file may have 5 GiB at most; divide it.',
};

/** Codes of Amazon’s storage, each in words. */
const meanings = new Map<string, Meaning>(
  Object.entries({
    InvalidObjectState: {
      code: 'cloud.archived',
      message: 'The file lies in the cloud’s archive and cannot be read at once.',
      recovery: 'Ask NDI Cloud to bring it back; that takes hours.',
    },
    // Of the key by which the address was signed; said with 400.
    ExpiredToken: oldAddress,
    BadDigest: damagedOnItsWay,
    IncompleteBody: damagedOnItsWay,
    RequestTimeout: damagedOnItsWay,
    EntityTooLarge: tooLarge,
  }),
);

const byStatus: Readonly<Record<number, Meaning>> = {
  403: oldAddress,
  404: {
    code: 'cloud.notFound',
    message: 'The file is not in the cloud’s storage, or not yet.',
    recovery: 'Wait a minute and try again; files appear some time after they were sent.',
  },
  413: tooLarge,
};

/**
 * What the storage behind signed URLs means by a refusal: a sentence with its code. It speaks XML, which is kept in the
 * details.
 */
export function storageError(refusal: Refusal): NdiError {
  const { status, code, host, body } = refusal;
  if (!body.trimStart().startsWith('<') && status !== 403 && status !== 404) return statusError(refusal);
  const word = code ?? `HTTP ${status}`;
  const { message, ...meaning } = meanings.get(word) ?? byStatus[status] ?? refused(refusal, word);
  return new NdiError({
    ...meaning,
    message: message.replace('CODE', word),
    details: { host, status, serverText: withoutKeys(body), ...(code === null ? {} : { serverCode: code }) },
  });
}

function refused({ status, body }: Refusal, word: string): Meaning {
  const said = /<Message>([^<]+)<\/Message>/.exec(body)?.[1]?.trim() ?? '';
  const words = said === '' ? '' : ` It says: ${/[.!?]$/.test(said) ? said : `${said}.`}`;
  return status >= 500
    ? {
        code: 'cloud.server',
        message: `The storage of NDI Cloud had a fault (${word}).${words}`,
        recovery: 'Try again in a minute; if it stays so, tell NDI Cloud’s support.',
      }
    : {
        code: 'cloud.refused',
        message: `The storage of NDI Cloud did not accept the request (${word}).${words}`,
        recovery: 'Try again; if it stays so, tell NDI Cloud’s support the code.',
      };
}

/** The storage repeats what was signed and by which key: that belongs in no error. */
function withoutKeys(xml: string): string {
  return xml.replace(/<(StringToSign|CanonicalRequest|Signature|AWSAccessKeyId)\w*>[\s\S]*?<\/\1\w*>/g, '');
}
