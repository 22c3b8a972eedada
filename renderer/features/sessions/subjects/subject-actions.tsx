import { Button } from '@mantine/core';
import { IconDna2, IconTableImport } from '@tabler/icons-react';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import { modals } from '../../../components/modals.ts';
import { choosePath } from '../../../components/path-dialog/choose-path.ts';
import type { Place } from '../../../state/place.ts';
import { t } from '../../../texts/translate.ts';
import { DescribeSubject } from './describe-subject.tsx';
import { ImportTreatments } from './import-treatments.tsx';
import classes from './subjects.module.css';

interface SubjectActionsProps {
  readonly place: Place;
  readonly subjects: SessionInfo['subjects'];
}

/** What subjects are, and what was done to them. */
export function SubjectActions({ place, subjects }: SubjectActionsProps) {
  const describe = () => {
    const modal = modals.open({
      title: t('Species, strain and sex'),
      closeButtonProps: { 'aria-label': t('Close') },
      children: <DescribeSubject place={place} subjects={subjects} onClose={() => modals.close(modal)} />,
    });
  };
  const importTreatments = async () => {
    const file = await choosePath({
      kind: 'file',
      title: t('Choose a table of treatments (CSV or TSV)'),
      confirm: t('Choose'),
      startIn: place.path,
    });
    if (file === null) return;
    const modal = modals.open({
      title: t('Take treatments in'),
      size: 'xl',
      closeButtonProps: { 'aria-label': t('Close') },
      children: <ImportTreatments place={place} subjects={subjects} file={file} onClose={() => modals.close(modal)} />,
    });
  };
  return (
    <div className={classes.actions}>
      <Button variant="default" size="compact-sm" leftSection={<IconDna2 size={14} aria-hidden />} onClick={describe}>
        {t('Species, strain, sex…')}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconTableImport size={14} aria-hidden />}
        onClick={() => void importTreatments()}
      >
        {t('Import treatments…')}
      </Button>
    </div>
  );
}
