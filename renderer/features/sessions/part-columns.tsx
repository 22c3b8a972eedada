import { IconFileDescription, IconWaveSine } from '@tabler/icons-react';
import type { DatasetInfo, Probe, SessionInfo } from '../../../shared/contract/sessions.ts';
import { ElidedText } from '../../components/elided-text.tsx';
import type { DataTableColumn } from '../../components/table/columns.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import { RowAction } from './row-action.tsx';

type Subject = SessionInfo['subjects'][number];
type DaqSystem = SessionInfo['daqSystems'][number];
export type DatasetSession = DatasetInfo['sessions'][number];

type OpenDocument = (id: string) => void;

export const text = <T,>(
  id: string,
  title: string,
  least: number,
  grow: number,
  of: (row: T) => string,
): DataTableColumn<T> => ({
  id,
  title,
  least,
  grow,
  cell: (row) => <ElidedText text={of(row)} />,
});

export const count = <T,>(id: string, title: string, of: (row: T) => number): DataTableColumn<T> => ({
  id,
  title,
  least: 96,
  numeric: true,
  cell: (row) => formatNumber(of(row)),
});

/** The last column: opens the row's document. */
export const documentOf = <T,>(id: (row: T) => string | null, open: OpenDocument): DataTableColumn<T> => ({
  id: 'document',
  title: '',
  least: 40,
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

/** Opens the row's first epoch as traces, where it has any. */
export const signalsOf = <T,>(
  element: (row: T) => { readonly name: string; readonly reference: number },
  has: (row: T) => boolean,
  open: (row: T) => void,
): DataTableColumn<T> => ({
  id: 'signals',
  title: '',
  least: 40,
  cell: (row) => {
    if (!has(row)) return null;
    const { name, reference } = element(row);
    return (
      <RowAction
        label={t('Show the signals of {{name}}', { name: `${name} | ${reference}` })}
        icon={<IconWaveSine size={16} aria-hidden />}
        onClick={() => open(row)}
      />
    );
  },
});

export function probeColumns(
  open: OpenDocument,
  openSignals: (probe: Probe) => void,
): readonly DataTableColumn<Probe>[] {
  return [
    text('name', t('Name'), 110, 2, ({ name }) => name),
    count('reference', t('Reference'), ({ reference }) => reference),
    text('type', t('Type'), 90, 1, ({ type }) => type),
    text('subject', t('Subject'), 110, 2, ({ subject }) => subject),
    count('epochs', t('Epochs'), ({ epochs }) => epochs),
    signalsOf(
      (probe) => probe,
      ({ epochs }) => epochs > 0,
      openSignals,
    ),
    documentOf(({ id }) => id, open),
  ];
}

export function subjectColumns(open: OpenDocument): readonly DataTableColumn<Subject>[] {
  return [
    text('identifier', t('Local identifier'), 140, 1, ({ localIdentifier }) => localIdentifier),
    text('description', t('Description'), 160, 2, ({ description }) => description),
    documentOf(({ id }) => id, open),
  ];
}

export function daqSystemColumns(open: OpenDocument): readonly DataTableColumn<DaqSystem>[] {
  return [
    text('name', t('Name'), 110, 1, ({ name }) => name),
    text('reader', t('Reader'), 160, 2, ({ reader }) => reader),
    count('epochs', t('Epochs'), ({ epochs }) => epochs),
    documentOf(({ id }) => id, open),
  ];
}

export function sessionColumns(open: (session: DatasetSession) => void): readonly DataTableColumn<DatasetSession>[] {
  return [
    text('reference', t('Reference'), 110, 1, ({ reference }) => reference),
    {
      id: 'id',
      title: t('ID'),
      least: 140,
      grow: 1,
      cell: ({ id }) => <ElidedText text={id} mono />,
    },
    text('kept', t('Kept'), 110, 0, ({ linked }) => (linked ? t('linked') : t('ingested'))),
    text('path', t('Folder'), 140, 2, ({ path }) => path),
    count('documents', t('Documents'), ({ documents }) => documents),
    {
      id: 'open',
      title: '',
      least: 40,
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
