import type { ScanResult } from '../../../../shared/contract/imports.ts';

export type ScannedEpoch = ScanResult['epochs'][number];
export type ScannedRecording = ScanResult['recordings'][number];

/** A line of the tree: a folder, or an epoch in the folder above it. */
export type TreeRow =
  | { readonly kind: 'folder'; readonly key: string; readonly label: string; readonly epochs: readonly string[] }
  | {
      readonly kind: 'epoch';
      readonly key: string;
      readonly label: string;
      readonly epoch: ScannedEpoch;
      readonly recordings: readonly ScannedRecording[];
    };

/** The tree of what a scan found: folders in the order of the scan, each followed by its epochs. */
export function treeRows(scan: ScanResult): TreeRow[] {
  const recordings = Map.groupBy(scan.recordings, ({ epoch }) => epoch);
  const folders = Map.groupBy(scan.epochs, ({ folder }) => folder);
  return [...folders].flatMap(([folder, epochs]): TreeRow[] => [
    {
      kind: 'folder',
      key: `folder ${folder}`,
      label: below(scan.folder, folder),
      epochs: epochs.map(({ key }) => key),
    },
    ...epochs.map((epoch): TreeRow => ({
      kind: 'epoch',
      key: epoch.key,
      label: lastPart(epoch.key),
      epoch,
      recordings: recordings.get(epoch.key) ?? [],
    })),
  ]);
}

/** Whether all, some or none of the epochs are taken. */
export function takenOf(epochs: readonly string[], excluded: ReadonlySet<string>): 'all' | 'some' | 'none' {
  const left = epochs.filter((key) => excluded.has(key)).length;
  return left === 0 ? 'all' : left === epochs.length ? 'none' : 'some';
}

/** Takes epochs in or leaves them out. */
export function withTaken(
  excluded: ReadonlySet<string>,
  epochs: readonly string[],
  taken: boolean,
): ReadonlySet<string> {
  const next = new Set(excluded);
  for (const key of epochs) {
    if (taken) next.delete(key);
    else next.add(key);
  }
  return next;
}

/** A folder's path below the one that was scanned; the scanned folder's own name for itself. */
function below(root: string, folder: string): string {
  const separator = root.includes('\\') && !root.includes('/') ? '\\' : '/';
  const start = root.endsWith(separator) ? root : root + separator;
  return folder.startsWith(start) ? folder.slice(start.length) : lastPart(folder);
}

function lastPart(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
