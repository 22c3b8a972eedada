import { join } from 'node:path';
import { escapePattern } from '../../../shared/model/query.ts';
import type { FileGroup } from './file-groups.ts';
import { visibleEntries } from './folder-entries.ts';
import { filePattern, splitAtSign, tooManySigns } from './patterns.ts';

/** A series of files that one recording was split into: its common beginning and the files that stand for it. */
export interface SeriesGroup extends FileGroup {
  readonly prefix: string;
}

/**
 * `rhd_series`: files of one folder that share what `#` stands for in the first pattern are one epoch, of which the
 * first file counts; further patterns must each find a file with the same beginning.
 * @throws NdiError document.invalid for patterns that cannot be used, path.*
 */
export function findSeries(folder: string, patterns: readonly string[]): SeriesGroup[] {
  const [first, ...further] = patterns;
  if (first === undefined) return [];
  const pieces = splitAtSign(first);
  if (pieces.length > 2) throw tooManySigns(first);
  const names = visibleEntries(folder)
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name);
  const whole = filePattern(first, `^${pieces.join('(.+?)')}$`);
  const firstOf = new Map<string, string>();
  for (const name of names) {
    const match = whole.exec(name);
    if (match === null) continue;
    const prefix = match[1] ?? name;
    if (!firstOf.has(prefix)) firstOf.set(prefix, name);
  }
  return [...firstOf].flatMap(([prefix, name]) => {
    const found = further.map((pattern) => {
      const same = filePattern(pattern, `^${splitAtSign(pattern).join(escapePattern(prefix))}$`);
      return names.find((candidate) => same.test(candidate));
    });
    if (found.includes(undefined)) return [];
    const files = [name, ...found.filter((one) => one !== undefined)];
    return [{ folder, prefix, files: files.map((one) => join(folder, one)) }];
  });
}
