import { Badge } from '@mantine/core';
import type { PublishState } from '../../../shared/contract/cloud-publish.ts';
import { t } from '../../texts/translate.ts';

/** How far the publication is. */
export function PublicationBadge({ state }: Pick<PublishState, 'state'>) {
  const texts: Record<PublishState['state'], [string, string]> = {
    notUploaded: [t('not in the cloud'), 'gray'],
    draft: [t('draft'), 'gray'],
    submitted: [t('submitted'), 'yellow'],
    publishing: [t('being published'), 'blue'],
    published: [t('published'), 'green'],
    unpublishing: [t('being taken back'), 'blue'],
  };
  const [text, color] = texts[state];
  return (
    <Badge variant="light" color={color} tt="none">
      {text}
    </Badge>
  );
}
