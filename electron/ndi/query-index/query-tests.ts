import type { JsonValue } from '../../../shared/model/document-json.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import type { Operation } from '../../../shared/model/query.ts';

/** Tests in JavaScript that the SQL of a query calls by their number. */
export interface QueryTests {
  onValue(test: (value: JsonValue) => boolean): number;
  onText(test: (text: string) => boolean): number;
  onDocument(test: (document: NdiDocument) => boolean): number;
}

/** Operations on the values of a field. */
export type FieldOperation = Exclude<Operation, 'or' | 'isa' | 'depends_on'>;

/** The tests of one query, by their numbers. */
export class Tests implements QueryTests {
  readonly #tests: ((value: never) => boolean)[] = [];

  onValue = (test: (value: JsonValue) => boolean): number => this.#tests.push(test) - 1;
  onText = (test: (text: string) => boolean): number => this.#tests.push(test) - 1;
  onDocument = (test: (document: NdiDocument) => boolean): number => this.#tests.push(test) - 1;

  value = (number: number) => this.#tests[number] as (value: JsonValue) => boolean;
  text = (number: number) => this.#tests[number] as (text: string) => boolean;
  document = (number: number) => this.#tests[number] as (document: NdiDocument) => boolean;
}
