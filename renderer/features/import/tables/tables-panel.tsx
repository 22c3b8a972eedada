import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ScanResult } from '../../../../shared/contract/imports.ts';
import { FirstRows, holdsDates, type TableOfFile } from '../../../components/event-table/first-rows.tsx';
import { MappingFields } from '../../../components/event-table/mapping-fields.tsx';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import classes from '../import.module.css';
import { likelyRecording, type TableUse, type TableUses } from './table-use.ts';

/** Recordings that the list offers: more would only make it long. */
const MOST_LISTED = 1000;

interface TablesPanelProps {
  readonly scan: ScanResult;
  readonly uses: TableUses;
  /** They come to a session that is there. */
  readonly isAdded: boolean;
  readonly onUses: (next: TableUses) => void;
}

/** Tables that lie beside the recordings: which of them list trials, and what their columns tell. */
export function TablesPanel({ scan, uses, isAdded, onUses }: TablesPanelProps) {
  const { tables } = scan;
  const [path, setPath] = useState(tables[0]?.path ?? '');
  const [sheet, setSheet] = useState<string | undefined>(uses[path]?.sheet);
  const answer = useAnswer(
    JSON.stringify([path, sheet ?? null]),
    async (signal) =>
      path === ''
        ? null
        : client.stimuli.readTable({ file: path, ...(sheet === undefined ? {} : { sheet }) }, { signal }),
    { keepLast: true },
  );
  const table = answer.status === 'ready' ? answer.value : null;
  const found = tables.find((one) => one.path === path);
  if (found === undefined) {
    return <p className={classes.hint}>{t('No table (CSV, TSV, Excel or MAT) lies beside the recordings.')}</p>;
  }
  const choose = (next: string) => {
    setPath(next);
    setSheet(uses[next]?.sheet);
  };
  return (
    <div className={classes.details}>
      <h2>{t('Tables of trials and events')}</h2>
      <p className={classes.quiet}>
        {isAdded
          ? t('What a table lists is kept as stimuli when the recordings are added.')
          : t('What a table lists is kept as stimuli when the session is created.')}
      </p>
      <NativeSelect
        label={t('Table')}
        value={path}
        data={tables.map((one) => ({
          value: one.path,
          label: uses[one.path] === undefined ? one.key : t('{{table}} (is kept)', { table: one.key }),
        }))}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {answer.status === 'failed' && (
        <p role="alert" className={classes.failure} translate="no">
          {answer.error.message} {answer.error.recovery}
        </p>
      )}
      {table !== null && (
        <OneTable
          key={`${path} ${table.sheet}`}
          scan={scan}
          table={table}
          use={uses[path]?.sheet === table.sheet ? uses[path] : undefined}
          likely={likelyRecording(found.key, scan.recordings)}
          onSheet={setSheet}
          onUse={(use) => {
            const others = Object.entries(uses).filter(([other]) => other !== path);
            onUses(Object.fromEntries(use === null ? others : [...others, [path, use]]));
          }}
        />
      )}
    </div>
  );
}

interface OneTableProps {
  readonly scan: ScanResult;
  readonly table: TableOfFile;
  readonly use: TableUse | undefined;
  readonly likely: string;
  readonly onSheet: (sheet: string) => void;
  readonly onUse: (use: TableUse | null) => void;
}

function OneTable({ scan, table, use, likely, onSheet, onUse }: OneTableProps) {
  const proposed: TableUse = { sheet: table.sheet, mapping: table.mapping, recording: likely, probe: 'trials' };
  const shown = use ?? proposed;
  const change = (part: Partial<TableUse>) => onUse({ ...shown, ...part });
  const recording = scan.recordings.find(({ key }) => key === shown.recording);
  const { value: startedAt = null } = useAnswer(`start ${recording?.path ?? ''}`, async (signal) => {
    if (recording === undefined) return null;
    return (await client.recordings.describe({ source: { path: recording.path } }, { signal })).startedAt;
  });
  return (
    <>
      {table.sheets.length > 1 && (
        <NativeSelect
          label={t('Table in the file')}
          value={table.sheet}
          data={table.sheets}
          onChange={(event) => onSheet(event.currentTarget.value)}
        />
      )}
      <FirstRows table={table} />
      <Checkbox
        label={t('Keep these as stimuli')}
        checked={use !== undefined}
        onChange={(event) => onUse(event.currentTarget.checked ? shown : null)}
      />
      <MappingFields
        columns={table.columns}
        mapping={shown.mapping}
        onChange={(mapping) => change({ mapping })}
        hasDates={holdsDates(table, shown.mapping)}
        startedAt={startedAt?.replace(/Z$/, '') ?? null}
      />
      <div className={classes.editRow}>
        <NativeSelect
          label={t('The times are on the clock of')}
          value={shown.recording}
          data={[...new Set([shown.recording, ...scan.recordings.slice(0, MOST_LISTED).map(({ key }) => key)])]}
          onChange={(event) => change({ recording: event.currentTarget.value })}
          className={classes.input}
        />
        <TextInput
          label={t('Stimulator')}
          description={t('A name for what showed them')}
          value={shown.probe}
          onChange={(event) => change({ probe: event.currentTarget.value })}
          className={classes.input}
        />
      </div>
      {use !== undefined && shown.mapping.onset === '' && (
        <p role="status" className={classes.tight}>
          {t('Choose the column with the onsets; else the table is not kept.')}
        </p>
      )}
    </>
  );
}
