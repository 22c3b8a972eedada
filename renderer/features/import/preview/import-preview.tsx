import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ScanResult } from '../../../../shared/contract/imports.ts';
import { CopyableText } from '../../../components/elided-text.tsx';
import { gravest } from '../../../components/problems/merge-problems.ts';
import { ProblemList } from '../../../components/problems/problem-list.tsx';
import { Splitter } from '../../../components/splitter.tsx';
import { formatSeconds, plural, t } from '../../../texts/translate.ts';
import classes from '../import.module.css';
import { LabForm } from '../lab-form.tsx';
import { CreateForm } from './create-form.tsx';
import { EpochDetails } from './epoch-details.tsx';
import { EpochTree } from './epoch-tree.tsx';
import { treeRows, withTaken } from './import-tree.ts';
import { SkippedList } from './skipped-list.tsx';

interface ImportPreviewProps {
  readonly scan: ScanResult;
  readonly onAgain: () => void;
  readonly onChoose: () => void;
}

/** Below this width the panes stand one above the other. */
const SIDE_BY_SIDE_FROM = 640;

/** What a scan found, on one screen; nothing is written until the session is created. */
export function ImportPreview({ scan, onAgain, onChoose }: ImportPreviewProps) {
  const rows = useMemo(() => treeRows(scan), [scan]);
  const [excluded, setExcluded] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(() => rows.findIndex(({ kind }) => kind === 'epoch'));
  const { ref, width } = useElementSize();
  const row = rows[active];
  const narrow = width < SIDE_BY_SIDE_FROM;
  return (
    <div className={classes.panel}>
      <PreviewHead scan={scan} onAgain={onAgain} onChoose={onChoose} />
      <div ref={ref} className={classes.panes}>
        {width > 0 && (
          <Splitter
            key={narrow ? 'stacked' : 'wide'}
            name={narrow ? 'import-stacked' : 'import'}
            orientation={narrow ? 'vertical' : 'horizontal'}
            shares={[50, 50]}
            least={[20, 20]}
          >
            <section className={classes.pane} aria-label={t('What was found')}>
              <EpochTree
                rows={rows}
                active={active}
                excluded={excluded}
                onActive={setActive}
                onTaken={(keys, taken) => {
                  setExcluded(withTaken(excluded, keys, taken));
                }}
              />
            </section>
            <section className={classes.pane} aria-label={t('Details')} tabIndex={0}>
              {row?.kind === 'epoch' ? (
                <EpochDetails key={row.key} epoch={row.epoch} recordings={row.recordings} />
              ) : (
                <p className={classes.hint}>{t('Choose an epoch to see what it holds and why.')}</p>
              )}
            </section>
          </Splitter>
        )}
      </div>
      <PreviewProblems scan={scan} />
      <CreateForm scan={scan} excluded={excluded} />
      <LabForm folder={scan.folder} />
    </div>
  );
}

function PreviewHead({ scan, onAgain, onChoose }: ImportPreviewProps) {
  return (
    <header className={classes.head}>
      <div className={classes.headWords}>
        <h1>{t('What was found')}</h1>
        <CopyableText text={scan.folder} what={t('path')} />
        <span className={classes.quiet}>
          {t('{{epochs}}, {{recordings}}, {{files}} in {{time}}; nothing is written yet', {
            epochs: plural(scan.epochs.length, '{{count}} epoch', '{{count}} epochs'),
            recordings: plural(scan.recordings.length, '{{count}} recording', '{{count}} recordings'),
            files: plural(scan.filesSeen, '{{count}} file', '{{count}} files'),
            time: formatSeconds(scan.elapsedMs / 1000),
          })}
        </span>
      </div>
      <Button variant="default" onClick={onChoose}>
        {t('Choose another folder')}
      </Button>
      <Tooltip label={t('Scan again')}>
        <ActionIcon aria-label={t('Scan again')} onClick={onAgain}>
          <IconRefresh size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

/** Problems of the whole folder and what was skipped: folded unless they matter. */
function PreviewProblems({ scan }: { readonly scan: ScanResult }) {
  const grade = gravest(scan.problems);
  if (grade === null && scan.skipped.length === 0) return null;
  return (
    <div className={classes.problems}>
      {grade !== null && (
        <details open={grade === 'blocks'}>
          <summary>{plural(scan.problems.length, '{{count}} problem', '{{count}} problems')}</summary>
          <ProblemList problems={scan.problems} />
        </details>
      )}
      <SkippedList skipped={scan.skipped} />
    </div>
  );
}
