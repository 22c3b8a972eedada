import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ScannedRecording } from '../../../../shared/contract/imports.ts';
import type { ImportChoices } from '../../../../shared/model/import-plan/choices.ts';
import { matchPath } from '../../../../shared/model/import-pattern/match.ts';
import { parsePattern } from '../../../../shared/model/import-pattern/pattern.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { RowsTable } from '../../../components/table/rows-table.tsx';
import { plural, t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import classes from './pattern.module.css';
import { EditField } from '../preview/edit-field.tsx';
import { MarkPath, type MarkedPath } from './mark-path.tsx';
import { matchColumns, type MatchRow } from './match-columns.tsx';
import { PatternChips } from './pattern-chips.tsx';

interface PatternPanelProps {
  readonly recordings: readonly ScannedRecording[];
  /** The recording whose path is the example at first. */
  readonly example: string;
  readonly choices: ImportChoices;
  readonly onChange: (next: ImportChoices) => void;
}

/** Subject, session, date and epoch read from the paths, by one path in which somebody marks them. */
export function PatternPanel({ recordings, example, choices, onChange }: PatternPanelProps) {
  const { pattern } = choices;
  // Marks belong to the pattern that they gave: when a step is taken back, they are taken back too.
  const [known, setKnown] = useState<Readonly<Record<string, MarkedPath>>>({});
  const [path, setPath] = useState(example);
  const kept = known[pattern ?? ''];
  const marked = kept?.path === path ? kept : { path, marks: [] };
  const { rows, fault } = useMemo(() => readRows(recordings, pattern), [recordings, pattern]);
  return (
    <div className={shared.details}>
      <h2>{t('Subject, session and epoch from the paths')}</h2>
      <MarkPath
        paths={recordings.map(({ key }) => key)}
        marked={marked}
        onExample={setPath}
        onPattern={(next, marks) => {
          setKnown((before) => ({ ...before, [next]: marks }));
          onChange({ ...choices, pattern: next });
        }}
      />
      <div className={shared.editRow}>
        <EditField
          value={pattern ?? ''}
          onCommit={(text) => onChange({ ...choices, pattern: text === '' ? undefined : text, alone: [] })}
        >
          {(field) => (
            <TextInput
              {...field}
              label={t('Pattern')}
              placeholder="{subject}/{date:0000-00-00}/{epoch}/**"
              error={fault}
              className={classes.wide}
              classNames={{ input: classes.mono ?? '' }}
            />
          )}
        </EditField>
        {pattern !== undefined && (
          <Button
            variant="default"
            className={shared.submit}
            onClick={() => onChange({ ...choices, pattern: undefined, alone: [], sessions: 'one' })}
          >
            {t('Read nothing')}
          </Button>
        )}
      </div>
      {pattern !== undefined && fault === null && (
        <>
          <PatternChips pattern={pattern} />
          <SessionFields choices={choices} onChange={onChange} />
          <p className={shared.quiet} role="status">
            {summary(rows)}
          </p>
          <RowsTable label={t('What the pattern reads')} columns={matchColumns()} rows={rows} />
        </>
      )}
    </div>
  );
}

function SessionFields({ choices, onChange }: Pick<PatternPanelProps, 'choices' | 'onChange'>) {
  return (
    <>
      <SegmentedControl
        aria-label={t('Sessions')}
        value={choices.sessions}
        data={[
          { value: 'one', label: t('One session') },
          { value: 'each', label: t('A session for each') },
        ]}
        onChange={(value) => onChange({ ...choices, sessions: value === 'each' ? 'each' : 'one' })}
      />
      <p className={shared.quiet}>
        {choices.sessions === 'each'
          ? t(
              'Each subject, date and session becomes an NDI session in its own folder, and the folder above them all a dataset that links them. NDI finds the recordings of a session by its folder: where several share one, copy them.',
            )
          : t('All recordings are one NDI session in the scanned folder; its epochs tell their own subjects.')}
      </p>
      <EditField
        value={choices.subjectLab ?? ''}
        onCommit={(text) => onChange({ ...choices, subjectLab: text === '' ? undefined : text })}
      >
        {(field) => (
          <TextInput
            {...field}
            label={t('Laboratory of the subjects')}
            placeholder="lab.org"
            description={t('NDI names subjects subject@laboratory')}
            className={shared.input}
          />
        )}
      </EditField>
    </>
  );
}

function readRows(
  recordings: readonly ScannedRecording[],
  pattern: string | undefined,
): { rows: MatchRow[]; fault: string | null } {
  if (pattern === undefined) return { rows: [], fault: null };
  try {
    const parsed = parsePattern(pattern);
    const rows = recordings.map(({ key }) => ({ path: key, match: matchPath(parsed, key) }));
    // What does not fit is what one looks for.
    return { rows: rows.sort((a, b) => rank(a) - rank(b)), fault: null };
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    return { rows: [], fault: error.message };
  }
}

function rank({ match }: MatchRow): number {
  if (match === null) return 0;
  return match.others.length > 0 ? 1 : 2;
}

function summary(rows: readonly MatchRow[]): string {
  const fits = plural(rows.filter(({ match }) => match !== null).length, '{{count}} path fits', '{{count}} paths fit');
  const misfits = rows.filter(({ match }) => match === null).length;
  const unclear = rows.filter(({ match }) => (match?.others.length ?? 0) > 0).length;
  return [
    fits,
    plural(misfits, '{{count}} does not', '{{count}} do not'),
    ...(unclear === 0
      ? []
      : [plural(unclear, '{{count}} can be read in several ways', '{{count}} can be read in several ways')]),
  ].join(', ');
}
