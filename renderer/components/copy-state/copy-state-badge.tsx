import type { ComponentProps } from 'react';
import type { SyncStatus } from '../../../shared/contract/cloud-sync.ts';
import { formatDate, t } from '../../texts/translate.ts';
import { StateBadge } from '../state-badge.tsx';

type Tone = ComponentProps<typeof StateBadge>['tone'];

interface CopyStateBadgeProps {
  readonly status: Pick<SyncStatus, 'state' | 'checkedAt'>;
  /** In lists the time of the last look shows when it is pointed at. */
  readonly brief?: boolean;
}

/** How far this copy and the cloud are apart, with the time of the last look. */
export function CopyStateBadge({ status, brief = false }: CopyStateBadgeProps) {
  const texts: Record<SyncStatus['state'], [string, Tone]> = {
    'local-only': [t('only on this computer'), 'quiet'],
    'in-step': [t('in step'), 'good'],
    'local-ahead': [t('ahead here'), 'busy'],
    'cloud-ahead': [t('ahead in the cloud'), 'busy'],
    'both-changed': [t('changed on both sides'), 'warn'],
    unknown: [t('not looked at yet'), 'quiet'],
  };
  const [text, tone] = texts[status.state];
  const looked = status.checkedAt === null ? '' : t('looked at {{time}}', { time: formatDate(status.checkedAt) });
  return (
    <span title={brief ? looked : undefined} data-copy-state={status.state}>
      <StateBadge tone={tone} text={text} small={brief} />
      {!brief && looked !== '' && ` ${looked}`}
    </span>
  );
}
