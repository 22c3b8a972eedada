import { Button } from '@mantine/core';
import type { ScanResult } from '../../../shared/contract/imports.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemList } from '../../components/problems/problem-list.tsx';
import { useFormats } from '../../state/formats.ts';
import type { PanelParams } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { plural, t } from '../../texts/translate.ts';
import shared from './import.module.css';
import classes from './nothing-found.module.css';
import { ScanAgain } from './matrix/scan-again.ts';
import { LabForm } from './lab-form.tsx';
import { SkippedList } from './preview/skipped-list.tsx';

interface NothingFoundProps {
  readonly scan: ScanResult;
  readonly into: PanelParams['import']['into'];
  readonly onChoose: () => void;
  readonly onAgain: () => void;
}

/** A folder without a recording that can be read: says what was looked at, what could be read, and what to do. */
export function NothingFound({ scan, into, onChoose, onAgain }: NothingFoundProps) {
  const formats = useFormats();
  return (
    <div className={classes.nothing}>
      <EmptyState
        title={t('No recording was recognised in {{folder}} ({{files}}).', {
          folder: basename(scan.folder),
          files: plural(scan.filesSeen, '{{count}} file', '{{count}} files'),
        })}
        action={<Button onClick={onChoose}>{t('Choose another folder')}</Button>}
        link={
          <Button variant="subtle" onClick={onAgain}>
            {t('Scan again')}
          </Button>
        }
      />
      <div className={classes.nothingDetails}>
        <p className={shared.quiet}>{t('What is recognised, by content: {{formats}}.', { formats })}</p>
        {scan.problems.length > 0 && <ProblemList problems={scan.problems} />}
        <ScanAgain value={onAgain}>
          <SkippedList skipped={scan.skipped} />
        </ScanAgain>
        {into?.kind !== 'session' && <LabForm folder={scan.folder} into={into} />}
      </div>
    </div>
  );
}
