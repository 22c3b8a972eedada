import type { JsonValue } from './document-json.ts';
import { all, condition, dependsOn, either, isa, not, type Operation, type Query } from './query.ts';
import { queryAsMatlab, queryAsPython } from './query-code.ts';
import { formatQuery } from './query-format.ts';

/**
 * Queries written as a sentence:
 *
 * ```ts
 * const found = session.documents({
 *   query: where('element.type').is('n-trode').and(where.isa('probe').not()).or(where('base.name').contains('x')).query,
 * });
 * ```
 * `.text`, `.json`, `.matlab` and `.python` give the same query in its other forms.
 */
export function where(field: string): FieldConditions {
  return new FieldConditions(field);
}
where.isa = (className: string): QueryBuilder => new QueryBuilder(isa(className));
/** `name` may hold `*` for any text; alone it stands for any dependency. */
where.dependsOn = (name: string, id: string): QueryBuilder => new QueryBuilder(dependsOn(name, id));
where.query = (query: Query): QueryBuilder => new QueryBuilder(query);

/** What can be asked of one field. */
class FieldConditions {
  readonly #field: string;

  constructor(field: string) {
    this.#field = field;
  }

  /** A text exactly, or a number or list of numbers. */
  is(value: string | number | readonly number[]): QueryBuilder {
    return typeof value === 'string'
      ? this.#make('exact_string', value)
      : this.#make('exact_number', typeof value === 'number' ? value : [...value]);
  }
  isAnyCase(text: string): QueryBuilder {
    return this.#make('exact_string_anycase', text);
  }
  contains(text: string): QueryBuilder {
    return this.#make('contains_string', text);
  }
  matches(pattern: string | RegExp): QueryBuilder {
    return this.#make('regexp', typeof pattern === 'string' ? pattern : pattern.source);
  }
  lessThan(value: number): QueryBuilder {
    return this.#make('lessthan', value);
  }
  atMost(value: number): QueryBuilder {
    return this.#make('lessthaneq', value);
  }
  moreThan(value: number): QueryBuilder {
    return this.#make('greaterthan', value);
  }
  atLeast(value: number): QueryBuilder {
    return this.#make('greaterthaneq', value);
  }
  exists(): QueryBuilder {
    return this.#make('hasfield');
  }
  has(member: JsonValue): QueryBuilder {
    return this.#make('hasmember', member);
  }
  hasSize(rows: number, columns: number): QueryBuilder {
    return this.#make('hassize', [rows, columns]);
  }
  agreesWith(fields: Record<string, JsonValue>): QueryBuilder {
    return this.#make('partial_struct', fields);
  }
  /** In some object of a list every field named holds its text. */
  hasAnyContaining(texts: Readonly<Record<string, string>>): QueryBuilder {
    return this.#make('hasanysubfield_contains_string', Object.keys(texts), Object.values(texts));
  }
  hasAnyExactly(texts: Readonly<Record<string, string>>): QueryBuilder {
    return this.#make('hasanysubfield_exact_string', Object.keys(texts), Object.values(texts));
  }

  #make(operation: Operation, param1: JsonValue = '', param2: JsonValue = ''): QueryBuilder {
    return new QueryBuilder(condition(this.#field, operation, param1, param2));
  }
}

/** A query that can be joined with others and told in every form. */
class QueryBuilder {
  readonly query: Query;

  constructor(query: Query) {
    this.query = query;
  }

  and(other: QueryBuilder): QueryBuilder {
    return new QueryBuilder(all(this.query, other.query));
  }
  or(other: QueryBuilder): QueryBuilder {
    return new QueryBuilder(either(this.query, other.query));
  }
  not(): QueryBuilder {
    return new QueryBuilder(not(this.query));
  }

  get text(): string {
    return formatQuery(this.query);
  }
  get json(): string {
    return JSON.stringify(this.query);
  }
  get matlab(): string {
    return queryAsMatlab(this.query);
  }
  get python(): string {
    return queryAsPython(this.query);
  }
}
