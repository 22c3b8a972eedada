import { LoadingState } from '../../components/loading-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Button } from '@mantine/core';
import { runCommand } from '../../state/commands.ts';
import { openPath, useItem } from '../../state/items.ts';
import { usePanelTitle, type PanelParams } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { t } from '../../texts/translate.ts';
import { DatasetPage } from './dataset-page.tsx';
import { SessionPage } from './session-page.tsx';

/** The page of a session or a dataset: what it is, how it fares, what it holds. */
export function SessionPanel({ params }: { readonly params: PanelParams['session'] }) {
  const { path, sessionId } = params;
  const item = useItem(path, sessionId);
  usePanelTitle(item.info !== undefined && 'reference' in item.info ? item.info.reference : basename(path));
  if (item.status === 'loading') return <LoadingState what={t('Reading {{path}}…', { path })} lines={10} />;
  if (item.status === 'failed') {
    return <ErrorState error={item.error} onRetry={item.reload} onChoose={() => void runCommand('open.folder')} />;
  }
  switch (item.info.kind) {
    case 'session':
      return (
        <SessionPage info={item.info} sessionId={sessionId} reading={item.reading === true} onReload={item.reload} />
      );
    case 'dataset':
      return <DatasetPage info={item.info} reading={item.reading === true} onReload={item.reload} />;
    case 'recording':
    case 'folder':
      return (
        <EmptyState
          title={t('{{name}} is no session any more.', { name: basename(path) })}
          action={<Button onClick={() => void openPath(path)}>{t('Open it as what it is')}</Button>}
        />
      );
  }
}
