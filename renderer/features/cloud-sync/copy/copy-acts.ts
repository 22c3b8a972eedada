import { confirm } from '../../../components/confirm.tsx';
import { client } from '../../../state/client.ts';
import { showMessage } from '../../../state/messages.ts';
import { plural, t } from '../../../texts/translate.ts';
import type { CopyAct, CopyView } from './copy-situation.ts';
import { chooseAndLink } from './link-dialog.tsx';

/** The acts that change something. */
export type CopyChange = Exclude<CopyAct, CopyView>;

/** Carries out what changes something, after asking; tells whether it did. */
export const changes: Readonly<Record<CopyChange, (path: string) => Promise<boolean>>> = {
  repair,
  link: chooseAndLink,
  unlink,
};

async function repair(path: string): Promise<boolean> {
  const { duplicates } = await client.cloudCopies.repair({ path, dryRun: true });
  const extra = duplicates.reduce((sum, one) => sum + one.extra.length, 0);
  if (extra === 0) {
    showMessage({ title: t('Nothing is in the cloud more than once.') });
    return false;
  }
  const agreed = await confirm({
    title: t('Take the doubles away?'),
    text: plural(
      extra,
      '{{count}} record in the cloud repeats a document. It is deleted there and can be had back for seven days; the record that every program of NDI keeps stays.',
      '{{count}} records in the cloud repeat documents. They are deleted there and can be had back for seven days; the records that every program of NDI keeps stay.',
    ),
    agree: t('Take them away'),
    grave: true,
  });
  if (!agreed) return false;
  const { deletedThere, failed } = await client.cloudCopies.repair({ path, yes: true });
  const done = plural(
    deletedThere,
    '{{count}} double was deleted in the cloud.',
    '{{count}} doubles were deleted in the cloud.',
  );
  const [first] = failed;
  showMessage(
    first === undefined
      ? { tone: 'success', title: done }
      : { tone: 'problem', title: done, text: t('Others could not be: {{reason}}', { reason: first.reason }) },
  );
  return true;
}

async function unlink(path: string): Promise<boolean> {
  const agreed = await confirm({
    title: t('Take the link away?'),
    text: t(
      'The copy here and its dataset in the cloud stay as they are; they are only not kept in step any more. It can be linked again.',
    ),
    agree: t('Take the link away'),
  });
  if (!agreed) return false;
  await client.cloudCopies.unlink({ path });
  return true;
}
