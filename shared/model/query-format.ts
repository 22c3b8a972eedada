import { operationOf, type Query, type QueryCondition, type QueryParameter, subQuery } from './query.ts';

/**
 * A query in its readable form, which `parseQuery` reads back to the same conditions. An empty query is an empty text.
 */
export function formatQuery(query: Query): string {
  return query.map(formatCondition).join(' and ');
}

const CALLS = new Set(['isa', 'depends_on', 'hasfield']);
const SIGNS: Readonly<Record<string, string>> = {
  lessthan: '<',
  lessthaneq: '<=',
  greaterthan: '>',
  greaterthaneq: '>=',
  contains_string: 'contains',
  regexp: 'matches',
  hasmember: 'has',
};

function formatCondition(one: QueryCondition): string {
  const { operation, negated } = operationOf(one);
  if (operation === 'or')
    return `(${[one.param1, one.param2].map((side) => formatQuery(subQuery(side))).join(' or ')})`;
  if (CALLS.has(operation)) return `${negated ? 'not ' : ''}${formatCall(operation, one)}`;
  const field = quoteUnless(/^[^\s"'<>=!~(),[\]]+$/, one.field);
  return `${field} ${formatOperation(operation, negated, one.param1)} ${formatValues(operation, one)}`;
}

function formatCall(operation: string, { field, param1, param2 }: QueryCondition): string {
  if (operation === 'hasfield') return `hasfield(${formatValue(field)})`;
  const rest = operation === 'depends_on' ? `, ${formatValue(param2)}` : '';
  return `${operation}(${formatValue(param1)}${rest})`;
}

function formatOperation(operation: string, negated: boolean, param: QueryParameter): string {
  const isText = typeof param === 'string';
  const isNumeric = typeof param === 'number' || Array.isArray(param);
  if ((operation === 'exact_string' && isText) || (operation === 'exact_number' && isNumeric)) {
    return negated ? '!=' : '=';
  }
  return `${negated ? '~' : ''}${SIGNS[operation] ?? operation}`;
}

function formatValues(operation: string, { param1, param2 }: QueryCondition): string {
  // The readable form has no objects: they stand as JSON in quotes.
  if (operation === 'partial_struct') return quote(JSON.stringify(param1));
  return param2 === '' ? formatValue(param1) : `${formatValue(param1)}, ${formatValue(param2)}`;
}

/** One word of letters stands bare; whatever could be read otherwise stands in quotes. */
const BARE = /^(?!(?:and|or|not|true|false|infinity)$)[A-Za-z_][\w.$/-]*$/i;

function formatValue(value: QueryParameter): string {
  if (Array.isArray(value)) return `[${value.map(formatValue).join(', ')}]`;
  if (typeof value === 'string') return quoteUnless(BARE, value);
  // As `true` and `false` are read.
  if (typeof value === 'boolean') return String(Number(value));
  return typeof value === 'object' ? quote(JSON.stringify(value)) : String(value);
}

function quoteUnless(bare: RegExp, text: string): string {
  return bare.test(text) && !/^(and|or|not)$/i.test(text) ? text : quote(text);
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}
