import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
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

/** Shows and hides columns; one always stays. */
export function ColumnChooser({ columns, hidden, onChange, fields, onFields, scope }: ColumnChooserProps) {
  const shown = columns.filter(({ id }) => !hidden.includes(id));
  const [adding, setAdding] = useState('');
  const [open, setOpen] = useState(false);
  return (
    <Menu position="bottom-end" width={300} opened={open} onChange={setOpen}>
      <Menu.Target>
        <Tooltip label={t('Choose the columns')}>
          <ActionIcon aria-label={t('Choose the columns')}>
            <IconColumns3 size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {columns
          .filter(({ id }) => !fields.includes(id))
          .map(({ id, title }) => {
            const visible = !hidden.includes(id);
            return (
              <Menu.CheckboxItem
                key={id}
                checked={visible}
                disabled={visible && shown.length === 1}
                onChange={(show) => {
                  onChange(show ? hidden.filter((other) => other !== id) : [...hidden, id]);
                }}
              >
                {title}
              </Menu.CheckboxItem>
            );
          })}
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
      </Menu.Dropdown>
    </Menu>
  );
}
