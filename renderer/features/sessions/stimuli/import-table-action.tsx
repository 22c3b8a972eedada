import { Button } from '@mantine/core';
import { IconTableImport } from '@tabler/icons-react';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import { modals } from '../../../components/modals.ts';
import { choosePath } from '../../../components/path-dialog/choose-path.ts';
import { client } from '../../../state/client.ts';
import { useCommand } from '../../../state/commands.ts';
import { showError } from '../../../state/messages.ts';
import type { Place } from '../../../state/place.ts';
import { t } from '../../../texts/translate.ts';
import { ImportTableForm } from './import-table-form.tsx';

interface ImportTableActionProps {
  readonly place: Place;
  readonly info: SessionInfo;
}

/** Takes a table of trials as the stimuli of an epoch: a file, which columns tell what, a look, and it is kept. */
export function ImportTableAction({ place, info }: ImportTableActionProps) {
  const ask = async () => {
    try {
      const file = await choosePath({
        kind: 'file',
        title: t('Choose a table of trials (CSV, TSV, Excel or MAT)'),
        confirm: t('Choose'),
        startIn: place.path,
      });
      if (file === null) return;
      const table = await client.stimuli.readTable({ file });
      const modal = modals.open({
        title: t('Import trials as stimuli'),
        size: 'xl',
        closeButtonProps: { 'aria-label': t('Close') },
        children: <ImportTableForm place={place} info={info} table={table} onClose={() => modals.close(modal)} />,
      });
    } catch (thrown) {
      showError(thrown);
    }
  };
  useCommand('stimuli.importTable', () => void ask());
  return (
    <Button variant="default" leftSection={<IconTableImport size={16} aria-hidden />} onClick={() => void ask()}>
      {t('Import trials…')}
    </Button>
  );
}
