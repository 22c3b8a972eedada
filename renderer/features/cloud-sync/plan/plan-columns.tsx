import type { SyncPlanView } from '../../../../shared/contract/cloud-sync.ts';
import type { SyncAction } from '../../../../shared/model/sync.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import type { DataTableColumn } from '../../../components/table/columns.ts';
import { formatBytes, t } from '../../../texts/translate.ts';
import classes from '../cloud-sync.module.css';

export type PlanRow = SyncPlanView['steps'][number];

export function actionText(action: SyncAction): string {
  const texts: Record<SyncAction, string> = {
    send: t('Send'),
    fetch: t('Fetch'),
    update: t('Update'),
    'delete-here': t('Delete here'),
    'delete-there': t('Delete in the cloud'),
    conflict: t('Conflict'),
    skip: t('Leave alone'),
  };
  return texts[action];
}

/** What each side has of a document or a file, in a word. */
function sides({ state, kind, action }: PlanRow): readonly [string, string] {
  if (kind === 'file') return action === 'fetch' ? ['–', t('there')] : [t('here'), '–'];
  switch (state) {
    case 'newHere':
      return [t('new'), '–'];
    case 'newThere':
      return ['–', t('new')];
    case 'deletedHere':
      return [t('deleted'), t('unchanged')];
    case 'deletedThere':
      return [t('unchanged'), t('deleted')];
    case 'editedHere':
      return [t('edited'), t('unchanged')];
    case 'editedThere':
      return [t('unchanged'), t('edited')];
    case 'deletedThereEditedHere':
      return [t('edited'), t('deleted')];
    case 'deletedHereEditedThere':
      return [t('deleted'), t('edited')];
    case 'conflict':
      return [t('edited'), t('edited')];
    case 'unreadable':
      return [t('damaged'), '–'];
    case 'filesDiffer':
      return [t('its files'), t('other files')];
    case 'same':
      return [t('unchanged'), t('unchanged')];
  }
}

/** What was on both sides after the last sync. */
function lastCommon({ kind, wasCommon }: PlanRow): string {
  if (kind === 'file') return '';
  return wasCommon ? t('on both sides') : '–';
}

/** @param settled conflicts that are settled already */
export function planColumns(settled: Readonly<Record<string, unknown>>): DataTableColumn<PlanRow>[] {
  return [
    {
      id: 'action',
      title: t('Action'),
      least: 150,
      cell: ({ action, id }) => (
        <span className={classes.action} data-action={action}>
          {actionText(action)}
          {settled[id] !== undefined && ` ✓`}
        </span>
      ),
    },
    {
      id: 'name',
      title: t('Name'),
      least: 160,
      grow: 2,
      cell: ({ name, id, kind }) => (
        <span className={classes.name} data-kind={kind}>
          <ElidedText text={name || id} />
        </span>
      ),
    },
    {
      id: 'class',
      title: t('Class'),
      least: 110,
      grow: 1,
      cell: ({ className, kind }) => <ElidedText text={kind === 'file' ? t('file') : className} />,
    },
    { id: 'here', title: t('Here'), least: 84, cell: (step) => sides(step)[0] },
    { id: 'common', title: t('Last sync'), least: 100, cell: lastCommon },
    { id: 'there', title: t('Cloud'), least: 84, cell: (step) => sides(step)[1] },
    {
      id: 'bytes',
      title: t('Size'),
      least: 80,
      numeric: true,
      cell: ({ bytes }) => (bytes === null ? '–' : formatBytes(bytes)),
    },
    { id: 'why', title: t('Why'), least: 180, grow: 2, cell: ({ reason }) => <ElidedText text={reason} /> },
  ];
}
