import { Badge } from '@mantine/core';
import type { SyncStatus } from '../../../shared/contract/cloud-sync.ts';
import { formatDate, t } from '../../texts/translate.ts';

/** How far this copy and the cloud are apart, with the time of the last look. */
export function CopyStateBadge({ status }: { readonly status: Pick<SyncStatus, 'state' | 'checkedAt'> }) {
  const texts: Record<SyncStatus['state'], [string, string]> = {
    'local-only': [t('only on this computer'), 'gray'],
    'in-step': [t('in step'), 'green'],
    'local-ahead': [t('ahead here'), 'blue'],
    'cloud-ahead': [t('ahead in the cloud'), 'blue'],
    'both-changed': [t('changed on both sides'), 'yellow'],
    unknown: [t('not looked at yet'), 'gray'],
  };
  const [text, color] = texts[status.state];
  return (
    <span>
      <Badge variant="light" color={color} tt="none">
        {text}
      </Badge>{' '}
      {status.checkedAt !== null && t('looked at {{time}}', { time: formatDate(status.checkedAt) })}
    </span>
  );
}
