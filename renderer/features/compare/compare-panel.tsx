import { ActionIcon, Button, Checkbox, Tooltip } from '@mantine/core';
import { IconArrowsExchange, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { choosePath } from '../../components/path-dialog/choose-path.ts';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { client } from '../../state/client.ts';
import { useCommand } from '../../state/commands.ts';
import { useRevision } from '../../state/edits.ts';
import { openPanel, type PanelParams, usePanelTitle } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import classes from './compare.module.css';
import { Differences } from './differences.tsx';

/** How a session or dataset differs from another: document by document, field by field, file by file. */
export function ComparePanel({ params }: { readonly params: PanelParams['compare'] }) {
  const { path } = params;
  const [other, setOther] = useState<string | null>(params.other ?? null);
  const [files, setFiles] = useState(true);
  const [round, setRound] = useState(0);
  usePanelTitle(t('{{name}}: comparison', { name: basename(path) }));
  useCommand('item.reload', () => setRound((before) => before + 1));
  const choose = async () => {
    const chosen = await choosePath({
      kind: 'folder',
      title: t('Choose the session or dataset to compare {{name}} with', { name: basename(path) }),
      confirm: t('Compare'),
    });
    if (chosen !== null) setOther(chosen);
  };
  return (
    <div className={classes.panel}>
      <Toolbar label={t('Comparison')}>
        <span className={classes.side}>
          <b>A</b> <span translate="no">{path}</span>
        </span>
        <span className={classes.side}>
          <b>B</b> <span translate="no">{other ?? t('nothing chosen yet')}</span>
        </span>
        <ToolbarSpace />
        <Checkbox
          label={t('Compare the bytes of files')}
          checked={files}
          onChange={(event) => setFiles(event.currentTarget.checked)}
        />
        <Button
          variant="default"
          leftSection={<IconArrowsExchange size={16} aria-hidden />}
          onClick={() => void choose()}
        >
          {t('Compare with…')}
        </Button>
        <Tooltip label={t('Compare again')}>
          <ActionIcon
            aria-label={t('Compare again')}
            disabled={other === null}
            onClick={() => setRound((before) => before + 1)}
          >
            <IconRefresh size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Toolbar>
      {other === null ? (
        <EmptyState
          title={t(
            'Choose what to compare it with: a copy, a backup that was restored, or what another program wrote.',
          )}
          action={<Button onClick={() => void choose()}>{t('Choose a session or dataset…')}</Button>}
        />
      ) : (
        <Compared
          key={`${other} ${String(files)} ${round}`}
          path={path}
          other={other}
          files={files}
          onChoose={() => void choose()}
          onCancel={() => setOther(null)}
        />
      )}
    </div>
  );
}

interface ComparedProps {
  readonly path: string;
  readonly other: string;
  readonly files: boolean;
  readonly onChoose: () => void;
  readonly onCancel: () => void;
}

function Compared({ path, other, files, onChoose, onCancel }: ComparedProps) {
  const revisions = [useRevision(path), useRevision(other)];
  const answer = useAnswer(
    JSON.stringify(['compare', path, other, files, revisions]),
    (signal) => client.comparisons.items({ a: { path }, b: { path: other }, files }, { signal }),
    { keepLast: true },
  );
  const summaries = useAnswer(
    JSON.stringify(['summaries', path, other, revisions]),
    (signal) => client.comparisons.summaries({ path, other }, { signal }),
    { keepLast: true },
  );
  if (answer.status === 'loading') {
    return <LoadingState what={t('Comparing documents and files…')} lines={8} onCancel={onCancel} />;
  }
  if (answer.status === 'failed')
    return <ErrorState error={answer.error} onRetry={answer.reload} onChoose={onChoose} />;
  return (
    <Differences
      comparison={answer.value}
      a={path}
      b={other}
      summary={summaries.value?.differences ?? []}
      onOpen={(side, documentId) =>
        openPanel('documents', { path: side === 'a' ? path : other, documentId }, { place: 'right' })
      }
    />
  );
}
