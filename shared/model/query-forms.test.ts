import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { where } from './query-builder.ts';
import { queryAsMatlab, queryAsPython } from './query-code.ts';
import { formatQuery } from './query-format.ts';
import { anyQuery } from './query-samples.ts';
import { checkQuery, condition } from './query.ts';
import { parseQuery } from './query-text.ts';

describe('the forms of a query', () => {
  it('as text and as JSON lead back to the same query', () => {
    fc.assert(
      fc.property(anyQuery(), (query) => {
        expect(parseQuery(formatQuery(query))).toEqual(query);
        expect(checkQuery(JSON.parse(JSON.stringify(query)))).toEqual(query);
      }),
      { numRuns: 500 },
    );
  });

  it('are built as a sentence', () => {
    const built = where('element.type').is('n-trode').and(where.isa('probe').not());
    expect(built.or(where('x.v').atLeast(2)).text).toBe('(element.type = n-trode and not isa(probe) or x.v >= 2)');
    expect(where('a b').is([1, 2.5]).text).toBe('"a b" = [1, 2.5]');
    expect(where.dependsOn('stimulus_*', '41').not().text).toBe('not depends_on("stimulus_*", "41")');
    expect(where('p').hasAnyExactly({ name: 'Ann', town: 'Ulm' }).text).toBe(
      'p hasanysubfield_exact_string [name, town], [Ann, Ulm]',
    );
  });

  it('in MATLAB quote texts and keep kinds of values', () => {
    const query = where('base.name')
      .is("it's")
      .and(where('x.v').is([1, 2]).or(where('x.w').has('red'))).query;
    expect(queryAsMatlab(query)).toBe(
      `q = ndi.query('base.name', 'exact_string', 'it''s', '') & ...\n` +
        `    (ndi.query('x.v', 'exact_number', [1 2], '') | ndi.query('x.w', 'hasmember', 'red', ''));\n`,
    );
    expect(queryAsMatlab(condition('x', 'hassize', [2, 2]))).toContain(
      `ndi.query(struct('field', 'x', 'operation', 'hassize', 'param1', [2 2], 'param2', ''))`,
    );
    expect(queryAsMatlab(condition('x', 'partial_struct', { a: ['p', 'q'] }))).toContain(`struct('a', {{'p', 'q'}})`);
    expect(queryAsMatlab(condition('x', 'regexp', 'a\nb'))).toContain(`['a' char(10) 'b']`);
    expect(queryAsMatlab(condition('x', '~contains_string', 'a'))).toMatch(/^% NDI-matlab finds no document/);
  });

  it('in Python are literals of Python', () => {
    const query = where('base.name').is('say "hi"').and(where('x.v').atMost(2)).query;
    expect(queryAsPython(query)).toBe(
      'from ndi.query import ndi_query\n\nq = (\n' +
        String.raw`    ndi_query("base.name", "exact_string", "say \"hi\"", "")` +
        '\n    & ndi_query("x.v", "lessthaneq", 2, "")\n)\n',
    );
    expect(queryAsPython([])).toContain('q = ndi_query.all()');
  });
});
