import { listStep } from '../../components/list-keys.ts';
import type { TreeRow } from './tree-model.ts';

/**
 * Where a key leads in the tree (the index of a line), or that it opens or closes the line; undefined for keys that
 * mean nothing here. As the ARIA pattern for trees has it: right opens, then goes in; left closes, then goes out.
 */
export function treeStep(key: string, rows: readonly TreeRow[], at: number): number | 'toggle' | undefined {
  const row = rows[at];
  if (row === undefined) return undefined;
  switch (key) {
    case 'ArrowRight':
      if (row.expanded === false) return 'toggle';
      return row.expanded === true && (rows[at + 1]?.level ?? 0) > row.level ? at + 1 : at;
    case 'ArrowLeft':
      return row.expanded === true ? 'toggle' : parentOf(rows, at);
    default:
      return listStep(key, at, rows, ({ label }) => label);
  }
}

function parentOf(rows: readonly TreeRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  const parent = rows.slice(0, at).findLastIndex((row) => row.level < level);
  return parent === -1 ? at : parent;
}
