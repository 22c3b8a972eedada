// Scenario C10 of NDI Cloud: what a failing answer says, whatever its shape.
import { expect, test } from 'vitest';
import { answerCode, answerText, saysFailure } from './answer-text.ts';

test.each([
  ['message', '{"message":"x"}', 'x'],
  ['message with an error', '{"message":{"error":"x"}}', 'x'],
  ['error', '{"error":"x"}', 'x'],
  ['error with a message', '{"error":{"message":"x"}}', 'x'],
  ['detail', '{"detail":"x"}', 'x'],
  ['plain text', 'An error occured.  Please check the logs.', 'An error occured.  Please check the logs.'],
  ['the storage’s XML', '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>x</Message></Error>', 'x'],
  ['nothing', '', 'HTTP 502 Bad Gateway'],
  ['HTML', '<html><head><style>p{}</style></head><body><p>x</p></body></html>', 'HTTP 502 Bad Gateway x'],
  ['errors of the password route', '{"errors":["x"],"code":"CodeMismatchException"}', 'x'],
])('C10: %s', (_shape, body, text) => {
  expect(answerText(body, 502, 'Bad Gateway')).toBe(text);
});

test('C10: long bodies are cut', () => {
  expect(answerText('y'.repeat(2000), 500, '')).toHaveLength(500);
  expect(answerText(`<html>${'y'.repeat(2000)}</html>`, 500, '')).toHaveLength(200 + 'HTTP 500 '.length);
});

test('codes of the account service and of the storage', () => {
  expect(answerCode('{"code":"LimitExceededException","message":"x"}')).toBe('LimitExceededException');
  expect(answerCode('<Error><Code>NoSuchKey</Code></Error>')).toBe('NoSuchKey');
  expect(answerCode('x')).toBeNull();
});

test('a success in name only is a failure', () => {
  expect(saysFailure({ errors: ['x'], code: 'CodeMismatchException' })).toBe(true);
  expect(saysFailure({ code: 'ExpiredCodeException' })).toBe(true);
  expect(saysFailure({ message: 'ok' })).toBe(false);
  expect(saysFailure({ errors: [] })).toBe(false);
  expect(saysFailure([{ code: 'ExpiredCodeException' }])).toBe(false);
});
