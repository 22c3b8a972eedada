import { Button } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ScanResult } from '../../../shared/contract/imports.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { choosePath } from '../../components/path-dialog/choose-path.ts';
import { openPath, useItem } from '../../state/items.ts';
import { closePanel, openPanel, usePanel, usePanelTitle, type PanelParams } from '../../state/panels.ts';
import { basename, isWithin } from '../../state/paths.ts';
import { t } from '../../texts/translate.ts';
import { NothingFound } from './nothing-found.tsx';
import { ImportPreview, type KeptImport } from './preview/import-preview.tsx';
import { ScanProgress } from './scan-progress.tsx';
import { useScan } from './use-scan.ts';

/** From a folder of recordings to a session: look, show what was found, and only then write. */
export function ImportPanel({ params }: { readonly params: PanelParams['import'] }) {
  const { folder, into } = params;
  const item = useItem(folder);
  usePanelTitle(
    into === undefined
      ? t('Import {{folder}}', { folder: basename(folder) })
      : t('Add {{folder}} to {{name}}', { folder: basename(folder), name: into.name }),
  );
  const kind = item.info?.kind;
  if (into?.kind !== 'session' && (kind === 'session' || kind === 'dataset'))
    return <AlreadyThere folder={folder} kind={kind} />;
  return <Import key={JSON.stringify(params)} {...params} />;
}

const NO_TABLES: readonly string[] = [];

function Import({ folder, into, only, tables = NO_TABLES }: PanelParams['import']) {
  const session = into?.kind === 'session' ? into.path : undefined;
  // Those that are copied to a session come alone; of a folder that is a session's own, NDI finds the others too.
  const alone = session !== undefined && !isWithin(folder, session);
  const { state, again } = useScan(folder, session, alone ? only : undefined);
  const found = state.status === 'ready' ? state.scan : null;
  const scan = useMemo(() => (found === null ? null : withTables(found, tables)), [found, tables]);
  // The preview goes while the folder is looked through again; what was said last stays here.
  const said = useRef<KeptImport | null>(null);
  const onSaid = useCallback((now: KeptImport) => {
    said.current = now;
  }, []);
  const [kept, setKept] = useState<KeptImport | null>(null);
  const scanAgain = () => {
    setKept(said.current);
    again();
  };
  const panel = usePanel();
  const chooseAnother = () => {
    void chooseFolder(folder).then((next) => {
      if (next === null) return;
      if (panel !== null) closePanel(panel.id);
      openPanel('import', { folder: next, ...(into === undefined ? {} : { into }) });
    });
  };
  switch (state.status) {
    case 'scanning':
      return <ScanProgress folder={folder} job={state.job} onCancel={state.cancel} />;
    case 'failed':
      if (state.error.code === 'app.cancelled') return <Cancelled onAgain={again} onChoose={chooseAnother} />;
      return <ErrorState error={state.error} onRetry={again} onChoose={chooseAnother} />;
    case 'ready':
      return scan === null || isEmpty(state.scan) ? (
        <NothingFound scan={state.scan} into={into} onChoose={chooseAnother} onAgain={scanAgain} />
      ) : (
        <ImportPreview
          scan={scan}
          kept={kept}
          into={into}
          only={only}
          beginsWithTables={tables.length > 0}
          onSaid={onSaid}
          onAgain={scanAgain}
          onChoose={chooseAnother}
        />
      );
  }
}

/** What was found, and the tables that came from elsewhere with it. */
function withTables(scan: ScanResult, came: readonly string[]): ScanResult {
  const first = came.map((path) => scan.tables.find((one) => one.path === path) ?? { key: basename(path), path });
  return { ...scan, tables: [...first, ...scan.tables.filter(({ path }) => !came.includes(path))] };
}

function isEmpty(scan: ScanResult): boolean {
  return scan.epochs.length === 0;
}

function chooseFolder(startIn: string): Promise<string | null> {
  return choosePath({
    kind: 'folder',
    title: t('Choose a folder of recordings'),
    confirm: t('Look for recordings'),
    startIn,
  });
}

function AlreadyThere({ folder, kind }: { readonly folder: string; readonly kind: 'session' | 'dataset' }) {
  const name = basename(folder);
  return (
    <EmptyState
      title={
        kind === 'session'
          ? t('{{name}} is an NDI session already.', { name })
          : t('{{name}} is an NDI dataset already.', { name })
      }
      action={<Button onClick={() => void openPath(folder)}>{t('Open it')}</Button>}
    />
  );
}

function Cancelled({ onAgain, onChoose }: { readonly onAgain: () => void; readonly onChoose: () => void }) {
  return (
    <EmptyState
      title={t('The scan was cancelled. Nothing was written.')}
      action={<Button onClick={onAgain}>{t('Scan again')}</Button>}
      link={
        <Button variant="subtle" onClick={onChoose}>
          {t('Choose another folder')}
        </Button>
      }
    />
  );
}
