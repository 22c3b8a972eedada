import { IconFileDescription } from '@tabler/icons-react';
import type { DatasetInfo, Probe, SessionInfo } from '../../../shared/contract/sessions.ts';
import { ElidedText } from '../../components/elided-text.tsx';
import type { DataTableColumn } from '../../components/table/columns.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import { RowAction } from './row-action.tsx';

type Subject = SessionInfo['subjects'][number];
type DaqSystem = SessionInfo['daqSystems'][number];
export type DatasetSession = DatasetInfo['sessions'][number];

type OpenDocument = (id: string) => void;

const text = <T,>(id: string, title: string, width: string, of: (row: T) => string): DataTableColumn<T> => ({
  id,
  title,
  width,
  cell: (row) => <ElidedText text={of(row)} />,
});

const count = <T,>(id: string, title: string, of: (row: T) => number): DataTableColumn<T> => ({
  id,
  title,
  width: '96px',
  numeric: true,
  cell: (row) => formatNumber(of(row)),
});

/** The last column: opens the row's document. */
const documentOf = <T,>(id: (row: T) => string | null, open: OpenDocument): DataTableColumn<T> => ({
  id: 'document',
  title: '',
  width: '40px',
  cell: (row) => {
    const target = id(row);
    if (target === null) return null;
    return (
      <RowAction
        label={t('Show the document')}
        icon={<IconFileDescription size={16} aria-hidden />}
        onClick={() => open(target)}
      />
    );
  },
});

export function probeColumns(open: OpenDocument): readonly DataTableColumn<Probe>[] {
  return [
    text('name', t('Name'), 'minmax(110px, 2fr)', ({ name }) => name),
    count('reference', t('Reference'), ({ reference }) => reference),
    text('type', t('Type'), 'minmax(90px, 1fr)', ({ type }) => type),
    text('subject', t('Subject'), 'minmax(110px, 2fr)', ({ subject }) => subject),
    count('epochs', t('Epochs'), ({ epochs }) => epochs),
    documentOf(({ id }) => id, open),
  ];
}

export function subjectColumns(open: OpenDocument): readonly DataTableColumn<Subject>[] {
  return [
    text('identifier', t('Local identifier'), 'minmax(140px, 1fr)', ({ localIdentifier }) => localIdentifier),
    text('description', t('Description'), 'minmax(160px, 2fr)', ({ description }) => description),
    documentOf(({ id }) => id, open),
  ];
}

export function daqSystemColumns(open: OpenDocument): readonly DataTableColumn<DaqSystem>[] {
  return [
    text('name', t('Name'), 'minmax(110px, 1fr)', ({ name }) => name),
    text('reader', t('Reader'), 'minmax(160px, 2fr)', ({ reader }) => reader),
    count('epochs', t('Epochs'), ({ epochs }) => epochs),
    documentOf(({ id }) => id, open),
  ];
}

export function sessionColumns(open: (session: DatasetSession) => void): readonly DataTableColumn<DatasetSession>[] {
  return [
    text('reference', t('Reference'), 'minmax(110px, 1fr)', ({ reference }) => reference),
    {
      id: 'id',
      title: t('ID'),
      width: 'minmax(140px, 1fr)',
      cell: ({ id }) => <ElidedText text={id} mono />,
    },
    text('kept', t('Kept'), '110px', ({ linked }) => (linked ? t('linked') : t('ingested'))),
    text('path', t('Folder'), 'minmax(140px, 2fr)', ({ path }) => path),
    count('documents', t('Documents'), ({ documents }) => documents),
    {
      id: 'open',
      title: '',
      width: '40px',
      cell: (session) => (
        <RowAction
          label={t('Open the session {{name}}', { name: session.reference })}
          icon={<IconFileDescription size={16} aria-hidden />}
          onClick={() => open(session)}
        />
      ),
    },
  ];
}
