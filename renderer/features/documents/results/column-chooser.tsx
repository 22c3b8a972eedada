import { Button, Menu, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
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
  const [adding, { open, close }] = useDisclosure(false);
  return (
    <>
      <ColumnMenu columns={columns.filter(({ id }) => !fields.includes(id))} hidden={hidden} onChange={onChange}>
        <Menu.Divider role="separator" />
        {fields.map((field) => (
          <Menu.Item key={field} onClick={() => onFields(fields.filter((other) => other !== field))}>
            {t('Remove the column {{field}}', { field })}
          </Menu.Item>
        ))}
        <Menu.Item closeMenuOnClick onClick={open}>
          {t('Add a column of a field…')}
        </Menu.Item>
      </ColumnMenu>
      <Modal
        opened={adding}
        onClose={close}
        title={t('A field as a column')}
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        {adding && (
          <AddColumn
            scope={scope}
            onAdd={(field) => {
              if (!fields.includes(field)) onFields([...fields, field]);
              close();
            }}
          />
        )}
      </Modal>
    </>
  );
}

/** A menu may hold items only: the field stands in a dialog. */
function AddColumn({ scope, onAdd }: { readonly scope: QueryScope; readonly onAdd: (field: string) => void }) {
  const [typed, setTyped] = useState('');
  const field = typed.trim();
  return (
    <form
      className={classes.addColumn}
      onSubmit={(event) => {
        event.preventDefault();
        if (field !== '') onAdd(field);
      }}
    >
      <FieldInput scope={scope} value={typed} onChange={setTyped} label={t('Field to show as a column')} />
      <Button type="submit" disabled={field === ''}>
        {t('Add the column')}
      </Button>
    </form>
  );
}
