import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { startTransfer } from '../../state/transfers.ts';
import { t } from '../../texts/translate.ts';
import { confirm } from '../confirm.tsx';

/** The way on from an upload that was refused because not everything lies in the database; undefined for other errors. */
export function takeInButton(code: string, path: string): ReactNode {
  if (code !== 'session.notIngested') return undefined;
  return (
    <Button size="compact-sm" onClick={() => void takeInAndSend(path)}>
      {t('Take them in and send…')}
    </Button>
  );
}

/** What taking in does, sentence by sentence. */
export function takeInTexts(hasLinked: boolean): string[] {
  const linked = t(
    'Linked sessions are then copied into the dataset; to take that back, delete them there and link them again.',
  );
  return [
    t('The recordings are copied into the databases of their sessions; each history of changes can undo that.'),
    ...(hasLinked ? [linked] : []),
    t('Raw files and the folders of the sessions stay where they are, so this takes space beside them.'),
    t('Then what is new is sent to NDI Cloud. If that fails, what was taken in stays.'),
  ];
}

async function takeInAndSend(path: string): Promise<void> {
  const agreed = await confirm({
    title: t('Take the recordings in and send?'),
    text: takeInTexts(true).join(' '),
    agree: t('Take them in and send'),
  });
  if (agreed) await startTransfer({ kind: 'upload', path, takeIn: true });
}
