import type { AnySchema } from '@orpc/contract';
import type { Dice } from '../../../signal/fuzz-damage.ts';

/** Values by the name of the field that takes them; what is not listed takes `other`. */
export interface Pool {
  readonly byName: Readonly<Record<string, readonly unknown[]>>;
  readonly other: readonly string[];
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly items?: readonly unknown[];
  readonly options?: readonly unknown[];
  readonly innerType?: unknown;
  readonly in?: unknown;
  readonly valueType?: unknown;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
}

const NUMBERS = [0, 1, 2, 3, 10, 0.5, 100, 1000, -1, 1e9];

/** Arguments of the form that a call of the contract asks for; their values are those of the pool. */
export function makeArguments(schema: AnySchema | undefined, pool: Pool, dice: Dice): unknown {
  return schema === undefined ? undefined : made(schema, 'input', pool, dice);
}

function made(schema: unknown, name: string, pool: Pool, dice: Dice): unknown {
  const { def } = schema as { def: Definition };
  const given = pool.byName[name];
  switch (def.type) {
    case 'object': {
      const entries = Object.entries(def.shape ?? {}).map(([key, one]) => [key, made(one, key, pool, dice)] as const);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    case 'optional':
      return dice.below(2) === 0 ? undefined : made(def.innerType, name, pool, dice);
    case 'default':
    case 'prefault':
      return dice.below(2) === 0 ? undefined : made(def.innerType, name, pool, dice);
    case 'nullable':
      return dice.below(4) === 0 ? null : made(def.innerType, name, pool, dice);
    case 'readonly':
    case 'nonoptional':
      return made(def.innerType, name, pool, dice);
    case 'pipe':
      return made(def.in, name, pool, dice);
    case 'array':
      return Array.from({ length: 1 + dice.below(3) }, () => made(def.element, name, pool, dice));
    case 'tuple':
      return (def.items ?? []).map((item) => made(item, name, pool, dice));
    case 'union':
      return made(dice.one(def.options ?? []), name, pool, dice);
    case 'record': {
      const count = dice.below(3);
      return Object.fromEntries(
        Array.from({ length: count }, () => [
          String(dice.one(pool.byName['field'] ?? pool.other)),
          made(def.valueType, name, pool, dice),
        ]),
      );
    }
    case 'enum':
      return dice.one(Object.values(def.entries ?? {}));
    case 'literal':
      return dice.one(def.values ?? []);
    case 'boolean':
      return dice.below(2) === 0;
    case 'number':
      return dice.one((given ?? NUMBERS).filter((one) => typeof one === 'number'));
    case 'string':
      return dice.one((given ?? pool.other).filter((one) => typeof one === 'string')) ?? 'x';
    default:
      return dice.one(given ?? [...pool.other, ...NUMBERS, true, null, [1, 2], { a: 1 }]);
  }
}

type Meta = (string | number)[][];
type Segments = readonly (string | number)[];

/** What a page could not have meant; as it crosses the wall: JSON, and which of its values stand for something else. */
export interface Wire {
  json?: unknown;
  meta?: unknown;
}

const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;
/** Large ones are made when they are wanted. */
const LIES: readonly (string | number | boolean | object | null | (() => unknown))[] = [
  ...[null, true, 0, -0, -1, 1.5, 1e300, -1e300, 2 ** 53, 5e-324, '', ' ', [], {}, [null], [[1], ['a']]],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'nul\0character', 'two\nlines', '\u202Eright'],
  ...['\uD800', 'NaN', 'Infinity', '%00', 'a'.repeat(300), 'x'.repeat(100_000), '(', '[a', '*', '\\'],
  () => JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}') as unknown,
  () => Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, at])),
  () => Array.from({ length: 20_000 }, (_, at) => at),
  () => deep(300),
  () => deep(5000),
];
/** What oRPC lets cross beside JSON, with the texts that stand for it: bigint, Date, NaN, undefined, URL, RegExp, Set, Map. */
const SPECIAL: readonly (readonly [type: number, value: unknown])[] = [
  [0, '123456789012345678901234567890'],
  [1, '2026-01-01T00:00:00.000Z'],
  [1, null],
  [2, null],
  [3, null],
  [4, 'https://x.org/'],
  [5, '/(a+)+$/g'],
  [6, [1, 'a']],
  [7, [['a', 1]]],
];

/** Lies one to three times: a value of the arguments is another, is missing, stands twice, or has a name of another. */
export function damageArguments(input: unknown, dice: Dice): Wire {
  const wire: { json: unknown; meta: Meta } = { json: input, meta: [] };
  for (let count = 1 + dice.below(3); count > 0; count--) {
    const at = somewhere(wire.json, dice);
    if (dice.below(4) === 0) {
      const [type, value] = dice.one(SPECIAL) ?? [3, null];
      wire.json = withValue(wire.json, at, value);
      wire.meta.push([type, ...at]);
    } else {
      const kind = typeof valueAt(wire.json, at);
      const alike = dice.below(3) > 0 ? LIES.filter((lie) => typeof lie === kind) : [];
      const lie = dice.one(alike.length > 0 ? alike : LIES);
      wire.json = withValue(wire.json, at, typeof lie === 'function' ? (lie as () => unknown)() : lie);
    }
  }
  // What stands for something else must be there: otherwise the whole is refused before anything is looked at.
  return dice.below(10) === 0 ? wire : { ...wire, meta: wire.meta.filter((one) => isThere(wire.json, one.slice(1))) };
}

function somewhere(value: unknown, dice: Dice): Segments {
  const at: (string | number)[] = [];
  let here = value;
  while (typeof here === 'object' && here !== null && (at.length === 0 || dice.below(3) > 0)) {
    const keys = Object.keys(here);
    if (keys.length === 0 || (at.length === 0 && dice.below(20) === 0)) break;
    const key = keys[dice.below(keys.length)] ?? '';
    at.push(Array.isArray(here) ? Number(key) : key);
    here = (here as Record<string, unknown>)[key];
  }
  return at;
}

function valueAt(value: unknown, at: Segments): unknown {
  return at.reduce((here, key) => (here as Record<string | number, unknown> | undefined)?.[key], value);
}

function isThere(value: unknown, at: Segments): boolean {
  let here = value;
  for (const key of at) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return false;
    here = (here as Record<string | number, unknown>)[key];
  }
  return true;
}

/** A copy in which one value is another; undefined takes it away. */
function withValue(whole: unknown, [key, ...rest]: Segments, value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof whole !== 'object' || whole === null) return whole;
  const inner = withValue((whole as Record<string | number, unknown>)[key], rest, value);
  if (Array.isArray(whole)) return whole.with(Number(key), inner);
  // Not by assignment: a name may be `__proto__`.
  return Object.fromEntries(Object.entries(whole).map(([name, one]) => [name, name === String(key) ? inner : one]));
}
