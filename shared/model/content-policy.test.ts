import { describe, expect, it } from 'vitest';
import { contentPolicy } from './content-policy.ts';

function directives(policy: string): Map<string, string[]> {
  return new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}

describe('contentPolicy', () => {
  it('lets scripts come from the page itself only: no inline script, no eval, no other place', () => {
    expect(directives(contentPolicy()).get('script-src')).toEqual(["'self'"]);
    expect(contentPolicy()).not.toContain('unsafe-eval');
  });

  it('forbids whatever is not named, frames around the page, and another base address', () => {
    const policy = directives(contentPolicy());
    for (const name of ['default-src', 'object-src', 'base-uri', 'form-action', 'frame-ancestors']) {
      expect(policy.get(name), name).toEqual(["'none'"]);
    }
  });

  it('connects to its own origin and to what it is told, and to nothing else', () => {
    expect(directives(contentPolicy()).get('connect-src')).toEqual(["'self'"]);
    expect(directives(contentPolicy(['ws://127.0.0.1:4747'])).get('connect-src')).toEqual([
      "'self'",
      'ws://127.0.0.1:4747',
    ]);
  });
});
