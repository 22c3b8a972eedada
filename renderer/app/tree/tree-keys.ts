import type { TreeRow } from './tree-model.ts';

const PAGE = 15;

/**
 * Where a key leads in the tree (the index of a line), or that it opens or closes the line; undefined for keys that
 * mean nothing here. As the ARIA pattern for trees has it: right opens, then goes in; left closes, then goes out.
 */
export function treeStep(key: string, rows: readonly TreeRow[], at: number): number | 'toggle' | undefined {
  const row = rows[at];
  if (row === undefined) return undefined;
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, last);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'PageDown':
      return Math.min(at + PAGE, last);
    case 'PageUp':
      return Math.max(at - PAGE, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowRight':
      if (row.expanded === false) return 'toggle';
      return row.expanded === true && (rows[at + 1]?.level ?? 0) > row.level ? at + 1 : at;
    case 'ArrowLeft':
      return row.expanded === true ? 'toggle' : parentOf(rows, at);
    case ' ':
      return row.expanded === undefined ? at : 'toggle';
    default:
      return key.length === 1 ? nextWithLetter(key, rows, at) : undefined;
  }
}

function parentOf(rows: readonly TreeRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  const parent = rows.slice(0, at).findLastIndex((row) => row.level < level);
  return parent === -1 ? at : parent;
}

function nextWithLetter(letter: string, rows: readonly TreeRow[], at: number): number | undefined {
  for (let step = 1; step <= rows.length; step += 1) {
    const index = (at + step) % rows.length;
    if (rows[index]?.label.toLowerCase().startsWith(letter.toLowerCase()) === true) return index;
  }
  return undefined;
}
