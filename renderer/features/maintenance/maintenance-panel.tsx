import { Button } from '@mantine/core';
import { IconArchive, IconArrowsMinimize, IconRefresh, IconTool } from '@tabler/icons-react';
import { useState } from 'react';
import { choosePath } from '../../components/path-dialog/choose-path.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { client } from '../../state/client.ts';
import { useCommand } from '../../state/commands.ts';
import { reloadItem } from '../../state/items.ts';
import { showError, showMessage } from '../../state/messages.ts';
import { openPanel, type PanelParams, usePanelTitle } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { formatBytes, plural, t } from '../../texts/translate.ts';
import { BackupList } from './backup-list.tsx';
import { DeleteSection } from './delete-section.tsx';
import { DocumentRules } from './document-rules.tsx';
import { FoundProblems } from './found-problems.tsx';
import classes from './maintenance.module.css';
import { RoomOnDisk } from './room-on-disk.tsx';

/** How sound a session or dataset is: what a check finds, its repair, backups, and the room that it takes. */
export function MaintenancePanel({ params }: { readonly params: PanelParams['maintenance'] }) {
  const { path } = params;
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  usePanelTitle(t('{{name}}: check', { name: basename(path) }));
  const report = useAnswer(JSON.stringify(['check', path, round]), (signal) =>
    client.maintenance.check({ path }, { signal }),
  );
  const sizes = useAnswer(
    JSON.stringify(['sizes', path, round]),
    (signal) => client.maintenance.sizes({ path }, { signal }),
    { keepLast: true },
  );
  const backups = useAnswer(
    JSON.stringify(['backups', path, round]),
    (signal) => client.maintenance.backups({ path }, { signal }),
    { keepLast: true },
  );
  const again = () => setRound((before) => before + 1);
  useCommand('item.reload', () => {
    reloadItem(path);
    again();
  });
  /** Runs one piece of work at a time, then looks again at everything. */
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (thrown) {
      showError(thrown);
    } finally {
      setBusy(false);
      reloadItem(path);
      again();
    }
  };
  const open = (documentId: string) => openPanel('documents', { path, documentId }, { place: 'right' });
  const restore = (backup: string) => void run(() => restoreFrom(path, backup));
  const fixable = report.status === 'ready' ? report.value.problems.filter((one) => one.fix !== null).length : 0;
  return (
    <div className={classes.panel}>
      <Toolbar label={t('Check and repair')}>
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} disabled={busy} onClick={again}>
          {t('Check again')}
        </Button>
        <Button
          leftSection={<IconTool size={16} aria-hidden />}
          disabled={busy || fixable === 0}
          onClick={() => void run(() => repair(path, restore))}
        >
          {fixable === 0
            ? t('Nothing to repair')
            : plural(fixable, 'Back up and repair {{count}} problem', 'Back up and repair {{count}} problems')}
        </Button>
        <ToolbarSpace />
        <Button
          variant="default"
          leftSection={<IconArchive size={16} aria-hidden />}
          disabled={busy}
          onClick={() => void run(() => backUp(path))}
        >
          {t('Back up to…')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconArrowsMinimize size={16} aria-hidden />}
          disabled={busy}
          onClick={() => void run(() => compact(path))}
        >
          {t('Compact')}
        </Button>
      </Toolbar>
      <div className={classes.body} tabIndex={0} role="region" aria-label={t('What the check found')}>
        {report.status === 'loading' && <LoadingState what={t('Checking database, documents and files…')} lines={6} />}
        {report.status === 'failed' && <ErrorState error={report.error} onRetry={report.reload} />}
        {report.status === 'ready' && <FoundProblems report={report.value} onOpen={open} />}
        <DocumentRules path={path} onOpen={open} />
        {sizes.status === 'ready' && <RoomOnDisk sizes={sizes.value} />}
        {backups.status === 'ready' && (
          <BackupList
            backups={backups.value}
            busy={busy}
            onRestore={restore}
            onChoose={() => void chooseBackup().then((from) => from !== null && restore(from))}
          />
        )}
        <DeleteSection path={path} />
      </div>
    </div>
  );
}

async function repair(path: string, undo: (backup: string) => void): Promise<void> {
  const { repaired, backup } = await client.maintenance.repair({ path });
  const made = backup?.path;
  showMessage({
    tone: 'success',
    title: plural(repaired.length, '{{count}} problem was repaired', '{{count}} problems were repaired'),
    text: t('A backup holds the state before.'),
    actions: made === undefined ? [] : [{ label: t('Undo'), run: () => undo(made) }],
  });
}

async function restoreFrom(path: string, backup: string): Promise<void> {
  const { previous } = await client.maintenance.restore({ path, backup });
  showMessage({
    tone: 'success',
    title: t('The backup was restored.'),
    text: previous === null ? '' : t('What was there before is kept as a backup too.'),
  });
}

async function backUp(path: string): Promise<void> {
  const folder = await choosePath({
    kind: 'folder',
    title: t('Where to put the backup of {{name}}', { name: basename(path) }),
    confirm: t('Back up here'),
  });
  if (folder === null) return;
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const backup = await client.maintenance.backUp({ path, target: `${folder}/${basename(path)}-${stamp}` });
  showMessage({
    tone: 'success',
    title: t('The backup was made and read back.'),
    text: `${backup.path} (${formatBytes(backup.databaseBytes + backup.fileBytes)})`,
  });
}

async function compact(path: string): Promise<void> {
  const { beforeBytes, afterBytes } = await client.maintenance.compact({ path });
  showMessage({
    tone: 'success',
    title: t('The database was compacted.'),
    text: t('{{before}} became {{after}}.', { before: formatBytes(beforeBytes), after: formatBytes(afterBytes) }),
  });
}

function chooseBackup(): Promise<string | null> {
  return choosePath({ kind: 'folder', title: t('Choose the folder of a backup'), confirm: t('Restore it') });
}
