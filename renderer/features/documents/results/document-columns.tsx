import type { DocumentRow } from '../../../../shared/contract/documents.ts';
import { nameFromFields } from '../../../../shared/model/naming-fields.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import type { DataTableColumn } from '../../../components/table/columns.ts';
import { formatDate, formatNumber, t } from '../../../texts/translate.ts';
import classes from '../documents.module.css';

/** The columns that the list of documents can show: the common ones, and `fields` of the documents. `sessionName` gives the reference of a session of a dataset. */
export function documentColumns(
  sessionName: ((id: string) => string) | undefined,
  fields: readonly string[],
): readonly DataTableColumn<DocumentRow>[] {
  const columns: DataTableColumn<DocumentRow>[] = [
    {
      id: 'name',
      title: t('Name'),
      least: 120,
      grow: 2,
      sortable: true,
      cell: ({ name, cells = [] }) => {
        if (name !== '') return <ElidedText text={name} />;
        const found = nameFromFields(cells.slice(fields.length));
        return found === '' ? <span className={classes.empty}>{t('no name')}</span> : <ElidedText text={found} />;
      },
    },
    {
      id: 'class',
      title: t('Class'),
      least: 110,
      grow: 1.5,
      sortable: true,
      cell: ({ class: className }) => <ElidedText text={className} />,
    },
    {
      id: 'datestamp',
      title: t('Date'),
      least: 130,
      grow: 1,
      sortable: true,
      cell: ({ datestamp }) => <span title={datestamp}>{formatDate(datestamp)}</span>,
    },
    {
      id: 'id',
      title: t('ID'),
      least: 140,
      grow: 1.5,
      sortable: true,
      cell: ({ id }) => <ElidedText text={id} mono />,
    },
  ];
  columns.push(...fields.map(fieldColumn));
  if (sessionName === undefined) return columns;
  return [
    ...columns,
    {
      id: 'session',
      title: t('Session'),
      least: 110,
      grow: 1,
      cell: ({ sessionId }) => <ElidedText text={sessionName(sessionId)} />,
    },
  ];
}

/** A field of the documents, by its full name. */
function fieldColumn(field: string, at: number): DataTableColumn<DocumentRow> {
  return {
    id: field,
    title: field,
    least: 110,
    grow: 1,
    sortable: true,
    cell: ({ cells }) => {
      const value = cells?.[at] ?? null;
      return value === null ? null : (
        <ElidedText text={typeof value === 'number' ? formatNumber(value) : String(value)} />
      );
    },
  };
}
