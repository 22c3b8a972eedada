import { describe, expect, it } from 'vitest';
import { queryAsMatlab, queryAsPython } from '../../../shared/model/query-code.ts';
import { formatQuery } from '../../../shared/model/query-format.ts';
import { formatQueryLink, parseQueryLink } from '../../../shared/model/query-link.ts';
import { parseQuery } from '../../../shared/model/query-text.ts';
import { checkQuery, type Query } from '../../../shared/model/query.ts';
import { fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { fuzzTexts } from '../../signal/fuzz-texts.ts';
import { newDocument } from '../documents/build.ts';
import { compileQuery } from './evaluate.ts';
import { compileFreeText } from './free-text.ts';

const documents = [
  newDocument('element', { 'base.name': 'red, green', 'element.reference': 2 }),
  newDocument('probe_location', { 'base.name': 'constructor' }),
  { base: { id: 5, name: ['a'] }, g: { list: [1, 2], people: [{ name: 'Ann' }, { name: 3 }] }, depends_on: '' },
];

/** Answered and written in all forms; the readable form leads back to the same. */
function useQuery(query: Query): void {
  const test = compileQuery(query);
  for (const document of documents) test(document);
  queryAsMatlab(query);
  queryAsPython(query);
  if (query.length === 0) return;
  const again = parseQuery(formatQuery(query));
  const answers = documents.map((document) => compileQuery(again)(document));
  expect(answers).toEqual(documents.map((document) => test(document)));
}

describe(`damaged queries are understood or refused (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  const texts = [
    'base.name ~contains "x \\"y\\"" and (isa(probe) or not hasfield(element.direct))',
    'element.reference >= 2 or depends_on(subject_id, 41269a) and x.v = [1, 2.5 -3e2]',
    'g.people hasanysubfield_exact_string [name, town], [\'Ann\', "Ulm"]',
    'g partial_struct "{\\"a\\": [1, 2]}" and base.name matches "^a\\d+(b|c)*$" or g.list ~hassize [1, 2]',
  ];

  it('as text', () => fuzzTexts(texts, (text) => useQuery(parseQuery(text))), fuzzMs);

  it(
    'as JSON',
    () =>
      fuzzTexts(
        texts.map((text) => JSON.stringify(parseQuery(text))),
        (text) => {
          let given: unknown = text;
          try {
            given = JSON.parse(text);
          } catch {
            // Then the text itself is no list of conditions.
          }
          useQuery(checkQuery(given));
        },
      ),
    fuzzMs,
  );

  it(
    'as links',
    () =>
      fuzzTexts(
        texts.map((text) =>
          formatQueryLink({ path: '/data/ferret 22', sessionId: '41_a', text: 'né', query: parseQuery(text) }),
        ),
        (text) => {
          const link = parseQueryLink(text);
          expect(link.path).not.toBe('');
          expect(parseQueryLink(formatQueryLink(link))).toEqual(link);
        },
      ),
    fuzzMs,
  );

  it(
    'as free text, which means something always',
    () =>
      fuzzTexts(
        ['red "green blue" n-trode 12.5 Straße'],
        (text) => {
          const test = compileFreeText(text);
          for (const document of documents) test(document);
        },
        { neverRefused: true },
      ),
    fuzzMs,
  );
});
