import { ActionIcon, Menu, ScrollArea, Tooltip } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { t } from '../../texts/translate.ts';

interface ColumnMenuProps {
  readonly columns: readonly string[];
  readonly hidden: readonly string[];
  readonly onChange: (hidden: string[]) => void;
}

/** Shows and hides columns; one always stays. */
export function ColumnMenu({ columns, hidden, onChange }: ColumnMenuProps) {
  const shown = columns.filter((name) => !hidden.includes(name));
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Tooltip label={t('Choose the columns')}>
          <ActionIcon aria-label={t('Choose the columns')}>
            <IconColumns3 size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={400}>
          {columns.map((name) => {
            const visible = shown.includes(name);
            return (
              <Menu.CheckboxItem
                key={name}
                checked={visible}
                disabled={visible && shown.length === 1}
                onChange={(show) => onChange(show ? hidden.filter((other) => other !== name) : [...hidden, name])}
              >
                {name}
              </Menu.CheckboxItem>
            );
          })}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
