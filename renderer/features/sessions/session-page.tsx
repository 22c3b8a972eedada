import { Button } from '@mantine/core';
import { IconFileDescription, IconId, IconPhoto, IconWaveSine } from '@tabler/icons-react';
import { CommandButton } from '../../components/command-button.tsx';
import type { Epoch, Probe, SessionInfo } from '../../../shared/contract/sessions.ts';
import { RowsTable } from '../../components/table/rows-table.tsx';
import { Timeline } from '../../components/timeline/timeline.tsx';
import { findAndOpenSignals } from '../../state/element-signals.ts';
import type { Place } from '../../state/place.ts';
import { openEpoch as showEpoch } from '../../state/open-epoch.ts';
import { openPanel } from '../../state/panels.ts';
import { useStimuli } from '../../state/stimuli.ts';
import { t } from '../../texts/translate.ts';
import { Health, PageHead, PageSection, Statistics } from './page-head.tsx';
import { ClockHealth } from './clock-health.tsx';
import { epochColumns } from './epoch-columns.tsx';
import { ElementActions } from './elements/element-actions.tsx';
import { openProbeMenu } from './elements/element-menus.ts';
import { ElementsSection } from './elements/elements-section.tsx';
import { IngestionHealth } from './ingestion-health.tsx';
import { AddMenu, InspectMenu, ShareMenu } from './page-menus.tsx';
import { StoredFilesHealth } from './stored-files-health.tsx';
import { daqSystemColumns, probeColumns, subjectColumns } from './part-columns.tsx';
import { useAddPicture } from './pictures/use-add-picture.tsx';
import classes from './sessions.module.css';
import { StimuliSection } from './stimuli/stimuli-section.tsx';
import { useImportTable } from './stimuli/use-import-table.tsx';
import { SubjectActions } from './subjects/subject-actions.tsx';
import { useFindFile } from './use-find-file.tsx';
import { useIngest } from './use-ingest.tsx';

interface SessionPageProps {
  readonly info: SessionInfo;
  /** Set where the session is one of a dataset's. */
  readonly sessionId: string | undefined;
  /** It is being read again. */
  readonly reading: boolean;
  readonly onReload: () => void;
}

/** Types of probes that show stimuli (`ndi.probe.timeseries.stimulator`). */
const stimulatorTypes = ['stimulator', 'intraoral-cannula', 'optogenetic-fiber'];
const isStimulatorType = (type: string) => stimulatorTypes.includes(type);

/** The page of a session. */
export function SessionPage({ info, sessionId, reading, onReload }: SessionPageProps) {
  const { path, epochs } = info;
  const firstEpoch = epochs[0];
  const session = sessionId === undefined ? { path } : { path, sessionId };
  const hasStimulators = info.probes.some(({ type }) => isStimulatorType(type));
  const stimuli = useStimuli(session, null, hasStimulators);
  const isMember = sessionId !== undefined;
  // What to do first: look at what was recorded, else read what is kept; in a session that is new, bring something in.
  const main = firstEpoch !== undefined ? 'signals' : isMember || info.documents.total > 1 ? 'documents' : 'add';
  useImportTable(session, info);
  useAddPicture(session, info.subjects);
  useIngest(session, epochs.length, onReload);
  useFindFile(session);
  const openEpoch = (epoch: Epoch) => {
    showEpoch({ ...session, device: epoch.device, epoch: epoch.epochId }, epoch);
  };
  const browse = (documentId?: string) => {
    openPanel('documents', {
      ...session,
      ...(documentId === undefined ? {} : { documentId }),
    });
  };
  return (
    <div
      className={classes.page}
      tabIndex={0}
      role="region"
      aria-label={t('Session {{name}}', { name: info.reference })}
    >
      <PageHead
        kind={t('Session')}
        reference={info.reference}
        id={info.id}
        path={path}
        isWhole={!isMember}
        reading={reading}
        onReload={onReload}
      >
        {main === 'add' && <AddMenu to="session" isMain />}
        {firstEpoch !== undefined && (
          <Button
            leftSection={
              firstEpoch.images === true ? <IconPhoto size={16} aria-hidden /> : <IconWaveSine size={16} aria-hidden />
            }
            onClick={() => openEpoch(firstEpoch)}
          >
            {firstEpoch.images === true
              ? t('Show the frames of the first epoch')
              : t('Show the signals of the first epoch')}
          </Button>
        )}
        <Button
          variant={main === 'documents' ? 'filled' : 'default'}
          leftSection={<IconFileDescription size={16} aria-hidden />}
          onClick={() => browse()}
        >
          {t('Browse the documents')}
        </Button>
        <CommandButton
          command="metadata.describe"
          icon={<IconId size={16} aria-hidden />}
          label={t('Describe')}
          variant="default"
        />
        {main !== 'add' && <AddMenu to="session" />}
        <InspectMenu of={isMember ? 'member' : 'session'} />
        {!isMember && <ShareMenu />}
      </PageHead>
      <Statistics
        figures={[
          { label: t('Documents'), count: info.documents.total },
          { label: t('DAQ systems'), count: info.daqSystems.length },
          { label: t('Epochs'), count: epochs.length },
          { label: t('Probes'), count: info.probes.length },
          { label: t('Subjects'), count: info.subjects.length },
        ]}
      />
      <Health problems={[...info.problems, ...epochs.flatMap((epoch) => epoch.problems)]}>
        <StoredFilesHealth place={session} />
        {epochs.length > 0 && <IngestionHealth session={session} />}
        {epochs.length > 0 && <ClockHealth session={session} epochs={epochs.length} />}
      </Health>
      {epochs.length > 0 && (
        <PageSection title={t('Timeline')}>
          <Timeline session={session} epochs={epochs} stimuli={stimuli.value?.epochs ?? []} docked={false} />
        </PageSection>
      )}
      {hasStimulators && <StimuliSection place={session} info={info} />}
      <SessionTables place={session} info={info} onOpenEpoch={openEpoch} onOpenDocument={browse} />
    </div>
  );
}

