import type { ComponentProps } from 'react';
import type { PublishState } from '../../../shared/contract/cloud-publish.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { t } from '../../texts/translate.ts';

type Tone = ComponentProps<typeof StateBadge>['tone'];

/** How far the publication is. */
export function PublicationBadge({ state }: Pick<PublishState, 'state'>) {
  const texts: Record<PublishState['state'], [string, Tone]> = {
    notUploaded: [t('not in the cloud'), 'quiet'],
    draft: [t('draft'), 'quiet'],
    submitted: [t('submitted'), 'warn'],
    publishing: [t('being published'), 'busy'],
    published: [t('published'), 'good'],
    unpublishing: [t('being taken back'), 'busy'],
  };
  const [text, tone] = texts[state];
  return <StateBadge tone={tone} text={text} />;
}
