import { ActionIcon, Menu, ScrollArea, Tooltip } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { t } from '../../texts/translate.ts';

interface ColumnMenuProps {
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly hidden: readonly string[];
  readonly onChange: (hidden: string[]) => void;
  /** More about columns, below those that there are. */
  readonly children?: ReactNode;
}

/** Shows and hides the columns of a table; one always stays. */
export function ColumnMenu({ columns, hidden, onChange, children }: ColumnMenuProps) {
  const [open, setOpen] = useState(false);
  const shown = columns.filter(({ id }) => !hidden.includes(id));
  return (
    <Menu position="bottom-end" closeOnItemClick={false} width={300} opened={open} onChange={setOpen}>
      <Menu.Target>
        <Tooltip label={t('Choose the columns')}>
          <ActionIcon aria-label={t('Choose the columns')}>
            <IconColumns3 size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={400}>
          {columns.map(({ id, title }) => {
            const visible = !hidden.includes(id);
            return (
              <Menu.CheckboxItem
                key={id}
                checked={visible}
                disabled={visible && shown.length === 1}
                onChange={(show) => onChange(show ? hidden.filter((other) => other !== id) : [...hidden, id])}
              >
                {title}
              </Menu.CheckboxItem>
            );
          })}
        </ScrollArea.Autosize>
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
