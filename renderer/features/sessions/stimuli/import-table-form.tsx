import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CallOutputs } from '../../../../shared/contract/contract.ts';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import type { TableMapping } from '../../../../shared/contract/stimuli.ts';
import { RowsTable } from '../../../components/table/rows-table.tsx';
import { client } from '../../../state/client.ts';
import { turnBack } from '../../../state/edits.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { plural, t } from '../../../texts/translate.ts';
import { presentationColumns, presentationRows } from './presentation-columns.tsx';
import type { Place } from './use-stimuli.ts';
import classes from './import-table.module.css';

interface ImportTableFormProps {
  readonly place: Place;
  readonly info: SessionInfo;
  readonly table: CallOutputs['stimuli']['readTable'];
  readonly onClose: () => void;
}

const NONE = '';

/** Which columns tell what, whose clock the times are on, and what that gives, while it is chosen. */
export function ImportTableForm({ place, info, table, onClose }: ImportTableFormProps) {
  const [mapping, setMapping] = useState<TableMapping>(table.mapping);
  const [epochAt, setEpochAt] = useState(0);
  const [probe, setProbe] = useState('trials');
  const [busy, setBusy] = useState(false);
  const epoch = info.epochs[epochAt];
  const request =
    epoch === undefined || probe.trim() === '' || mapping.onset === ''
      ? null
      : { ...place, file: table.file, mapping, device: epoch.device, epoch: epoch.epochId, probe: probe.trim() };
  const preview = useAnswer(
    JSON.stringify(request),
    (signal) =>
      request === null ? Promise.resolve(null) : client.stimuli.importTable({ ...request, preview: true }, { signal }),
    { keepLast: true },
  );
  const keep = async () => {
    if (request === null) return;
    setBusy(true);
    try {
      const kept = await client.stimuli.importTable(request);
      onClose();
      const count = kept.epoch.presentations.length;
      showMessage({
        tone: 'success',
        title: plural(count, '{{count}} presentation is kept', '{{count}} presentations are kept'),
        actions: [{ label: t('Undo'), run: () => void turnBack(place.path, 'undo') }],
      });
    } catch (thrown) {
      showError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const shown = preview.status === 'ready' ? preview.value : null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <MappingFields columns={table.columns} mapping={mapping} onChange={setMapping} />
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
          onChange={(event) => setEpochAt(Number(event.currentTarget.value))}
        />
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
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t('Cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={shown === null || preview.status !== 'ready'}>
          {t('Keep them')}
        </Button>
      </div>
    </form>
  );
}

interface MappingFieldsProps {
  readonly columns: readonly string[];
  readonly mapping: TableMapping;
  readonly onChange: (mapping: TableMapping) => void;
}

function MappingFields({ columns, mapping, onChange }: MappingFieldsProps) {
  const choose = (label: string, value: string | undefined, set: (column: string | undefined) => TableMapping) => (
    <NativeSelect
      label={label}
      value={value ?? NONE}
      data={[{ value: NONE, label: '–' }, ...columns]}
      onChange={(event) => onChange(set(event.currentTarget.value === NONE ? undefined : event.currentTarget.value))}
    />
  );
  const without = (field: 'offset' | 'duration' | 'stimulus') =>
    Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== field)) as TableMapping;
  const changed = (field: 'offset' | 'duration' | 'stimulus', column: string | undefined) =>
    column === undefined ? without(field) : { ...without(field), [field]: column };
  return (
    <div className={classes.fields}>
      {choose(t('Onset'), mapping.onset, (column) => ({ ...mapping, onset: column ?? '' }))}
      {mapping.duration === undefined && choose(t('Offset'), mapping.offset, (column) => changed('offset', column))}
      {mapping.offset === undefined && choose(t('Duration'), mapping.duration, (column) => changed('duration', column))}
      {choose(t('Stimulus'), mapping.stimulus, (column) => changed('stimulus', column))}
      <NativeSelect
        label={t('Unit of the times')}
        value={mapping.unit}
        data={[
          { value: 's', label: t('seconds') },
          { value: 'ms', label: t('milliseconds') },
          { value: 'us', label: t('microseconds') },
        ]}
        onChange={(event) => onChange({ ...mapping, unit: event.currentTarget.value as TableMapping['unit'] })}
      />
    </div>
  );
}
