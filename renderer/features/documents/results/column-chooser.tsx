import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { ColumnMenu } from '../../../components/table/column-menu.tsx';
import { t } from '../../../texts/translate.ts';
import { FieldInput } from '../query/condition-form.tsx';
import classes from '../query/query.module.css';
import type { QueryScope } from '../query/query-scope.ts';

interface ColumnChooserProps {
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly hidden: readonly string[];
  readonly onChange: (hidden: string[]) => void;
  /** Fields of the documents that show as columns too. */
  readonly fields: readonly string[];
  readonly onFields: (fields: string[]) => void;
  readonly scope: QueryScope;
}

/** Shows and hides columns, and makes columns of fields. */
export function ColumnChooser({ columns, hidden, onChange, fields, onFields, scope }: ColumnChooserProps) {
  const [adding, setAdding] = useState('');
  return (
    <ColumnMenu columns={columns.filter(({ id }) => !fields.includes(id))} hidden={hidden} onChange={onChange}>
      {fields.map((field) => (
        <Menu.Item key={field} onClick={() => onFields(fields.filter((other) => other !== field))}>
          {t('Remove the column {{field}}', { field })}
        </Menu.Item>
      ))}
      <form
        className={classes.addColumn}
        onSubmit={(event) => {
          event.preventDefault();
          const field = adding.trim();
          if (field !== '' && !fields.includes(field)) onFields([...fields, field]);
          setAdding('');
        }}
      >
        <FieldInput scope={scope} value={adding} onChange={setAdding} label={t('Field to show as a column')} />
        <Button type="submit" size="compact-sm" variant="default" disabled={adding.trim() === ''}>
          {t('Add the column')}
        </Button>
      </form>
    </ColumnMenu>
  );
}
