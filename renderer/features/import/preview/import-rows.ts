import type { ScannedRecording } from '../../../../shared/contract/imports.ts';
import type { ImportPlan, PlannedEpoch } from '../../../../shared/model/import-plan/planned.ts';
import { t } from '../../../texts/translate.ts';

export type Plan = ImportPlan<ScannedRecording>;
export type Epoch = PlannedEpoch<ScannedRecording>;

/** A line of the tree: a folder or session, or an epoch in what stands above it. */
export type TreeRow =
  | { readonly kind: 'group'; readonly key: string; readonly label: string; readonly epochs: readonly Epoch[] }
  | { readonly kind: 'epoch'; readonly key: string; readonly label: string; readonly epoch: Epoch };

/**
 * The tree of what an import would make: where it makes several sessions, each with its epochs; else the folders in the
 * order of the scan. Recordings that go nowhere come last.
 * @param plan with everything taken in: what is left out shows too
 */
export function treeRows(folder: string, plan: Plan): TreeRow[] {
  const rest = plan.unmatched.map((found): Epoch => {
    const { device, reader } = found;
    return {
      key: found.key,
      epochId: null,
      recordings: [{ found, device, reader, subject: '', probes: [], match: null }],
    };
  });
  const groups: [string, readonly Epoch[]][] =
    plan.sessions.length > 1 || rest.length > 0
      ? plan.sessions.map(({ reference, epochs }) => [reference, epochs])
      : byFolder(
          folder,
          plan.sessions.flatMap(({ epochs }) => epochs),
        );
  if (rest.length > 0) groups.push([t('In no session'), rest]);
  return groups.flatMap(([label, epochs]): TreeRow[] => [
    { kind: 'group', key: `group ${label}`, label, epochs },
    ...epochs.map((epoch): TreeRow => ({ kind: 'epoch', key: epoch.key, label: epochLabel(epoch), epoch })),
  ]);
}

function byFolder(root: string, epochs: readonly Epoch[]): [string, readonly Epoch[]][] {
  const folderOf = ({ key }: Epoch) => key.split('/').slice(0, -1).join('/');
  return [...Map.groupBy(epochs, folderOf)].map(([below, own]) => [below === '' ? lastPart(root) : below, own]);
}

/** An epoch by the id that it was given, else by the name of its first recording. */
export function epochLabel({ epochId, key }: Epoch): string {
  return epochId ?? lastPart(key);
}

/** Keys of the recordings of a row. */
export function keysOf(row: TreeRow): string[] {
  return (row.kind === 'group' ? row.epochs : [row.epoch]).flatMap(({ recordings }) =>
    recordings.map(({ found }) => found.key),
  );
}

/** Whether all, some or none of the recordings are taken. */
export function takenOf(keys: readonly string[], excluded: ReadonlySet<string>): 'all' | 'some' | 'none' {
  const left = keys.filter((key) => excluded.has(key)).length;
  return left === 0 ? 'all' : left === keys.length ? 'none' : 'some';
}

function lastPart(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
