import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { externalAddress } from './external-address.ts';

describe('externalAddress', () => {
  it('opens https addresses, written anew', () => {
    expect(externalAddress('HTTPS://Example.org/a b')).toBe('https://example.org/a%20b');
    expect(externalAddress('https://example.org/?q="x"#`y|z^')).toBe('https://example.org/?q=%22x%22#%60y%7Cz%5E');
    expect(externalAddress("https://example.org/?q='&calc")).toBe('https://example.org/?q=%27&calc');
  });

  it.each([
    'http://example.org/',
    'file:///etc/passwd',
    'smb://server/share',
    'javascript:alert(1)',
    'vbscript:x',
    'ms-msdt:/id PCWDiagnostic',
    'mailto:a@example.org',
    'app://ndi/',
    'https://user:secret@example.org/',
    'https://user@example.org/',
    'https://',
    '//example.org/',
    'example.org',
    '',
    `https://example.org/${'a'.repeat(2100)}`,
  ])('refuses %s', (asked) => {
    expect(externalAddress(asked)).toBeNull();
  });

  it('never lets a character through that a shell would act on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = externalAddress(`https://example.org/${text}`);
        expect(written ?? 'https://').toMatch(/^https:\/\/[!#-&(-[\]_a-z{}~]*$/);
      }),
    );
  });
});
