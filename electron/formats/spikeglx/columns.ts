import { counts, invalidValue, numberOf, missingLine, streamType, table, type Meta, type StreamType } from './meta.ts';

/** AP and LF bands and status words of probes; multiplexed, auxiliary inputs and digital words of other boards. */
export type ColumnKind = 'AP' | 'LF' | 'SY' | 'MN' | 'MA' | 'XA' | 'XD';

/** One saved channel: a column of the `.bin`. */
export interface Column {
  readonly kind: ColumnKind;
  /** Number among the acquired channels of its kind, from 0: tables of the probe count so, whatever was saved. */
  readonly index: number;
  readonly name: string;
}

/** Kinds in the order in which they lie in a row, and the keys of their counts. */
const layouts: Readonly<Record<StreamType, { kinds: readonly ColumnKind[]; counts: string }>> = {
  imec: { kinds: ['AP', 'LF', 'SY'], counts: 'ApLfSy' },
  nidq: { kinds: ['MN', 'MA', 'XA', 'XD'], counts: 'MnMaXaDw' },
  obx: { kinds: ['XA', 'XD', 'SY'], counts: 'XaDwSy' },
};

/** More channels than any set-up has; lists beyond it are no lists. */
const MAX_CHANNELS = 1_000_000;

/**
 * What each column of the file is, by the numbers of the saved channels.
 * @throws NdiError format.invalid where counts and lists contradict each other
 */
export function readColumns(meta: Meta): Column[] {
  const layout = layouts[streamType(meta)];
  const savedKey = `sns${layout.counts}`;
  const columns = numberOf(meta, 'nSavedChans');
  if (columns === undefined) throw missingLine(meta, 'nSavedChans');
  const saved = counts(meta, savedKey, layout.kinds.length);
  const acquired = counts(meta, `acq${layout.counts}`, layout.kinds.length);
  if (columns <= 0 || columns !== sum(saved)) {
    throw invalidValue(meta, 'nSavedChans', `does not fit the counts ${savedKey}=${saved.join(',')}`);
  }
  if (sum(acquired) > MAX_CHANNELS) throw invalidValue(meta, `acq${layout.counts}`, 'is more than can be');
  const names = channelNames(meta);
  const found: Column[] = [];
  const perKind = new Map<ColumnKind, number>();
  for (const number of savedChannels(meta, sum(acquired))) {
    const place = placeOf(number, acquired);
    const kind = layout.kinds[place.kind];
    // An .lf file may list the AP channels too: what its counts leave out is in the other file.
    if (kind === undefined || saved[place.kind] === 0) continue;
    perKind.set(kind, (perKind.get(kind) ?? 0) + 1);
    found.push({ kind, index: place.index, name: names.get(number) ?? `${kind}${place.index}` });
  }
  const agree = layout.kinds.every((kind, index) => (perKind.get(kind) ?? 0) === saved[index]);
  if (!agree) throw invalidValue(meta, 'snsSaveChanSubset', `does not fit the counts ${savedKey}=${saved.join(',')}`);
  return found;
}

/** Acquired numbers of the saved channels: `all`, or a list such as `0:9,20,768` with both ends of ranges. */
function savedChannels(meta: Meta, acquired: number): number[] {
  const key = 'snsSaveChanSubset';
  const text = meta.values.get(key) ?? 'all';
  if (text === 'all' || text === '') return Array.from({ length: acquired }, (_, number) => number);
  const list: number[] = [];
  for (const item of text.split(',')) {
    const [, first, last] = /^(\d+)(?::(\d+))?$/.exec(item.trim()) ?? [];
    const [from, to] = [Number(first), Number(last ?? first)];
    if (!(from <= to && to < acquired)) throw invalidValue(meta, key, `names channels beyond the ${acquired} acquired`);
    if (list.length + to - from >= acquired) throw invalidValue(meta, key, 'names channels more than once');
    for (let number = from; number <= to; number++) list.push(number);
  }
  return list;
}

function placeOf(number: number, acquired: readonly number[]): { kind: number; index: number } {
  let index = number;
  for (const [kind, count] of acquired.entries()) {
    if (index < count) return { kind, index };
    index -= count;
  }
  return { kind: -1, index };
}

/** Names by acquired number, from entries `AP3;3:3` (name; acquired number : order). */
function channelNames(meta: Meta): Map<number, string> {
  const names = new Map<number, string>();
  for (const entry of table(meta, 'snsChanMap')?.entries ?? []) {
    const [, name, number] = /^([^;]+);(\d+):/.exec(entry) ?? [];
    if (name !== undefined) names.set(Number(number), name);
  }
  return names;
}

function sum(list: readonly number[]): number {
  return list.reduce((total, count) => total + count, 0);
}
