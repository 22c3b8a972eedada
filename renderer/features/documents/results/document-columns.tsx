import type { DocumentSummary } from '../../../../shared/contract/documents.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import type { DataTableColumn } from '../../../components/table/columns.ts';
import { formatDate, t } from '../../../texts/translate.ts';
import classes from '../documents.module.css';

/** The columns that the list of documents can show. `sessionName` gives the reference of a session of a dataset. */
export function documentColumns(
  sessionName: ((id: string) => string) | undefined,
): readonly DataTableColumn<DocumentSummary>[] {
  const columns: DataTableColumn<DocumentSummary>[] = [
    {
      id: 'name',
      title: t('Name'),
      width: 'minmax(120px, 2fr)',
      sortable: true,
      cell: ({ name }) =>
        name === '' ? <span className={classes.empty}>{t('no name')}</span> : <ElidedText text={name} />,
    },
    {
      id: 'class',
      title: t('Class'),
      width: 'minmax(110px, 1.5fr)',
      sortable: true,
      cell: ({ class: className }) => <ElidedText text={className} />,
    },
    {
      id: 'datestamp',
      title: t('Date'),
      width: 'minmax(130px, 1fr)',
      sortable: true,
      cell: ({ datestamp }) => <span title={datestamp}>{formatDate(datestamp)}</span>,
    },
    {
      id: 'id',
      title: t('ID'),
      width: 'minmax(140px, 1.5fr)',
      sortable: true,
      cell: ({ id }) => <ElidedText text={id} mono />,
    },
  ];
  if (sessionName === undefined) return columns;
  return [
    ...columns,
    {
      id: 'session',
      title: t('Session'),
      width: 'minmax(110px, 1fr)',
      cell: ({ sessionId }) => <ElidedText text={sessionName(sessionId)} />,
    },
  ];
}
