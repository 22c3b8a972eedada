import { statSync } from 'node:fs';
import { recipeSchema, type FileComparison, type ItemComparison } from '../../../shared/contract/comparisons.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readText } from '../read-text.ts';
import type { Answer, Command, Run } from '../run.ts';
import { placeOf, type SessionOptions, type SessionPlace } from '../session-place.ts';
import { facts, formatBytes, sections, table } from '../tables.ts';

interface DiffOptions extends SessionOptions {
  readonly otherSession?: string;
  readonly files: boolean;
  readonly ignore?: string;
  readonly id?: string;
  readonly otherId?: string;
  readonly recipe?: string;
  readonly makeRecipe?: boolean;
}

/** Longer values are cut on a terminal; `--json` has all. */
const WIDEST_VALUE = 40;

export const diff: Command<DiffOptions> = async (run, [givenA = '', givenB = ''], options) => {
  const [a, b] = [placeOf(run, givenA, options), placeOf(run, givenB, { session: options.otherSession })];
  const ignore = options.ignore === undefined ? {} : { ignore: words(options.ignore) };
  if (options.id !== undefined) {
    const { id, otherId = id } = options;
    return diffDocuments(run, { ...a, id }, { ...b, id: otherId }, options, ignore);
  }
  if (isFile(a.path) && isFile(b.path)) {
    const value = await run.callLong('Comparing', (client, signal) =>
      client.comparisons.files({ a: a.path, b: b.path }, { signal }),
    );
    return { value, text: () => describeBytes(value) };
  }
  const value = await run.callLong('Comparing', (client, signal) =>
    client.comparisons.items({ a, b, files: options.files, ...ignore }, { signal }),
  );
  return { value, text: () => describeItems(value) };
};

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

const words = (list: string) =>
  list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

async function diffDocuments(
  run: Run,
  first: SessionPlace & { id: string },
  second: SessionPlace & { id: string },
  { recipe, makeRecipe }: DiffOptions,
  ignore: { readonly ignore?: string[] },
): Promise<Answer> {
  if (makeRecipe === true) {
    const value = await run.call((client) => client.comparisons.recipe(first));
    return { value, text: () => JSON.stringify(value, null, 2) };
  }
  if (recipe !== undefined) {
    const fields = await readRecipe(run.path(recipe));
    const value = await run.call((client) =>
      client.comparisons.byRecipe({ actual: first, expected: second, recipe: fields }),
    );
    return {
      value,
      text: () =>
        value.equal
          ? 'The documents agree, as far as the recipe compares them.'
          : table(
              ['Field', 'First', 'Second', 'Why'],
              value.failures.map((one) => [one.name, shown(one.actual), shown(one.expected), one.why]),
            ),
    };
  }
  const value = await run.call((client) => client.comparisons.documents({ a: first, b: second, ...ignore }));
  return { value, text: () => (value.equal ? 'The documents are equal.' : describeFields(value.differences)) };
}

/** A list of fields, by itself or as NDI-matlab writes it, in an object. */
async function readRecipe(path: string) {
  const text = await readText(path);
  try {
    const given: unknown = JSON.parse(text);
    const held = typeof given === 'object' && given !== null && 'comparisonStruct' in given;
    const fields = held ? given.comparisonStruct : given;
    return recipeSchema.parse(Array.isArray(fields) ? fields : [fields]);
  } catch (cause) {
    throw new NdiError({
      code: 'usage.invalid',
      message: `${path} holds no recipe.`,
      recovery:
        'A recipe is a JSON list of {name, comparisonMethod, toleranceAmount}; “ndi diff --make-recipe” prints one.',
      details: { path },
      cause,
    });
  }
}

function describeItems({ equal, counts, onlyInA, onlyInB, mismatched, files }: ItemComparison): string {
  if (equal) return `${counts.inBoth} documents, all equal.`;
  const only = (title: string, count: number, list: ItemComparison['onlyInA']) =>
    count === 0
      ? ''
      : sections(
          `${title}: ${count}`,
          table(
            ['Class', 'Name', 'Id'],
            list.map((one) => [one.class, one.name, one.id]),
          ),
        );
  return sections(
    facts([
      ['In both', counts.inBoth],
      ['Different', counts.mismatched],
      ['Files different', counts.files],
    ]),
    only('Only in the first', counts.onlyInA, onlyInA),
    only('Only in the second', counts.onlyInB, onlyInB),
    ...mismatched.map((one) =>
      sections(`${one.class} ${one.name || one.id} (${one.id})`, describeFields(one.differences)),
    ),
    ...files.map(({ document, name, a, b, comparison }) =>
      sections(
        `File ${name} of ${document.class} ${document.id}`,
        comparison !== null
          ? describeBytes(comparison)
          : facts([
              ['First', a === null ? 'has no such file' : a.problem || formatBytes(a.sizeBytes ?? 0)],
              ['Second', b === null ? 'has no such file' : b.problem || formatBytes(b.sizeBytes ?? 0)],
            ]),
      ),
    ),
  );
}

function describeFields(differences: ItemComparison['mismatched'][number]['differences']): string {
  return table(
    ['Field', 'First', 'Second'],
    differences.map(({ field, a, b }) => [field, shown(a), shown(b)]),
  );
}

function describeBytes({ equal, sizeA, sizeB, differingBytes, rows }: FileComparison): string {
  if (equal) return `The files are equal: ${formatBytes(sizeA)}.`;
  return sections(
    facts([
      ['Sizes', `${sizeA} and ${sizeB} bytes`],
      ['Different', `${differingBytes} bytes`],
    ]),
    table(
      ['Offset', 'First', 'Second'],
      rows.map((row) => [row.offset.toString(16).padStart(8, '0'), spaced(row.a), spaced(row.b)]),
    ),
  );
}

const spaced = (digits: string) => (digits.match(/../g) ?? []).join(' ');

function shown(value: string | null): string {
  if (value === null) return '(none)';
  return value.length > WIDEST_VALUE ? `${value.slice(0, WIDEST_VALUE - 1)}…` : value;
}

interface SummaryOptions extends SessionOptions {
  readonly compare?: string;
  readonly exclude?: string;
  readonly out?: string;
}

export const summary: Command<SummaryOptions> = async (run, [path = ''], options) => {
  const where = placeOf(run, path, options);
  const { compare, out } = options;
  if (compare !== undefined) {
    const request = { ...where, other: run.path(compare), excludeFiles: words(options.exclude ?? '') };
    const value = await run.call((client, signal) => client.comparisons.summaries(request, { signal }));
    return { value, text: () => (value.equal ? 'The summaries agree.' : value.differences.join('\n')) };
  }
  if (out !== undefined) {
    const value = await run.callLong('Writing', (client, signal) =>
      client.comparisons.writeExchange({ ...where, out: run.path(out) }, { signal }),
    );
    return { value, text: () => `The summary and ${value.documents} documents are in ${value.path}.` };
  }
  const { summary: value } = await run.call((client, signal) => client.comparisons.summary(where, { signal }));
  return { value, text: () => JSON.stringify(value, null, 2) };
};