/** Whether there are more documents of elements than of probes. */
function hasDerivedElements({ documents, probes }: SessionInfo): boolean {
  return (documents.byClass['element'] ?? 0) > probes.filter(({ id }) => id !== null).length;
}

interface SessionTablesProps {
  readonly place: Place;
  readonly info: SessionInfo;
  readonly onOpenEpoch: (epoch: Epoch) => void;
  readonly onOpenDocument: (id: string) => void;
}

function SessionTables({ place, info, onOpenEpoch, onOpenDocument }: SessionTablesProps) {
  const openSignals = (probe: Probe) => void findAndOpenSignals(place, probe);
  return (
    <>
      <PageSection title={t('Epochs')}>
        {info.epochs.length === 0 ? (
          <p className={classes.none}>{t('This session has no recordings: no DAQ system finds an epoch.')}</p>
        ) : (
          <RowsTable label={t('Epochs')} columns={epochColumns(onOpenEpoch)} rows={info.epochs} onOpen={onOpenEpoch} />
        )}
      </PageSection>
      <PageSection title={t('Probes')}>
        {(info.probes.length > 0 || hasDerivedElements(info)) && <ElementActions place={place} />}
        {info.probes.length === 0 ? (
          <p className={classes.none}>{t('No probe is named in the epoch probe maps.')}</p>
        ) : (
          <RowsTable
            label={t('Probes')}
            columns={probeColumns(onOpenDocument, openSignals)}
            rows={info.probes}
            onOpen={(probe) => {
              if (probe.id !== null) onOpenDocument(probe.id);
              else openSignals(probe);
            }}
            onMenu={(probe, at) => openProbeMenu(place, info.probes, probe, at, { onOpenDocument, openSignals })}
          />
        )}
      </PageSection>
      {hasDerivedElements(info) && <ElementsSection place={place} onOpenDocument={onOpenDocument} />}
      <PageSection title={t('Subjects')}>
        {info.subjects.length === 0 ? (
          <p className={classes.none}>{t('No subject is described yet.')}</p>
        ) : (
          <>
            <SubjectActions place={place} subjects={info.subjects} />
            <RowsTable
              label={t('Subjects')}
              columns={subjectColumns(onOpenDocument)}
              rows={info.subjects}
              onOpen={({ id }) => onOpenDocument(id)}
            />
          </>
        )}
      </PageSection>
      <PageSection title={t('DAQ systems')}>
        {info.daqSystems.length === 0 ? (
          <p className={classes.none}>{t('No DAQ system is described yet.')}</p>
        ) : (
          <RowsTable
            label={t('DAQ systems')}
            columns={daqSystemColumns(onOpenDocument)}
            rows={info.daqSystems}
            onOpen={({ id }) => onOpenDocument(id)}
          />
        )}
      </PageSection>
    </>
  );
}
