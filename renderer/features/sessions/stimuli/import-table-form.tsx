import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import type { TableMapping } from '../../../../shared/contract/stimuli.ts';
import { FirstRows, holdsDates, type TableOfFile } from '../../../components/event-table/first-rows.tsx';
import { MappingFields } from '../../../components/event-table/mapping-fields.tsx';
import { ModalForm } from '../../../components/modal-form.tsx';
import { RowsTable } from '../../../components/table/rows-table.tsx';
import { client } from '../../../state/client.ts';
import { undoAction } from '../../../state/edits.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import type { Place } from '../../../state/place.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { plural, t } from '../../../texts/translate.ts';
import { presentationColumns, presentationRows } from './presentation-columns.tsx';
import classes from '../../../components/fields.module.css';

interface ImportTableFormProps {
  readonly place: Place;
  readonly info: SessionInfo;
  readonly table: TableOfFile;
  /** Words of the button that does not keep it. */
  readonly leave: string;
  readonly onClose: () => void;
}

/** Which columns tell what, whose clock the times are on, and what that gives, while it is chosen. */
export function ImportTableForm({ place, info, table: first, leave, onClose }: ImportTableFormProps) {
  const [table, setTable] = useState(first);
  const [mapping, setMapping] = useState<TableMapping>(first.mapping);
  const [clock, setClock] = useState('');
  const [epochAt, setEpochAt] = useState(0);
  const [probe, setProbe] = useState('trials');
  const epoch = info.epochs[epochAt];
  const request =
    epoch === undefined || probe.trim() === '' || mapping.onset === ''
      ? null
      : {
          ...{ ...place, file: table.file, sheet: table.sheet, mapping, probe: probe.trim() },
          ...{ device: epoch.device, epoch: epoch.epochId },
          ...(clock === '' ? {} : { clock }),
        };
  const startedAt = useStart(place.path, epoch);
  const chooseSheet = async (sheet: string) => {
    try {
      const next = await client.stimuli.readTable({ file: table.file, sheet });
      setTable(next);
      setMapping(next.mapping);
    } catch (thrown) {
      showError(thrown);
    }
  };
  const preview = useAnswer(
    JSON.stringify(request),
    (signal) =>
      request === null ? Promise.resolve(null) : client.stimuli.importTable({ ...request, preview: true }, { signal }),
    { keepLast: true },
  );
  const keep = async () => {
    if (request === null) return;
    const kept = await client.stimuli.importTable(request);
    onClose();
    const count = kept.epoch.presentations.length;
    showMessage({
      tone: 'success',
      title: plural(count, '{{count}} presentation is kept', '{{count}} presentations are kept'),
      actions: [undoAction(place.path)],
    });
  };
  const shown = preview.status === 'ready' ? preview.value : null;
  return (
    <ModalForm
      agree={t('Keep them')}
      leave={leave}
      ready={preview.status === 'ready' && shown !== null}
      onSubmit={keep}
      onClose={onClose}
    >
      {table.sheets.length > 1 && (
        <NativeSelect
          label={t('Table in the file')}
          value={table.sheet}
          data={table.sheets}
          onChange={(event) => void chooseSheet(event.currentTarget.value)}
        />
      )}
      <FirstRows table={table} />
      <MappingFields
        columns={table.columns}
        mapping={mapping}
        onChange={setMapping}
        hasDates={holdsDates(table, mapping)}
        startedAt={startedAt}
      />
      <div className={classes.fields}>
        <NativeSelect
          label={t('The times are on the clock of')}
          value={String(epochAt)}
          data={info.epochs.map((one, at) => ({
            value: String(at),
            label: t('{{device}}, epoch {{number}} ({{id}})', {
              device: one.device,
              number: one.number,
              id: one.epochId,
            }),
          }))}
          onChange={(event) => {
            setEpochAt(Number(event.currentTarget.value));
            setClock('');
          }}
        />
        {(epoch?.clocks.length ?? 0) > 1 && (
          <NativeSelect
            label={t('Clock')}
            value={clock === '' ? (epoch?.clocks[0]?.type ?? '') : clock}
            data={epoch?.clocks.map(({ type }) => type) ?? []}
            onChange={(event) => setClock(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={t('Stimulator')}
          description={t('One of the session, or the name of a new one')}
          value={probe}
          onChange={(event) => setProbe(event.currentTarget.value)}
        />
      </div>
      <div aria-live="polite">
        {preview.status === 'failed' && <p className={classes.problem}>{preview.error.message}</p>}
        {request === null && <p className={classes.quiet}>{t('Choose the column with the onsets.')}</p>}
        {shown !== null && (
          <p className={classes.quiet}>
            {plural(
              shown.epoch.presentations.length,
              '{{count}} presentation would be kept:',
              '{{count}} presentations would be kept:',
            )}
          </p>
        )}
      </div>
      {shown !== null && (
        <RowsTable
          label={t('What would be kept')}
          columns={presentationColumns(shown.epoch)}
          rows={presentationRows(shown.epoch).slice(0, 200)}
        />
      )}
    </ModalForm>
  );
}

/** When the recording of an epoch began by its file; null while that is not known. */
function useStart(path: string, epoch: SessionInfo['epochs'][number] | undefined): string | null {
  const { value } = useAnswer(`start ${path} ${epoch?.device ?? ''} ${epoch?.epochId ?? ''}`, async (signal) => {
    if (epoch === undefined) return null;
    const source = { path, device: epoch.device, epoch: epoch.epochId };
    return (await client.recordings.describe({ source }, { signal })).startedAt;
  });
  return value?.replace(/Z$/, '') ?? null;
}
