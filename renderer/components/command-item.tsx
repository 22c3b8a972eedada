import { Menu } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';
import { commandLabel, runCommand, useCommandState } from '../state/commands.ts';
import { shortcutFor } from '../state/shortcuts.ts';
import type { CommandId } from '../../shared/model/commands.ts';
import { Keys } from './keys.tsx';
import { unavailable } from './unavailable.ts';

interface CommandItemProps {
  readonly command: CommandId;
  readonly icon?: ReactNode;
}

/** An item of a menu that carries a command out; one that cannot be now says why, and the keys lead to it all the same. */
export function CommandItem({ command, icon }: CommandItemProps) {
  const state = useCommandState(command);
  return (
    <Menu.Item
      {...(state.enabled ? {} : unavailable(state.reason))}
      leftSection={icon}
      rightSection={<Keys shortcut={shortcutFor(command)} />}
      onClick={(event) => {
        if (!state.enabled) return;
        focusTarget(event);
        runCommand(command);
      }}
    >
      {commandLabel(command)}
    </Menu.Item>
  );
}

/** A dialog that the command opens gives the focus back to what has it now: the item is gone by then, the button is not. */
function focusTarget({ currentTarget }: MouseEvent<HTMLElement>): void {
  const button = currentTarget.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  if (button) document.getElementById(button)?.focus({ preventScroll: true });
}
