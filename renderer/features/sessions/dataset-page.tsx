import { Button } from '@mantine/core';
import { IconFileDescription, IconId } from '@tabler/icons-react';
import { CommandButton } from '../../components/command-button.tsx';
import type { DatasetInfo } from '../../../shared/contract/sessions.ts';
import { RowsTable } from '../../components/table/rows-table.tsx';
import { openPath } from '../../state/items.ts';
import { openPanel } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';
import { Membership } from './membership.tsx';
import { Health, PageHead, PageSection, Statistics } from './page-head.tsx';
import { AddMenu, InspectMenu, ShareMenu } from './page-menus.tsx';
import { StoredFilesHealth } from './stored-files-health.tsx';
import { sessionColumns, type DatasetSession } from './part-columns.tsx';
import classes from './sessions.module.css';

interface DatasetPageProps {
  readonly info: DatasetInfo;
  /** It is being read again. */
  readonly reading: boolean;
  readonly onReload: () => void;
}

/** The page of a dataset: the sessions in it. */
export function DatasetPage({ info, reading, onReload }: DatasetPageProps) {
  // A linked session lives in a folder of its own; an ingested one in the dataset's database.
  const openSession = (session: DatasetSession) => {
    if (session.linked) void openPath(session.path);
    else openPanel('session', { path: info.path, sessionId: session.id });
  };
  return (
    <div
      className={classes.page}
      tabIndex={0}
      role="region"
      aria-label={t('Dataset {{name}}', { name: info.reference })}
    >
      <PageHead
        kind={t('Dataset')}
        reference={info.reference}
        id={info.id}
        path={info.path}
        isWhole
        reading={reading}
        onReload={onReload}
      >
        <Button
          leftSection={<IconFileDescription size={16} aria-hidden />}
          onClick={() => {
            openPanel('documents', { path: info.path });
          }}
        >
          {t('Browse the documents')}
        </Button>
        <CommandButton
          command="metadata.describe"
          icon={<IconId size={16} aria-hidden />}
          label={t('Describe')}
          variant="default"
        />
        <AddMenu to="dataset" />
        <InspectMenu of="dataset" />
        <ShareMenu />
      </PageHead>
      <Statistics
        figures={[
          { label: t('Sessions'), count: info.sessions.length },
          { label: t('Documents'), count: info.documents.total },
          { label: t('Classes'), count: Object.keys(info.documents.byClass).length },
        ]}
      />
      <Health problems={info.problems}>
        <StoredFilesHealth place={{ path: info.path }} />
      </Health>
      <PageSection title={t('Sessions')}>
        {info.sessions.length === 0 ? (
          <p className={classes.none}>{t('This dataset holds no session yet.')}</p>
        ) : (
          <RowsTable
            label={t('Sessions')}
            columns={sessionColumns(openSession)}
            rows={info.sessions}
            onOpen={openSession}
          />
        )}
      </PageSection>
      <Membership info={info} onReload={onReload} />
    </div>
  );
}
