/** A random sequence that a seed and the number of a run determine: any run can be had again alone. */
export class Dice {
  #state: number;

  constructor(seed: number, run: number) {
    this.#state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(run + 1, 0xc2b2ae35)) >>> 0;
    this.below(1);
  }

  /** A whole number from 0 on, below a limit. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  one<T>(choices: readonly T[]): T | undefined {
    return choices[this.below(choices.length)];
  }
}

type Damage = (bytes: Buffer, dice: Dice) => Buffer;

const BINARY_LIES = [0, 1, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
/** Beyond what can be counted, or no number at all. */
const WIDE_LIES = [Number.NaN, Infinity, -Infinity, 0, -1, 1e300, 1e-300, 5e-324, 1e30, -1e15];
const LONG_LIES = [2n ** 53n, 2n ** 53n + 1n, 2n ** 62n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 40n, 0n];
const TEXT_LIES = ['0', '-1', '1', '65536', '4294967295', '9007199254740993', '1e300', '1e-300', 'NaN', 'x', ''];

/** Flips bits, most of them in the first bytes, where headers lie. */
const flip: Damage = (bytes, dice) => {
  for (let count = 1 + dice.below(8); count > 0; count--) {
    const at = dice.below(2) === 1 ? dice.below(bytes.length) : dice.below(Math.min(bytes.length, 1000));
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8));
  }
  return bytes;
};

const cut: Damage = (bytes, dice) => bytes.subarray(0, dice.below(bytes.length));

const repeat: Damage = (bytes, dice) => {
  const from = dice.below(bytes.length);
  const piece = bytes.subarray(from, from + dice.below(2000));
  const at = dice.below(bytes.length);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
};

const lose: Damage = (bytes, dice) => {
  const at = dice.below(bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + dice.below(500))]);
};

/** A number of a binary header says something else. */
const lie: Damage = (bytes, dice) => {
  const at = dice.below(Math.max(1, Math.min(bytes.length - 4, 1500)));
  const value = dice.one(BINARY_LIES) ?? 0;
  if (bytes.length < 8) return bytes;
  if (dice.below(2) === 1) bytes.writeUInt32LE(value, at);
  else bytes.writeUInt16LE(value & 0xffff, at);
  return bytes;
};

/** A number of eight bytes, or a floating one of four, says something else; such numbers begin at even places. */
const lieWide: Damage = (bytes, dice) => {
  if (bytes.length < 8) return bytes;
  const at = 2 * dice.below(1 + Math.floor(Math.min(bytes.length - 8, 3000) / 2));
  const way = dice.below(3);
  if (way === 0) bytes.writeBigUInt64LE(dice.one(LONG_LIES) ?? 0n, at);
  else if (way === 1) bytes.writeDoubleLE(dice.one(WIDE_LIES) ?? 0, at);
  else bytes.writeFloatLE(dice.one(WIDE_LIES) ?? 0, at);
  return bytes;
};

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** A number of a text says something else; bytes without digits get another lie. */
const lieInText: Damage = (bytes, dice) => {
  const start = dice.below(Math.min(bytes.length, 20_000));
  const end = Math.min(bytes.length, start + 200);
  let from = start;
  while (from < end && !isDigit(bytes[from])) from += 1;
  if (from === end) return lie(bytes, dice);
  let to = from;
  while (isDigit(bytes[to])) to += 1;
  return Buffer.concat([bytes.subarray(0, from), Buffer.from(dice.one(TEXT_LIES) ?? ''), bytes.subarray(to)]);
};

const damages = { flip, cut, repeat, lie, lieWide, lose, lieInText } as const;
type Way = keyof typeof damages;
const plainWays: readonly Way[] = ['flip', 'cut', 'repeat', 'lie', 'lose', 'lieInText'];
/** With the lies about numbers of eight bytes and floating ones, of which headers of recordings are full. */
export const recordingWays = Object.keys(damages) as Way[];

/** A copy of the bytes, damaged in one to three ways, which are told in their order. */
export function damaged(
  original: Buffer,
  dice: Dice,
  kinds: readonly Way[] = plainWays,
): { bytes: Buffer; ways: Way[] } {
  let bytes: Buffer = Buffer.from(original);
  const ways: Way[] = [];
  for (let count = 1 + dice.below(3); count > 0 && bytes.length > 0; count--) {
    const way = dice.one(kinds) ?? 'flip';
    ways.push(way);
    bytes = damages[way](bytes, dice);
  }
  return { bytes, ways };
}
