import { Button } from '@mantine/core';
import { EmptyState } from '../../components/empty-state.tsx';
import { runCommand } from '../../state/commands.ts';
import { raisePanel } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';

/** Stands where a panel was that is in a window of its own. */
export function AwayNote({ id, title }: { readonly id: string; readonly title: string }) {
  return (
    <EmptyState
      title={t('“{{panel}}” is in a window of its own.', { panel: title })}
      action={<Button onClick={() => runCommand('panel.moveBack')}>{t('Move it back here')}</Button>}
      link={
        <Button variant="default" onClick={() => raisePanel(id)}>
          {t('Show its window')}
        </Button>
      }
    />
  );
}
