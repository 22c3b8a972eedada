import type { SignalSource } from '../../../../shared/contract/recordings.ts';
import { client } from '../../../state/client.ts';

/** Up to this many values the table holds the samples themselves. */
const MOST_VALUES = 100_000;
/** Rows of a range that holds more. */
const STRETCHES = 200;

export interface RowsQuestion {
  readonly source: SignalSource;
  /** Channels of one rate, separated by commas. */
  readonly names: string;
  readonly rate: number;
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/** The table's content: for each channel the least and the greatest value of each row; equal where rows are samples. */
export interface ValueRows {
  readonly exact: boolean;
  readonly times: readonly number[];
  readonly columns: readonly { readonly min: readonly (number | null)[]; readonly max: readonly (number | null)[] }[];
}

/** Reads the values of a range in full precision, not those that were drawn. */
export async function readRows(question: RowsQuestion, signal: AbortSignal): Promise<ValueRows> {
  const { source, names, rate, count, from, to } = question;
  if (!(to > from) || count === 0) return { exact: true, times: [], columns: [] };
  if ((to - from) * rate * count <= MOST_VALUES) {
    const samples = await client.signals.read({ source, channels: names, from, to, unit: 'seconds' }, { signal });
    const longest = Math.max(0, ...samples.data.map((list) => list.length));
    return {
      exact: true,
      times: Array.from({ length: longest }, (_, index) => samples.t0 + index / rate),
      columns: samples.data.map((list) => ({ min: list, max: list })),
    };
  }
  const envelope = await client.signals.envelope(
    { source, channels: names, t0: from, t1: to, columns: STRETCHES },
    { signal },
  );
  const width = (envelope.t1 - envelope.t0) / envelope.columns;
  return {
    exact: false,
    times: Array.from({ length: envelope.columns }, (_, index) => envelope.t0 + index * width),
    columns: envelope.channels.map(({ min, max }) => ({ min, max })),
  };
}
