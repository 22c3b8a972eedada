import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { CallOutputs } from '../../../../shared/contract/contract.ts';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { ModalForm } from '../../../components/modal-form.tsx';
import type { DataTableColumn } from '../../../components/table/columns.ts';
import { RowsTable } from '../../../components/table/rows-table.tsx';
import { client } from '../../../state/client.ts';
import { undoAction } from '../../../state/edits.ts';
import { showMessage } from '../../../state/messages.ts';
import type { Place } from '../../../state/place.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatNumber, plural, t } from '../../../texts/translate.ts';
import classes from './subjects.module.css';

type Row = CallOutputs['subjects']['previewTreatments']['rows'][number] & { readonly number: number };

interface ImportTreatmentsProps {
  readonly place: Place;
  readonly subjects: SessionInfo['subjects'];
  readonly file: string;
  readonly onClose: () => void;
}

/** Shows what a table of treatments gives, and keeps it. */
export function ImportTreatments({ place, subjects, file, onClose }: ImportTreatmentsProps) {
  const [subject, setSubject] = useState(subjects[0]?.id ?? '');
  const request = { ...place, subject, file };
  const preview = useAnswer(
    JSON.stringify(request),
    (signal) => client.subjects.previewTreatments(request, { signal }),
    { keepLast: true },
  );
  const keep = async () => {
    const { ids } = await client.subjects.importTreatments(request);
    onClose();
    showMessage({
      tone: 'success',
      title: plural(ids.length, '{{count}} treatment is kept', '{{count}} treatments are kept'),
      actions: [undoAction(place.path)],
    });
  };
  const rows = (preview.value?.rows ?? []).map((row, at): Row => ({ ...row, number: at + 1 }));
  return (
    <ModalForm
      agree={t('Keep them')}
      ready={preview.status === 'ready' && rows.length > 0}
      onSubmit={keep}
      onClose={onClose}
    >
      <NativeSelect
        label={t('Whose treatments they are')}
        value={subject}
        data={subjects.map(({ id, localIdentifier }) => ({ value: id, label: localIdentifier }))}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      {preview.status === 'loading' && <LoadingState lines={4} />}
      {preview.status === 'failed' && <ErrorState inline error={preview.error} onRetry={preview.reload} />}
      {preview.status === 'ready' && (
        <>
          <p className={classes.quiet} aria-live="polite">
            {plural(rows.length, '{{count}} treatment would be kept:', '{{count}} treatments would be kept:')}
          </p>
          <RowsTable label={t('What would be kept')} columns={columns()} rows={rows.slice(0, 200)} />
        </>
      )}
    </ModalForm>
  );
}

function columns(): readonly DataTableColumn<Row>[] {
  const text = (id: string, title: string, grow: number, of: (row: Row) => string): DataTableColumn<Row> => ({
    ...{ id, title, grow, least: 100 },
    cell: (row) => <ElidedText text={of(row)} />,
  });
  return [
    { id: 'number', title: t('Row'), least: 48, numeric: true, cell: ({ number }) => formatNumber(number) },
    text('name', t('Treatment'), 2, ({ name }) => name),
    text('term', t('Term'), 1, ({ ontologyName }) => ontologyName),
    text('value', t('Number'), 1, ({ numericValue }) => numericValue.map((value) => formatNumber(value)).join(' ')),
    text('text', t('Text'), 1, ({ stringValue }) => stringValue),
    text('of', t('Belongs to row'), 1, ({ manipulation }) => (manipulation === null ? '' : formatNumber(manipulation))),
  ];
}
