import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { commandTitle, useCommand } from '../../../state/commands.ts';
import { t } from '../../../texts/translate.ts';
import { reasonAgainst, type CopyAct, type CopySituation } from './copy-situation.ts';

interface CopyMenuProps {
  readonly situation: CopySituation;
  /** One of the acts has not ended. */
  readonly acting: boolean;
  readonly onAct: (act: CopyAct) => void;
}

/** What can be done with a copy and its dataset beside the syncs. */
export function CopyMenu({ situation, acting, onAct }: CopyMenuProps) {
  const optionsOf = (act: CopyAct) => {
    const reason = reasonAgainst(act, situation);
    return reason === undefined ? {} : { enabled: false, reason };
  };
  useCommand('cloud.compare', () => onAct('compare'), optionsOf('compare'));
  useCommand('cloud.lost', () => onAct('lost'), optionsOf('lost'));
  useCommand('cloud.repair', () => onAct('repair'), optionsOf('repair'));
  useCommand('cloud.link', () => onAct('link'), optionsOf('link'));
  useCommand('cloud.unlink', () => onAct('unlink'), optionsOf('unlink'));
  const item = (act: CopyAct) => {
    const reason = reasonAgainst(act, situation);
    return (
      <Menu.Item disabled={reason !== undefined} title={reason} onClick={() => onAct(act)}>
        {commandTitle(`cloud.${act}`)}
      </Menu.Item>
    );
  };
  const label = t('More with NDI Cloud');
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Tooltip label={label}>
          <ActionIcon variant="subtle" aria-label={label} loading={acting}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {item('compare')}
        {item('lost')}
        {item('repair')}
        <Menu.Divider />
        {item('link')}
        {item('unlink')}
      </Menu.Dropdown>
    </Menu>
  );
}
