import type { DatabaseSync } from 'node:sqlite';

type Values = readonly (number | string)[];

/** Prepares a SELECT of one column, of numbers, and gives them for the values that it is asked with. */
export type Lister = (text: string) => (...values: Values) => Iterable<number>;

/** One number after the other: nothing is read that is not asked for. */
export function listInTurn(database: DatabaseSync): Lister {
  return (text) => {
    const statement = database.prepare(text);
    statement.setReturnArrays(true);
    return function* (...values) {
      for (const [number] of statement.iterate(...values) as unknown as Iterable<[number]>) yield number;
    };
  };
}

/** All numbers at once, as one text: four times as fast as row by row. */
export function listAtOnce(database: DatabaseSync): Lister {
  return (text) => {
    const statement = database.prepare(`WITH listed(n) AS (${text}) SELECT json_group_array(n) AS list FROM listed`);
    return (...values) => JSON.parse(String(statement.get(...values)?.['list'])) as number[];
  };
}
