import { CommandButton } from '../../components/command-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { t } from '../../texts/translate.ts';

/** The dock without a panel. */
export function NoPanels() {
  return (
    <EmptyState
      title={t('No panel is open.')}
      action={<CommandButton command="view.start" label={t('Show the start page')} variant="filled" />}
      link={<CommandButton command="palette.open" label={t('Find a command…')} variant="default" />}
    />
  );
}
