import { ActionIcon, Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CommandId } from '../../shared/model/commands.ts';
import { commandTitle, runCommand, useCommandState } from '../state/commands.ts';
import { useShortcutLabel } from '../state/shortcuts.ts';

interface CommandButtonProps {
  readonly command: CommandId;
  readonly icon?: ReactNode;
  /** Words on the button; without them only the icon shows and the command's title names it. */
  readonly label?: string;
  readonly variant?: 'filled' | 'default' | 'subtle';
}

/** A button that carries a command out: its name, shortcut and whether it is possible come from the command. */
export function CommandButton({ command, icon, label, variant = 'subtle' }: CommandButtonProps) {
  const state = useCommandState(command);
  const shortcut = useShortcutLabel(command);
  const title = commandTitle(command);
  const hint = state.enabled ? title : `${title} – ${state.reason}`;
  // `aria-disabled` instead of `disabled`: the tooltip with the reason stays reachable by pointer and keyboard.
  const shared = {
    variant,
    onClick: () => void runCommand(command),
    'aria-disabled': !state.enabled,
    ...(state.enabled ? {} : { 'data-disabled': true }),
    ...(shortcut === '' ? {} : { 'aria-keyshortcuts': shortcut }),
  };
  return (
    <Tooltip label={shortcut === '' ? hint : `${hint} (${shortcut})`}>
      {label === undefined ? (
        <ActionIcon {...shared} aria-label={title}>
          {icon}
        </ActionIcon>
      ) : (
        <Button {...shared} leftSection={icon}>
          {label}
        </Button>
      )}
    </Tooltip>
  );
}
