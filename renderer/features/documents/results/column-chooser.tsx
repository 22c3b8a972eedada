import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { t } from '../../../texts/translate.ts';

interface ColumnChooserProps {
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly hidden: readonly string[];
  readonly onChange: (hidden: string[]) => void;
}

/** Shows and hides columns; one always stays. */
export function ColumnChooser({ columns, hidden, onChange }: ColumnChooserProps) {
  const shown = columns.filter(({ id }) => !hidden.includes(id));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('Choose the columns')}>
          <ActionIcon aria-label={t('Choose the columns')}>
            <IconColumns3 size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map(({ id, title }) => {
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
      </Menu.Dropdown>
    </Menu>
  );
}
