import { useEffect } from 'react';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import { choosePath } from '../../../components/path-dialog/choose-path.ts';
import { useCommand } from '../../../state/commands.ts';
import type { Place } from '../../../state/place.ts';
import { forgetTables, useTableRequest } from '../../../state/table-requests.ts';
import { t } from '../../../texts/translate.ts';
import { openTables } from './import-tables.tsx';

/**
 * The command that takes a table of trials as the stimuli of an epoch: a file, which columns tell what, a look, and it
 * is kept. Tables that were dropped on the session take the same road.
 */
export function useImportTable(place: Place, info: SessionInfo): void {
  const asked = useTableRequest((state) => state.asked);
  useEffect(() => {
    if (info.epochs.length === 0 || asked === null || asked.path !== place.path || place.sessionId !== undefined)
      return;
    forgetTables();
    openTables({ place, info, files: asked.files });
  }, [asked, place, info]);
  const ask = async () => {
    const file = await choosePath({
      kind: 'file',
      title: t('Choose a table of trials (CSV, TSV, Excel or MAT)'),
      confirm: t('Choose'),
      startIn: place.path,
    });
    if (file !== null) openTables({ place, info, files: [file] });
  };
  const reason = t('The session has no recordings');
  useCommand('stimuli.importTable', () => void ask(), { enabled: info.epochs.length > 0, reason });
}
