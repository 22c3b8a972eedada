import { expect, it } from 'vitest';
import { ownValue } from './own-value.ts';

it.each(['constructor', '__proto__', 'toString', 'c', ''])('a table knows only what it holds: %j', (name) => {
  expect(ownValue({ a: 1, b: 2 }, name)).toBeUndefined();
  expect(ownValue({ a: 1, b: 2 }, 'b')).toBe(2);
});
