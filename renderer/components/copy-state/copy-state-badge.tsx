import type { ComponentProps } from 'react';
import type { SyncStatus } from '../../../shared/contract/cloud-sync.ts';
import { formatDate, t } from '../../texts/translate.ts';
import { StateBadge } from '../state-badge.tsx';

type Tone = ComponentProps<typeof StateBadge>['tone'];
type Status = Pick<SyncStatus, 'state' | 'checkedAt' | 'changedHere'>;

interface CopyStateBadgeProps {
  readonly status: Status;
  /** In lists the time of the last look shows when it is pointed at. */
  readonly brief?: boolean;
}

/** How far this copy and the cloud are apart, with the time of the last look. */
export function CopyStateBadge({ status, brief = false }: CopyStateBadgeProps) {
  const [text, tone] = wordOf(status);
  const look = lookText(status);
  return (
    <span title={brief ? look : undefined} data-copy-state={status.state}>
      <StateBadge tone={tone} text={text} small={brief} />
      {!brief && look !== '' && ` ${look}`}
    </span>
  );
}

/** The state in a word, and how much it wants to be noticed. */
export function wordOf({ state, changedHere }: Status): [string, Tone] {
  const words: Record<Status['state'], [string, Tone]> = {
    'local-only': [t('only on this computer'), 'quiet'],
    'in-step': [t('in step'), 'good'],
    'local-ahead': [t('ahead here'), 'busy'],
    'cloud-ahead': [t('ahead in the cloud'), 'busy'],
    'both-changed': [t('changed on both sides'), 'warn'],
    unknown: changedHere ? [t('changed here'), 'busy'] : [t('not looked at yet'), 'quiet'],
  };
  return words[state];
}

function lookText({ checkedAt, changedHere }: Status): string {
  if (checkedAt === null) return '';
  const time = formatDate(checkedAt);
  return changedHere ? t('looked at {{time}}, changed here since', { time }) : t('looked at {{time}}', { time });
}
