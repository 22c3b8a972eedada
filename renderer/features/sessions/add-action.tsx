import { Button, Menu } from '@mantine/core';
import { IconFile, IconFolder, IconPlus } from '@tabler/icons-react';
import { commandTitle, runCommand, useCommandState } from '../../state/commands.ts';
import { t } from '../../texts/translate.ts';
import type { CommandId } from '../../../shared/model/commands.ts';

/** Adds recordings and tables to the session: a folder, or a file. */
export function AddAction() {
  const state = useCommandState('session.addFolder');
  const item = (command: CommandId, Icon: typeof IconPlus) => (
    <Menu.Item
      leftSection={<Icon size={16} aria-hidden />}
      disabled={!state.enabled}
      onClick={() => void runCommand(command)}
    >
      {commandTitle(command)}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-start" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          title={state.enabled ? undefined : state.reason}
        >
          {t('Add recordings…')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {!state.enabled && <Menu.Label>{state.reason}</Menu.Label>}
        {item('session.addFolder', IconFolder)}
        {item('session.addFile', IconFile)}
      </Menu.Dropdown>
    </Menu>
  );
}
