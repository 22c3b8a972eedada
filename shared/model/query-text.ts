import type { JsonValue } from './document-json.ts';
import { all, checkQuery, either, invalidQuery, isa, dependsOn, not, operations, type Query } from './query.ts';

/**
 * The readable form of a query: conditions joined by `and`, `or` (`and` binds stronger), `not` and parentheses.
 *
 * A condition is `field operation value`, `field hasfield`, `isa(class)` or `depends_on(name, id)`. Operations are
 * NDI's own or their short forms (`contains`, `=`, `!=`, `<`, `<=`, `>`, `>=`, `matches`); `~` negates one. A value is
 * a text in quotes, a number, a list in JSON, or a single word.
 *
 * @example base.name ~contains "x" and (isa(probe) or element.reference = 1)
 * @throws NdiError query.invalid
 */
export function parseQueryText(text: string): Query {
  const tokens = split(text);
  if (tokens.length === 0) throw invalidQuery('it is empty');
  const reader = new Reader(tokens);
  const query = reader.readAlternatives(0);
  if (!reader.atEnd()) throw invalidQuery(`“${reader.shown()}” was not expected there`);
  return checkQuery(query);
}

/** A query as a person or a program wrote it: NDI's JSON, or the readable form. */
export function parseQuery(text: string): Query {
  if (!/^\s*[[{]/.test(text)) return parseQueryText(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalidQuery(`it is not valid JSON (${(error as Error).message})`, error);
  }
  return checkQuery(Array.isArray(value) ? value : [value]);
}

interface Token {
  readonly kind: 'word' | 'text' | 'list' | 'sign';
  readonly source: string;
}

const TOKENS = [
  ['text', /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y],
  ['list', /\[[^\]]*\]/y],
  ['sign', /~?(?:<=|>=|!=|=|<|>)|[(),]/y],
  ['word', /[^\s(),="'<>[\]]+/y],
] as const;

const SHORT_FORMS: Readonly<Record<string, string>> = {
  contains: 'contains_string',
  matches: 'regexp',
  '<': 'lessthan',
  '<=': 'lessthaneq',
  '>': 'greaterthan',
  '>=': 'greaterthaneq',
};
const DEEPEST = 60;

function split(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at);
    if (token === null) throw invalidQuery(`“${text.slice(at, at + 20)}” cannot be read`);
    tokens.push(token);
    at += token.source.length;
  }
  return tokens;
}

function tokenAt(text: string, at: number): Token | null {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at;
    const source = pattern.exec(text)?.[0];
    if (source !== undefined) return { kind, source };
  }
  return null;
}

/** Reads tokens by descent: alternatives, then conjunctions, then single conditions. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  shown(): string {
    return this.#tokens[this.#at]?.source ?? 'the end';
  }

  readAlternatives(depth: number): Query {
    if (depth > DEEPEST) throw invalidQuery('it is nested too deeply');
    let query = this.#readConjunction(depth);
    while (this.#take('or')) query = either(query, this.#readConjunction(depth));
    return query;
  }

  #readConjunction(depth: number): Query {
    let query = this.#readOne(depth);
    while (this.#take('and')) query = all(query, this.#readOne(depth));
    return query;
  }

  #readOne(depth: number): Query {
    if (depth > DEEPEST) throw invalidQuery('it is nested too deeply');
    if (this.#take('not')) return not(this.#readOne(depth + 1));
    if (this.#take('(')) {
      const query = this.readAlternatives(depth + 1);
      this.#expect(')');
      return query;
    }
    return this.#readCondition();
  }

  #readCondition(): Query {
    const first = this.#word('a field');
    if (this.#tokens[this.#at]?.source === '(') return this.#readFunction(first);
    const { source } = this.#next('an operation');
    const negated = source.startsWith('~') || source === '!=';
    const name = source.replace(/^[~!]/, '');
    if (name === 'hasfield') return one(first, name, negated, '');
    const value = this.#value();
    if (name === '=') return one(first, typeof value === 'string' ? 'exact_string' : 'exact_number', negated, value);
    const operation = SHORT_FORMS[name] ?? name;
    if (!(operations as readonly string[]).includes(operation)) throw invalidQuery(`“${source}” is no operation`);
    return one(first, operation, negated, value);
  }

  #readFunction(name: string): Query {
    this.#expect('(');
    const parameters = [this.#value()];
    while (this.#take(',')) parameters.push(this.#value());
    this.#expect(')');
    const [first, second] = parameters.map(String);
    if (/^~?isa$/.test(name) && first !== undefined && parameters.length === 1) return signed(name, isa(first));
    if (/^~?depends_on$/.test(name) && first !== undefined && second !== undefined && parameters.length === 2) {
      return signed(name, dependsOn(first, second));
    }
    throw invalidQuery(`“${name}(…)” is neither isa(class) nor depends_on(name, id)`);
  }

  #value(): JsonValue {
    const { kind, source } = this.#next('a value');
    if (kind === 'text') return unquote(source);
    if (kind === 'list') return parseList(source);
    if (kind === 'sign') throw invalidQuery(`a value was expected, not “${source}”`);
    const number = Number(source);
    return Number.isFinite(number) ? number : source;
  }

  #word(what: string): string {
    const { kind, source } = this.#next(what);
    if (kind !== 'word') throw invalidQuery(`${what} was expected, not “${source}”`);
    return source;
  }

  #next(what: string): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw invalidQuery(`${what} is missing at the end`);
    this.#at += 1;
    return token;
  }

  /** Takes a word of the language or a sign, if it is next. */
  #take(source: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.source !== source || token.kind === 'text') return false;
    this.#at += 1;
    return true;
  }

  #expect(source: string): void {
    if (!this.#take(source)) throw invalidQuery(`“${source}” was expected before ${this.shown()}`);
  }
}

function one(field: string, operation: string, negated: boolean, param1: JsonValue): Query {
  return [{ field, operation: negated ? `~${operation}` : operation, param1, param2: '' }];
}

function signed(name: string, query: Query): Query {
  return name.startsWith('~') ? not(query) : query;
}

function unquote(source: string): string {
  return source.slice(1, -1).replace(/\\(["'\\])/g, '$1');
}

function parseList(source: string): JsonValue {
  try {
    return JSON.parse(source) as JsonValue;
  } catch (error) {
    throw invalidQuery(`${source} is not a list in JSON`, error);
  }
}
