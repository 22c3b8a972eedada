import type { JsonValue } from './document-json.ts';
import { all, anyOf, checkQuery, condition, invalidQuery, not, type Operation, type Query } from './query.ts';

/**
 * The readable form of a query, as `--where` takes it:
 *
 *     base.name contains "trial" and isa(element)
 *     element.reference >= 2 or not depends_on(subject_id, 4126...)
 *     base.name ~contains "x" and (isa(probe) or hasfield(element.direct))
 *
 * A condition is `field operation value` or `isa(class)`, `depends_on(name, id)`, `hasfield(field)`. `~` before an
 * operation and `not` before a condition negate; `and` binds closer than `or`. Texts stand in quotes (`"` or `'`), or
 * bare when they are one word; lists in brackets; the object of `partial_struct` as JSON in quotes. `formatQuery` writes
 * this form.
 *
 * | written | NDI's operation |
 * |---|---|
 * | `=` `==` `is` | exact_number for numbers and lists, exact_string for texts |
 * | `!=` | its negation |
 * | `<` `<=` `>` `>=` | lessthan, lessthaneq, greaterthan, greaterthaneq |
 * | `contains` | contains_string |
 * | `matches` | regexp |
 * | `has` | hasmember |
 * | any other name | NDI's own operations, under their own names |
 *
 * @throws NdiError query.invalid with the place where it stopped
 */
export function parseQuery(text: string): Query {
  const reader = new Reader(tokenize(text), text);
  const query = reader.query();
  reader.expectEnd();
  return checkQuery(query);
}

interface Token {
  readonly kind: 'word' | 'text' | 'sign';
  readonly value: string;
  readonly at: number;
}

const TOKEN =
  /\s+|"([^"\\]*(?:\\[^][^"\\]*)*)"|'([^'\\]*(?:\\[^][^'\\]*)*)'|(<=|>=|!=|==|[<>=~(),[\]])|([^\s"'<>=!~(),[\]]+)/gy;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw invalidQuery(`"${text.slice(at, at + 20)}" at position ${at + 1} is not understood`);
    const [whole, double, single, sign, word] = match;
    const quoted = double ?? single;
    // A backslash before the quote or itself is an escape; any other stays, so that patterns can be written plainly.
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replace(/\\(["'\\])/g, '$1'), at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign, at });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word, at });
    at += whole.length;
  }
  return tokens;
}

const ALIASES = new Map<string, Operation>([
  ['contains', 'contains_string'],
  ['matches', 'regexp'],
  ['has', 'hasmember'],
  ['<', 'lessthan'],
  ['<=', 'lessthaneq'],
  ['>', 'greaterthan'],
  ['>=', 'greaterthaneq'],
]);
const EQUAL = new Set(['=', '==', 'is']);
const DEEPEST = 64;

class Reader {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  query(): Query {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw invalidQuery('it is nested too deeply');
    const alternatives = [this.#conjunction()];
    while (this.#takeWord('or')) alternatives.push(this.#conjunction());
    this.#depth -= 1;
    return anyOf(alternatives);
  }

  expectEnd(): void {
    if (this.#at < this.#tokens.length) throw this.#unexpected('"and", "or" or the end');
  }

  #conjunction(): Query {
    const terms = [this.#term()];
    while (this.#takeWord('and')) terms.push(this.#term());
    return all(...terms);
  }

  #term(): Query {
    let negated = false;
    while (this.#takeWord('not') || this.#takeSign('~')) negated = !negated;
    const query = this.#plainTerm();
    return negated ? not(query) : query;
  }

  #plainTerm(): Query {
    if (this.#takeSign('(')) {
      const query = this.query();
      this.#expectSign(')');
      return query;
    }
    // A field whose name is no plain word stands in quotes.
    const quoted = this.#next()?.kind === 'text';
    const name = this.#take(quoted ? 'text' : 'word', 'a field or a condition');
    return !quoted && this.#takeSign('(') ? this.#call(name) : this.#comparison(name);
  }

  #call(name: string): Query {
    const first = this.#literal();
    const second = this.#takeSign(',') ? this.#literal() : '';
    this.#expectSign(')');
    if (name === 'isa') return condition('', 'isa', first);
    if (name === 'depends_on') return condition('', 'depends_on', first, second);
    if (name === 'hasfield' && typeof first === 'string') return condition(first, 'hasfield');
    throw invalidQuery(`"${name}" is no condition; use isa(class), depends_on(name, id) or hasfield(field)`);
  }

  #comparison(field: string): Query {
    const negated = this.#takeSign('~');
    const sign = this.#next()?.value ?? '';
    // NDI's operation "or" compares no field with a value: it joins conditions.
    if (sign === '' || sign === 'or') throw this.#unexpected('an operation such as = or contains');
    this.#at += 1;
    if (sign === 'hasfield') return negate(condition(field, 'hasfield'), negated);
    const given = this.#literal();
    const value = sign === 'partial_struct' ? parseObject(given) : given;
    if (EQUAL.has(sign) || sign === '!=') {
      const operation = typeof value === 'string' ? 'exact_string' : 'exact_number';
      return negate(condition(field, operation, value), negated !== (sign === '!='));
    }
    const second = this.#takeSign(',') ? this.#literal() : '';
    // An operation of another name is checked with the whole query.
    return negate(condition(field, ALIASES.get(sign) ?? (sign as Operation), value, second), negated);
  }

  #literal(): JsonValue {
    if (this.#takeSign('[')) return this.#list();
    const token = this.#next();
    if (token === undefined || token.kind === 'sign') throw this.#unexpected('a value');
    this.#at += 1;
    if (token.kind === 'text') return token.value;
    if (token.value === 'true' || token.value === 'false') return token.value === 'true' ? 1 : 0;
    // Digits in one way only: a long number that is none would be tried at each of its digits.
    const isNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(token.value) || /^[+-]?Infinity$/.test(token.value);
    // No question tells a zero of either sign from the other.
    return isNumber ? Number(token.value) + 0 : token.value;
  }

  #list(): JsonValue[] {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw invalidQuery('it is nested too deeply');
    const items: JsonValue[] = [];
    while (!this.#takeSign(']')) {
      if (items.length > 0) this.#takeSign(',');
      items.push(this.#literal());
    }
    this.#depth -= 1;
    return items;
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #take(kind: Token['kind'], wanted: string): string {
    const token = this.#next();
    if (token?.kind !== kind) throw this.#unexpected(wanted);
    this.#at += 1;
    return token.value;
  }

  #takeWord(word: string): boolean {
    const token = this.#next();
    if (token?.kind !== 'word' || token.value.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #takeSign(sign: string): boolean {
    const token = this.#next();
    if (token?.kind !== 'sign' || token.value !== sign) return false;
    this.#at += 1;
    return true;
  }

  #expectSign(sign: string): void {
    if (!this.#takeSign(sign)) throw this.#unexpected(`"${sign}"`);
  }

  #unexpected(wanted: string): Error {
    const token = this.#next();
    const found = token === undefined ? 'the text ends' : `"${token.value}" stands`;
    return invalidQuery(`${found} at position ${(token?.at ?? this.#text.length) + 1} where ${wanted} should be`);
  }
}

/** An object stands as JSON in quotes. */
function parseObject(given: JsonValue): JsonValue {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as JsonValue;
  } catch (error) {
    throw invalidQuery(`"${given}" is no JSON object, which partial_struct needs`, error);
  }
}

function negate(query: Query, negated: boolean): Query {
  return negated ? not(query) : query;
}
