import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { modals } from '../../../components/modals.ts';
import { client } from '../../../state/client.ts';
import { basename } from '../../../state/paths.ts';
import type { Place } from '../../../state/place.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import { ImportTableForm } from './import-table-form.tsx';

interface Tables {
  readonly place: Place;
  readonly info: SessionInfo;
  readonly files: readonly string[];
}

/** Asks what the columns of tables tell, one table after the other. */
export function openTables(tables: Tables): void {
  const modal = modals.open({
    title: t('Import trials as stimuli'),
    size: 'xl',
    closeButtonProps: { 'aria-label': t('Close') },
    children: <ImportTables {...tables} onClose={() => modals.close(modal)} />,
  });
}

function ImportTables({ place, info, files, onClose }: Tables & { readonly onClose: () => void }) {
  const [at, setAt] = useState(0);
  const file = files[at] ?? '';
  const answer = useAnswer(file, (signal) => client.stimuli.readTable({ file }, { signal }));
  const isLast = at + 1 >= files.length;
  const next = () => (isLast ? onClose() : setAt(at + 1));
  const leave = isLast ? t('Cancel') : t('Skip this table');
  return (
    <>
      <p>
        <strong translate="no">{basename(file)}</strong>
        {files.length > 1 && ` ${t('({{n}} of {{all}})', { n: at + 1, all: files.length })}`}
      </p>
      {answer.status === 'loading' && <LoadingState lines={8} />}
      {answer.status === 'failed' && (
        <>
          <ErrorState error={answer.error} onRetry={answer.reload} inline />
          <Button variant="default" onClick={next}>
            {leave}
          </Button>
        </>
      )}
      {answer.status === 'ready' && (
        <ImportTableForm key={file} {...{ place, info, leave }} table={answer.value} onClose={next} />
      )}
    </>
  );
}
