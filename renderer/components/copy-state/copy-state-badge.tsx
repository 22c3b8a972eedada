import { Badge } from '@mantine/core';
import type { SyncStatus } from '../../../shared/contract/cloud-sync.ts';
import { formatDate, t } from '../../texts/translate.ts';

interface CopyStateBadgeProps {
  readonly status: Pick<SyncStatus, 'state' | 'checkedAt'>;
  /** In lists the time of the last look shows when it is pointed at. */
  readonly brief?: boolean;
}

/** How far this copy and the cloud are apart, with the time of the last look. */
export function CopyStateBadge({ status, brief = false }: CopyStateBadgeProps) {
  const texts: Record<SyncStatus['state'], [string, string]> = {
    'local-only': [t('only on this computer'), 'gray'],
    'in-step': [t('in step'), 'green'],
    'local-ahead': [t('ahead here'), 'blue'],
    'cloud-ahead': [t('ahead in the cloud'), 'blue'],
    'both-changed': [t('changed on both sides'), 'yellow'],
    unknown: [t('not looked at yet'), 'gray'],
  };
  const [text, color] = texts[status.state];
  const looked = status.checkedAt === null ? '' : t('looked at {{time}}', { time: formatDate(status.checkedAt) });
  return (
    <span title={brief ? looked : undefined} data-copy-state={status.state}>
      <Badge variant="light" color={color} tt="none" size={brief ? 'sm' : 'md'}>
        {text}
      </Badge>
      {!brief && looked !== '' && ` ${looked}`}
    </span>
  );
}
