import { describe, expect, it } from 'vitest';
import { formatDocumentJson, parseDocumentJson, toPlainJson } from './document-json.ts';

describe('the JSON of documents', () => {
  it('may hold numbers that are not finite, as bare tokens', () => {
    const text =
      '{"a": NaN, "b": [1, -Infinity, Inf, -Inf], "c": "NaN, -Infinity \\" NaN", "d": {"Infinity": Infinity}}';
    expect(parseDocumentJson(text)).toEqual({
      a: Number.NaN,
      b: [1, -Infinity, Infinity, -Infinity],
      c: 'NaN, -Infinity " NaN',
      d: { Infinity: Infinity },
    });
  });

  it('is written with two spaces, one value a line, and read back the same', () => {
    const document = {
      a: Number.NaN,
      b: [-Infinity, 0.1, 1e21, 1.5e-9, 30],
      c: {},
      d: [],
      e: [{ f: 'x"\\\n' }],
      g: null,
    };
    const text = formatDocumentJson(document);
    expect(text).toContain('"a": NaN');
    expect(text).toContain('    1.0E+21,\n    1.5E-9,\n    30\n');
    expect(text).toContain('"c": {},\n  "d": [],');
    expect(parseDocumentJson(text)).toEqual(document);
  });

  it.each(['', '[1]', '"x"', '{"a": }', '{"a": Nan}', '{"a": 1', 'null'])('refuses %j', (text) => {
    expect(() => parseDocumentJson(text)).toThrow(expect.objectContaining({ code: 'document.invalid' }));
  });

  it('leaves no number that JSON cannot carry in its plain form', () => {
    expect(toPlainJson({ a: [Number.NaN, 1], b: { c: -Infinity } })).toEqual({ a: [null, 1], b: { c: null } });
  });
});
