import { describe, expect, it } from 'vitest';
import { bibtex, plainCitation, ris } from './citation.ts';

const citable = {
  title: 'Tuning of 50% & more',
  authors: [
    { given: 'Ada King', family: 'Lovelace' },
    { given: '', family: 'Allen Institute, Seattle' },
  ],
  year: 2025,
  publisher: 'NDI Cloud',
  doi: '10.63884/ndic.2025.abcd1234',
  url: 'https://www.ndi-cloud.com/datasets/x',
};
const nothing = { title: 'T', authors: [], year: null, publisher: '', doi: '', url: '' };

describe('a citation as text', () => {
  it('names people, year, title, publisher and address', () => {
    expect(plainCitation(citable)).toBe(
      'Lovelace, A. K.; Allen Institute, Seattle (2025). Tuning of 50% & more. NDI Cloud. https://doi.org/10.63884/ndic.2025.abcd1234',
    );
    expect(plainCitation({ ...citable, authors: [{ given: 'Jean-Paul  É.', family: 'Šmíd' }], doi: '' })).toBe(
      'Šmíd, J.-P. É. (2025). Tuning of 50% & more. NDI Cloud. https://www.ndi-cloud.com/datasets/x',
    );
  });

  it('leaves out what nobody knows', () => {
    expect(plainCitation(nothing)).toBe('T (n.d.).');
    expect(plainCitation({ ...nothing, authors: [{ given: 'Plato', family: ' ' }] })).toBe('Plato (n.d.). T.');
  });
});

describe('BibTeX', () => {
  it('escapes what TeX takes for commands, and keeps braces balanced', () => {
    expect(bibtex({ ...citable, title: 'a_b {c ~ \\d ^2 #1 $x' })).toContain(
      'title = {{a\\_b \\textbraceleft{}c \\textasciitilde{} \\textbackslash{}d \\textasciicircum{}2 \\#1 \\$x}}',
    );
    const depth = (text: string) => text.replace(/[^{]/g, '').length - text.replace(/[^}]/g, '').length;
    expect(depth(bibtex({ ...citable, title: '}{{', url: 'http://x/{', doi: '', publisher: '{' }))).toBe(0);
  });

  it('keeps the names of groups, and names with “and” in them, whole', () => {
    expect(bibtex(citable)).toContain('author = {Lovelace, Ada King and {Allen Institute, Seattle}}');
    expect(bibtex({ ...citable, authors: [{ given: 'X', family: 'Salt and Sea' }] })).toContain('{{Salt and Sea}, X}');
    expect(bibtex({ ...citable, authors: [{ given: '明', family: '李' }] })).toMatch(
      /^@misc\{dataset2025,\n {2}author = \{李, 明\}/,
    );
  });

  it('takes many authors, and none', () => {
    const authors = Array.from({ length: 120 }, (_, n) => ({ given: 'A', family: `Name${n}` }));
    expect(bibtex({ ...citable, authors }).match(/ and /g)).toHaveLength(119);
    expect(bibtex(nothing)).toBe('@misc{dataset,\n  title = {{T}}\n}');
  });
});

describe('RIS', () => {
  it('has a tag a line, and no line that a value broke', () => {
    const lines = ris({ ...citable, title: 'Two\nlines\r\nER  - ' }).split('\r\n');
    expect(lines).toEqual([
      'TY  - DATA',
      'AU  - Lovelace, Ada King',
      'AU  - Allen Institute, Seattle',
      'TI  - Two lines ER -',
      'PY  - 2025',
      'PB  - NDI Cloud',
      'DO  - 10.63884/ndic.2025.abcd1234',
      'UR  - https://www.ndi-cloud.com/datasets/x',
      'ER  - ',
      '',
    ]);
    expect(ris(nothing)).toBe('TY  - DATA\r\nTI  - T\r\nER  - \r\n');
  });
});
