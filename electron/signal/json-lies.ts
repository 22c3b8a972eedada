import type { Dice } from './fuzz-damage.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Values of any kind but the one that is expected, as they are written. */
const VALUES = [
  ...['null', 'true', 'false', '0', '-1', '1', '1e300', '9007199254740993', 'NaN', '-Infinity', '[]', '{}', '""'],
  ...['"x"', '"NaN"', '[null]', '[[1,2],[3]]', '{"x":1}', '{"id":null}', '"\\u0000"', '"\\ud800"', '"a.b"', '-0'],
  ...['{"__proto__":{"x":1}}', '{"constructor":1}', '"constructor"', '"__proto__"', '"toString"'],
  `${'['.repeat(300)}${']'.repeat(300)}`,
  `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`,
];
const NAMES = ['__proto__', 'constructor', 'toString', '', 'id', 'a.b', 'x_1'];
/** Stands in a value for a text that is put in as it is: not all of them are JSON. */
const HOLE = 'hole of a lie';

/** JSON that is whole and says something else. */
export class JsonLiar {
  readonly #dice: Dice;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** Null for what is no JSON. */
  lie(text: string): string | null {
    let value: Json;
    try {
      value = JSON.parse(text) as Json;
    } catch {
      return null;
    }
    const put: string[] = [];
    for (let count = 1 + this.#dice.below(3); count > 0; count--) value = this.#changed(value, put);
    let said = JSON.stringify(value);
    for (const lie of put) said = said.replace(`"${HOLE}"`, () => lie);
    return said;
  }

  /** One of the values in it is changed: the deeper it is, the rarer. */
  #changed(value: Json, put: string[]): Json {
    if (value === null || typeof value !== 'object' || this.#dice.below(5) === 0) return this.#instead(value, put);
    const keys = Object.keys(value);
    const key = this.#dice.one(keys);
    if (key === undefined) return this.#instead(value, put);
    if (Array.isArray(value)) return this.#changedList(value, Number(key), put);
    const entries = Object.entries(value);
    const at = keys.indexOf(key);
    const way = this.#dice.below(8);
    if (way === 0) entries.splice(at, 1);
    else if (way === 1) entries[at] = [this.#dice.one(NAMES) ?? '', entries[at]?.[1] ?? null];
    else entries[at] = [key, this.#changed(entries[at]?.[1] ?? null, put)];
    return Object.fromEntries(entries);
  }

  #changedList(list: readonly Json[], at: number, put: string[]): Json {
    const changed = [...list];
    const item = changed[at] ?? null;
    const way = this.#dice.below(8);
    if (way === 0) changed.splice(at, 1);
    else if (way === 1) changed.splice(at, 0, item);
    else if (way === 2) changed.push(...Array.from({ length: 40 }, () => item));
    else changed[at] = this.#changed(item, put);
    return changed;
  }

  #instead(value: Json, put: string[]): Json {
    const way = this.#dice.below(6);
    if (way === 0) return [value];
    if (way === 1 && Array.isArray(value)) return value[0] ?? null;
    if (way === 2 && typeof value === 'number') return String(value);
    put.push(this.#dice.one(VALUES) ?? 'null');
    return HOLE;
  }
}
