import type { Column } from './columns.ts';
import { table, type Meta } from './meta.ts';

/**
 * The shank of each column, from 0, as the maps of the saved channels tell it; undefined where they do not. An entry
 * begins with its shank: `(shank:x:z:used)` of the geometry, or `(shank:column:row:used)` of earlier versions.
 */
export function columnShanks(meta: Meta, columns: readonly Column[]): (number | undefined)[] {
  const { entries } = table(meta, 'snsGeomMap') ?? table(meta, 'snsShankMap') ?? { entries: [] };
  const sites = columns.filter(isSite);
  // The maps have one entry for each saved site, in the order of the columns; any other number of them is not that.
  if (entries.length !== sites.length) return columns.map(() => undefined);
  const shanks = new Map(sites.map((column, index) => [column, shankOf(entries[index] ?? '')]));
  return columns.map((column) => shanks.get(column));
}

function isSite({ kind }: Column): boolean {
  return kind === 'AP' || kind === 'LF';
}

function shankOf(entry: string): number | undefined {
  const [, digits] = /^(\d+):/.exec(entry.trim()) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
