import { expect, test } from 'vitest';
import { answerCode, answerText } from '../http/answer-text.ts';
import { storageError } from './storage-errors.ts';

const refusal = (status: number, body: string) => {
  const code = answerCode(body);
  return storageError({
    status,
    body,
    code,
    text: answerText(body, status, 'Bad Request'),
    host: 'bucket.s3.amazonaws.com',
  });
};
const xml = (code: string, message = '', more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code>${message === '' ? '' : `<Message>${message}</Message>`}${more}<RequestId>4442587FB7D0A2F9</RequestId></Error>`;

test.each([
  ['an old address', 403, xml('AccessDenied', 'Request has expired'), 'cloud.urlExpired', '(AccessDenied)'],
  ['an address signed by an old key', 400, xml('ExpiredToken', 'x'), 'cloud.urlExpired', '(ExpiredToken)'],
  ['a changed address', 403, xml('SignatureDoesNotMatch', 'x'), 'cloud.urlExpired', '(SignatureDoesNotMatch)'],
  ['403 without a word', 403, '', 'cloud.urlExpired', '(HTTP 403)'],
  [
    'what is not there',
    404,
    xml('NoSuchKey', 'The specified key does not exist.'),
    'cloud.notFound',
    'not in the cloud’s storage',
  ],
  ['the archive', 403, xml('InvalidObjectState', 'x'), 'cloud.archived', 'archive'],
  [
    'too large',
    400,
    xml('EntityTooLarge', 'Your proposed upload exceeds the maximum'),
    'cloud.tooLarge',
    '(EntityTooLarge)',
  ],
  ['damaged bytes', 400, xml('BadDigest', 'x'), 'cloud.interrupted', '(BadDigest)'],
  [
    'a code that nobody foresaw',
    400,
    xml('InvalidArgument', 'Only one auth mechanism allowed'),
    'cloud.refused',
    '(InvalidArgument). It says: Only one auth mechanism allowed.',
  ],
  ['a code alone', 400, xml('Strange'), 'cloud.refused', '(Strange).'],
  [
    'a fault',
    503,
    xml('SlowDown', 'Please reduce your request rate.'),
    'cloud.server',
    '(SlowDown). It says: Please reduce',
  ],
  ['text', 500, 'An error occured.', 'cloud.server', 'An error occured.'],
] as const)('says %s in words, with the code, and keeps the XML', (_what, status, body, code, words) => {
  const error = refusal(status, body);
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
  expect(error.message).not.toMatch(/[<>]/);
  expect(error.details['serverText']).toBe(body);
});

test('what was signed, and by which key, is in no error', () => {
  const secret =
    '<AWSAccessKeyId>AKIA</AWSAccessKeyId><StringToSign>AWS4</StringToSign><SignatureProvided>abc</SignatureProvided>';
  const more = `${secret}<CanonicalRequestBytes>50 55 54</CanonicalRequestBytes>`;
  const error = refusal(403, xml('SignatureDoesNotMatch', 'no', more));
  expect(JSON.stringify(error.toReport())).not.toMatch(/AKIA|AWS4|abc|50 55/);
  expect(error.details['serverText']).toContain('<Code>SignatureDoesNotMatch</Code>');
});
