import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CallOutputs } from '../../../shared/contract/contract.ts';
import { ElidedText } from '../../components/elided-text.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { modals } from '../../components/modals.ts';
import type { DataTableColumn } from '../../components/table/columns.ts';
import { RowsTable } from '../../components/table/rows-table.tsx';
import { client } from '../../state/client.ts';
import { useCommand } from '../../state/commands.ts';
import { openPanel } from '../../state/panels.ts';
import type { Place } from '../../state/place.ts';
import { rest } from '../../state/rest.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { formatBytes, plural, t } from '../../texts/translate.ts';
import classes from './sessions.module.css';

type Match = CallOutputs['objects']['findFiles']['matches'][number];

/** Somebody who types goes on within this time. */
const AFTER_MS = 200;

/** The command that finds whose a file is, and where the files of an epoch lie. */
export function useFindFile(place: Place): void {
  const ask = () => {
    const modal = modals.open({
      title: t('Find a file'),
      size: 'xl',
      closeButtonProps: { 'aria-label': t('Close') },
      children: <FindFile place={place} onClose={() => modals.close(modal)} />,
    });
  };
  useCommand('item.findFile', ask);
}

function FindFile({ place, onClose }: { readonly place: Place; readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const wanted = text.trim();
  const answer = useAnswer(
    JSON.stringify([place, wanted]),
    async (signal) => {
      if (wanted === '') return null;
      // Every answer looks through all documents: not for each letter.
      await rest(AFTER_MS, signal);
      return client.objects.findFiles({ ...place, text: wanted }, { signal });
    },
    { keepLast: true },
  );
  const open = (match: Match) => {
    onClose();
    if (match.kind === 'document') openPanel('documents', { ...place, documentId: match.document.id });
    else openPanel('traces', { source: { ...place, device: match.device, epoch: match.epochId } });
  };
  const found = answer.status === 'ready' ? answer.value : null;
  return (
    <div className={classes.findFile}>
      <TextInput
        data-autofocus
        label={t('Name, place or id of the file, or id of the epoch')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div aria-live="polite">
        {wanted === '' && <p className={classes.none}>{t('A part is enough, in any case.')}</p>}
        {wanted !== '' && answer.status === 'loading' && <LoadingState lines={3} />}
        {answer.status === 'failed' && <ErrorState inline error={answer.error} onRetry={answer.reload} />}
        {found !== null && (
          <p className={classes.none}>
            {found.matches.length === 0
              ? t('No document and no epoch has such a file.')
              : found.more
                ? t('The first {{count}} files; Enter shows whose they are:', { count: found.matches.length })
                : plural(
                    found.matches.length,
                    '{{count}} file; Enter shows whose it is:',
                    '{{count}} files; Enter shows whose they are:',
                  )}
          </p>
        )}
      </div>
      {found !== null && found.matches.length > 0 && (
        <RowsTable label={t('Files found')} columns={columns()} rows={found.matches} onOpen={open} />
      )}
    </div>
  );
}

function columns(): readonly DataTableColumn<Match>[] {
  const text = (id: string, title: string, grow: number, of: (match: Match) => string): DataTableColumn<Match> => ({
    ...{ id, title, grow, least: 110 },
    cell: (match) => <ElidedText text={of(match)} />,
  });
  return [
    text('file', t('File'), 2, (match) =>
      match.kind === 'document' ? match.name : (match.path.split(/[\\/]/).at(-1) ?? ''),
    ),
    text('owner', t('Belongs to'), 2, (match) =>
      match.kind === 'document'
        ? `${match.document.class} ${match.document.name}`.trim()
        : t('epoch {{id}} of {{device}}', { id: match.epochId, device: match.device }),
    ),
    text('size', t('Size'), 0, (match) =>
      match.kind === 'document' && match.sizeBytes !== null ? formatBytes(match.sizeBytes) : '',
    ),
    text('place', t('Place'), 3, (match) => {
      if (match.kind === 'document') return match.path ?? t('not on this computer');
      return match.isThere ? match.path : t('{{path}} (not there)', { path: match.path });
    }),
  ];
}
