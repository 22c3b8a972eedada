import { join } from 'node:path';
import { withFile } from '../file-bytes.ts';

/** Tables of what a cluster was judged to be, the one made by a person first; `.csv` by old versions. */
export const groupFiles = ['cluster_group.tsv', 'cluster_group.csv', 'cluster_groups.csv', 'cluster_KSLabel.tsv'];

const MAX_BYTES = 16 << 20;

/** The judgement (`good`, `mua`, `noise`, ...) by cluster, of the first table there is; the others are unsorted. */
export function readGroups(folder: string, names: readonly string[]): Map<number, string> {
  const groups = new Map<number, string>();
  const name = groupFiles.find((candidate) => names.includes(candidate));
  if (name === undefined) return groups;
  const text = withFile(join(folder, name), (file) =>
    new TextDecoder().decode(file.view(0, Math.min(file.size, MAX_BYTES), 'the table')),
  );
  for (const line of text.split(/\r?\n/).slice(1)) {
    const [cluster = '', group = ''] = line.split(/[\t,]/).map((cell) => cell.trim());
    if (/^\d+$/.test(cluster) && group !== '') groups.set(Number(cluster), group);
  }
  return groups;
}
