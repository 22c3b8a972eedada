import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconTableImport } from '@tabler/icons-react';
import { useState } from 'react';
import type { CallOutputs } from '../../../../shared/contract/contract.ts';
import { clockNames } from '../../../../shared/model/clocks.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import { ModalForm } from '../../../components/modal-form.tsx';
import { choosePath } from '../../../components/path-dialog/choose-path.ts';
import { RowsTable } from '../../../components/table/rows-table.tsx';
import { client } from '../../../state/client.ts';
import { undoAction } from '../../../state/edits.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import type { Place } from '../../../state/place.ts';
import { formatNumber, plural, t } from '../../../texts/translate.ts';
import { keyOfElement, labelOfElement, type NamedElement } from './named-element.ts';
import classes from '../../../components/fields.module.css';

type Samples = CallOutputs['objects']['readSamples'];
type Numeric = number | string;

interface AddEpochFormProps {
  readonly place: Place;
  /** Those that hold epochs of their own. */
  readonly elements: readonly NamedElement[];
  readonly element: NamedElement;
  readonly onClose: () => void;
}

/** An epoch of an element: its id, its extent on a clock, and the file with its times and values, with a look at it. */
export function AddEpochForm({ place, elements, element: first, onClose }: AddEpochFormProps) {
  const [element, setElement] = useState(keyOfElement(first));
  const [epochId, setEpochId] = useState('');
  const [clock, setClock] = useState<string>('dev_local_time');
  const [from, setFrom] = useState<Numeric>('');
  const [to, setTo] = useState<Numeric>('');
  const [samples, setSamples] = useState<Samples | null>(null);
  const read = async (file: string, sheet?: string) => {
    try {
      const next = await client.objects.readSamples({ file, ...(sheet === undefined ? {} : { sheet }) });
      setSamples(next);
      setFrom(next.fromSec ?? '');
      setTo(next.toSec ?? '');
    } catch (thrown) {
      showError(thrown);
    }
  };
  const choose = async () => {
    const file = await choosePath({
      kind: 'file',
      title: t('Choose a table of times and values (CSV, TSV, Excel, MAT) or a recording'),
      confirm: t('Choose'),
      startIn: place.path,
    });
    if (file !== null) await read(file);
  };
  const isOrdered = typeof from === 'number' && typeof to === 'number' && from <= to;
  const keep = async () => {
    if (!isOrdered) return;
    const file = samples === null ? {} : { table: samples.file, sheet: samples.sheet };
    const clocks = [{ type: clock, t0: from, t1: to }];
    await client.objects.addEpoch({ ...place, element, epochId: epochId.trim(), clocks, ...file });
    onClose();
    showMessage({
      tone: 'success',
      title: t('The epoch {{epoch}} is kept', { epoch: epochId.trim() }),
      actions: [undoAction(place.path)],
    });
  };
  return (
    <ModalForm agree={t('Add the epoch')} ready={isOrdered && epochId.trim() !== ''} onSubmit={keep} onClose={onClose}>
      <div className={classes.fields}>
        <NativeSelect
          label={t('Element')}
          value={element}
          data={elements.map((one) => ({ value: keyOfElement(one), label: labelOfElement(one) }))}
          onChange={(event) => setElement(event.currentTarget.value)}
        />
        <TextInput
          label={t('Id of the epoch')}
          required
          data-autofocus
          value={epochId}
          onChange={(event) => setEpochId(event.currentTarget.value)}
        />
      </div>
      <div className={classes.fields}>
        <Button variant="default" leftSection={<IconTableImport size={16} aria-hidden />} onClick={() => void choose()}>
          {samples === null ? t('Choose a file with its samples…') : t('Choose another file…')}
        </Button>
        {samples !== null && samples.sheets.length > 1 && (
          <NativeSelect
            label={t('Table in the file')}
            value={samples.sheet}
            data={samples.sheets}
            onChange={(event) => void read(samples.file, event.currentTarget.value)}
          />
        )}
      </div>
      <div aria-live="polite">{samples !== null && <Look samples={samples} />}</div>
      <div className={classes.fields}>
        <NativeSelect
          label={t('Clock')}
          value={clock}
          data={[...clockNames]}
          onChange={(event) => setClock(event.currentTarget.value)}
        />
        <NumberInput label={t('From (s)')} value={from} onChange={setFrom} />
        <NumberInput
          label={t('To (s)')}
          value={to}
          error={typeof from === 'number' && typeof to === 'number' && from > to ? t('It ends before it starts') : null}
          onChange={setTo}
        />
      </div>
      {samples !== null && isOrdered && isOutside(samples, from, to) && (
        <p className={classes.problem}>{t('Some samples lie outside of these times.')}</p>
      )}
    </ModalForm>
  );
}

function isOutside({ fromSec, toSec }: Samples, from: number, to: number): boolean {
  return (fromSec ?? from) < from || (toSec ?? to) > to;
}

function Look({ samples }: { readonly samples: Samples }) {
  const { columns, rows, total, sampleRate } = samples;
  return (
    <>
      <p className={classes.quiet}>
        {samples.file}
        {' · '}
        {plural(total, '{{count}} sample', '{{count}} samples')}
        {sampleRate !== null && ` · ${t('{{rate}} Hz', { rate: formatNumber(sampleRate) })}`}
      </p>
      <RowsTable
        label={t('First samples of the file')}
        columns={columns.map((name, at) => ({
          ...{ id: String(at), title: at === 0 ? t('{{name}} (s)', { name }) : name, least: 96, grow: 1 },
          cell: (row: readonly string[]) => <ElidedText text={row[at] ?? ''} />,
        }))}
        rows={rows}
      />
    </>
  );
}
