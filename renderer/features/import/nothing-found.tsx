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
  // That nothing was found is what the title says.
  const problems = scan.problems.filter(({ code }) => code !== 'import.nothingFound');
  return (
    <div className={classes.nothing}>
      <EmptyState
        title={titleOf(scan, into)}
        action={<Button onClick={onChoose}>{t('Choose another folder')}</Button>}
        link={
          <Button variant="subtle" onClick={onAgain}>
            {t('Scan again')}
          </Button>
        }
      />
      <div className={classes.nothingDetails}>
        {scan.known === 0 && (
          <p className={shared.quiet}>{t('What is recognised, by content: {{formats}}.', { formats })}</p>
        )}
        {problems.length > 0 && <ProblemList problems={problems} />}
        <ScanAgain value={onAgain}>
          <SkippedList skipped={scan.skipped} isOpen />
        </ScanAgain>
        {into?.kind !== 'session' && <LabForm folder={scan.folder} into={into} />}
      </div>
    </div>
  );
}

function titleOf({ folder, known, filesSeen }: ScanResult, into: PanelParams['import']['into']): string {
  if (known > 0 && into !== undefined) {
    return plural(
      known,
      'The session {{name}} has the recording of {{folder}} already.',
      'The session {{name}} has all {{count}} recordings of {{folder}} already.',
      { name: into.name, folder: basename(folder) },
    );
  }
  return t('No recording was recognised in {{folder}} ({{files}}).', {
    folder: basename(folder),
    files: plural(filesSeen, '{{count}} file', '{{count}} files'),
  });
}
