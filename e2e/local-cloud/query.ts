import { refuse } from './answers.ts';

type Json = Record<string, unknown>;

/** NDI's query on the JSON of a document. */
export interface Clause {
  readonly field?: string;
  readonly operation: string;
  readonly param1?: unknown;
  readonly param2?: unknown;
}

/** @throws Refused 400 for an operation that is not known, or the negation of `or` */
export function matches(document: Json, clauses: readonly Clause[]): boolean {
  return clauses.every((clause) => matchesOne(document, clause));
}

/** @throws Refused 400 */
export function checkClauses(value: unknown): Clause[] {
  if (!Array.isArray(value)) throw refuse.message(400, 'searchstructure must be a list');
  for (const clause of value as Clause[]) {
    const operation = typeof clause.operation === 'string' ? clause.operation : '';
    if (operation === 'or') {
      checkClauses(clause.param1);
      checkClauses(clause.param2);
    } else if (operation === '~or' || tests[operation.replace(/^~/, '')] === undefined) {
      throw refuse.message(400, `The operation ${operation} is not known`);
    }
  }
  return value as Clause[];
}

function matchesOne(document: Json, clause: Clause): boolean {
  const { operation, param1, param2 } = clause;
  if (operation === 'or') return matches(document, param1 as Clause[]) || matches(document, param2 as Clause[]);
  const test = tests[operation.replace(/^~/, '')] as Test;
  return test(document, clause) !== operation.startsWith('~');
}

type Test = (document: Json, clause: Clause) => boolean;

const tests: Record<string, Test> = {
  isa: (document, { param1 }) => lineageOf(document).includes(String(param1)),
  depends_on: (document, { param1, param2 }) =>
    listOf(document['depends_on']).some(
      (dependency) => (param1 === '*' || dependency['name'] === param1) && dependency['value'] === param2,
    ),
  exact_string: some((value, text) => value === text),
  exact_string_anycase: some((value, text) => String(value).toLowerCase() === text.toLowerCase()),
  contains_string: some((value, text) => typeof value === 'string' && value.includes(text)),
  regexp: some((value, text) => typeof value === 'string' && new RegExp(text).test(value)),
  exact_number: compare((value, number) => value === number),
  lessthan: compare((value, number) => value < number),
  lessthaneq: compare((value, number) => value <= number),
  greaterthan: compare((value, number) => value > number),
  greaterthaneq: compare((value, number) => value >= number),
  hasfield: (document, { field }) => valuesAt(document, field).length > 0,
  hasmember: (document, { field, param1 }) => valuesAt(document, field).flat().includes(param1),
  hasanysubfield_contains_string: (document, { field, param1, param2 }) =>
    valuesAt(document, field)
      .flat()
      .some((item) => textOf((item as Json | null)?.[String(param1)]).includes(String(param2))),
  hasanysubfield_exact_string: (document, { field, param1, param2 }) =>
    valuesAt(document, field)
      .flat()
      .some((item) => (item as Json | null)?.[String(param1)] === param2),
};

function some(test: (value: unknown, text: string) => boolean): Test {
  return (document, { field, param1 }) => valuesAt(document, field).some((value) => test(value, String(param1)));
}

function compare(test: (value: number, number: number) => boolean): Test {
  return (document, { field, param1 }) =>
    valuesAt(document, field).some((value) => typeof value === 'number' && test(value, Number(param1)));
}

/** Class and superclasses; the service keeps them for each document. */
function lineageOf(document: Json): string[] {
  const { class_name: own, superclasses } = (document['document_class'] ?? {}) as Json;
  const above = listOf(superclasses).map(({ definition }) =>
    String(definition).replace(/^.*\//, '').replace('.json', ''),
  );
  return [String(own), ...above, 'base'];
}

function valuesAt(document: Json, field = ''): unknown[] {
  return field.split('.').reduce<unknown[]>(
    (values, name) => {
      const below = values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
      return below.flatMap((value) => {
        const found = (value as Json | null)?.[name];
        return found === undefined ? [] : [found];
      });
    },
    [document],
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value as Json[];
  return typeof value === 'object' && value !== null ? [value as Json] : [];
}
