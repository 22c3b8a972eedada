import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface RowActionProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
}

/** A row's action for the pointer; the keyboard reaches the same by Enter on the row. */
export function RowAction({ label, icon, onClick }: RowActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={22} tabIndex={-1} aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
