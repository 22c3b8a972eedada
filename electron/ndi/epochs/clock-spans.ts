import { type ClockSpan, parseClockType } from '../../../shared/model/clocks.ts';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import { listOf, textOf } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';

/**
 * Clocks and their extents as documents hold them. Names stand in a list or are joined by commas. Times are a pair (one
 * clock), `rows` (all starts, then all ends: MATLAB), or `pairs` (one a clock: the Python port). Names that are no
 * clock are left out.
 */
export function clockSpans(
  names: JsonValue | undefined,
  times: JsonValue | undefined,
  layout: 'rows' | 'pairs',
): ClockSpan[] {
  const types = listOf(names).flatMap((name) => textOf(name).split(','));
  const table = listOf(times).map((row) => (Array.isArray(row) ? row : [row]).map(seconds));
  return types.flatMap((name, at) => {
    const [t0, t1] = extent(table, at, layout);
    try {
      return [{ type: parseClockType(name), t0, t1 }];
    } catch (error) {
      if (error instanceof NdiError) return [];
      throw error;
    }
  });
}

function extent(table: readonly (readonly number[])[], at: number, layout: 'rows' | 'pairs'): [number, number] {
  const single = table.length === 1 || layout === 'pairs' ? table[table.length === 1 ? 0 : at] : undefined;
  // A flat pair arrives as two rows of one number, whatever the layout.
  const flat = table.length === 2 && table.every((row) => row.length === 1);
  if (single !== undefined && !flat) return [single[0] ?? Number.NaN, single[1] ?? Number.NaN];
  return [table[0]?.[flat ? 0 : at] ?? Number.NaN, table[1]?.[flat ? 0 : at] ?? Number.NaN];
}

function seconds(value: JsonValue): number {
  return typeof value === 'number' ? value : Number.NaN;
}
