import { expect, it } from 'vitest';
import { NdiError } from './errors.ts';

it('a very long path stands in the middle of a sentence in part, and in the details in full', () => {
  const path = `/data/${'a'.repeat(4000)}/end.rhd`;
  const { message, details } = new NdiError({
    ...{ code: 'path.missing', message: `${path} does not exist.`, recovery: 'Check it.', details: { path } },
  });
  expect(message).toMatch(/^\/data\/a+…a+\/end\.rhd does not exist\.$/);
  expect(message.length).toBeLessThan(300);
  expect(details['path']).toBe(path);
});

it('what a path says is not understood as a pattern', () => {
  const path = `/data/$&$$/${'a'.repeat(4000)}/end.rhd`;
  const { message } = new NdiError({ code: 'path.missing', message: path, recovery: '', details: { path } });
  expect(message).toMatch(/^\/data\/\$&\$\$\/a+…a+\/end\.rhd$/);
});

it('sentences of usual length stay as they are', () => {
  const path = `/data/${'a'.repeat(200)}`;
  const error = new NdiError({ code: 'path.missing', message: `${path} is gone.`, recovery: '', details: { path } });
  expect(error.message).toBe(`${path} is gone.`);
});
