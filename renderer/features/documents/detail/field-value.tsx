import { CopyableText } from '../../../components/elided-text.tsx';
import { TermChip } from '../../../components/ontology/term-chip.tsx';
import { formatDate, formatNumber, t } from '../../../texts/translate.ts';
import { IdLink } from '../document-link.tsx';
import classes from './detail.module.css';
import { humanise, type FormValue } from './form-model.ts';

interface FieldValueProps {
  readonly name: string;
  readonly value: FormValue;
  readonly onVisit: (id: string) => void;
}

/** A value shown in the way of its kind. */
export function FieldValue({ name, value, onVisit }: FieldValueProps) {
  switch (value.kind) {
    case 'empty':
      return <span className={classes.empty}>{t('empty')}</span>;
    case 'number':
      return <span className={classes.number}>{formatNumber(value.value)}</span>;
    case 'boolean':
      return <span>{value.value ? t('yes') : t('no')}</span>;
    case 'text':
      return (
        <span className={classes.text} translate="no">
          {value.value}
        </span>
      );
    case 'terms':
      return (
        <span className={classes.terms}>
          {value.terms.map((term) => (
            <TermChip key={term} term={term} name={term} />
          ))}
        </span>
      );
    case 'date':
      return (
        <time dateTime={value.value} title={value.value}>
          {formatDate(value.value)}
        </time>
      );
    case 'id':
      return value.document ? (
        <IdLink id={value.value} onVisit={onVisit} />
      ) : (
        <CopyableText text={value.value} what={humanise(name)} />
      );
    case 'list':
      return <ListValue name={name} value={value} onVisit={onVisit} />;
    case 'table':
      return <TableValue name={name} value={value} onVisit={onVisit} />;
    case 'group':
      return (
        <dl className={classes.inner}>
          {value.fields.map((field) => (
            <div key={field.name} className={classes.field}>
              <dt title={field.name}>{humanise(field.name)}</dt>
              <dd>
                <FieldValue name={field.name} value={field.value} onVisit={onVisit} />
              </dd>
            </div>
          ))}
        </dl>
      );
  }
}

function ListValue({
  name,
  value,
  onVisit,
}: FieldValueProps & { readonly value: Extract<FormValue, { kind: 'list' }> }) {
  return (
    <>
      <ul className={classes.items}>
        {value.items.map((item, index) => (
          <li key={index}>
            <FieldValue name={name} value={item} onVisit={onVisit} />
          </li>
        ))}
      </ul>
      <Cut shown={value.items.length} lengths={value} />
    </>
  );
}

function TableValue({
  name,
  value,
  onVisit,
}: FieldValueProps & { readonly value: Extract<FormValue, { kind: 'table' }> }) {
  return (
    <>
      <div className={classes.tableFrame}>
        <table className={classes.table} aria-label={humanise(name)}>
          {value.columns !== null && (
            <thead>
              <tr>
                {value.columns.map((column) => (
                  <th key={column} scope="col" title={column}>
                    {humanise(column)}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {value.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>
                    <FieldValue name={value.columns?.[column] ?? name} value={cell} onVisit={onVisit} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Cut shown={value.rows.length} lengths={value} />
      {value.allColumns !== undefined && (
        <p className={classes.empty}>
          {t('{{shown}} of {{total}} columns shown', {
            shown: Math.max(...value.rows.map((row) => row.length)),
            total: value.allColumns,
          })}
        </p>
      )}
    </>
  );
}

interface CutProps {
  readonly shown: number;
  readonly lengths: { readonly total: number; readonly inJson: number };
}

function Cut({ shown, lengths: { total, inJson } }: CutProps) {
  if (shown >= total) return null;
  return (
    <p className={classes.empty}>
      {inJson < total
        ? t('{{shown}} of {{total}} shown; the JSON shows {{inJson}}', { shown, total, inJson })
        : t('{{shown}} of {{total}} shown; the JSON has all of them', { shown, total })}
    </p>
  );
}
