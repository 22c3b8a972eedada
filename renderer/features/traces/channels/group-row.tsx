import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconDots, IconSquare, IconSquareCheck } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { t } from '../../../texts/translate.ts';
import { groupName, type ChannelGroup } from '../model/groups.ts';
import { channelSettings, isTrace } from '../model/settings.ts';
import { changeChannels, showOnly, type TraceStore } from '../trace-store.ts';
import { foldGroup, moveGroup } from './group-actions.ts';
import classes from './channels.module.css';

interface GroupRowProps {
  readonly store: TraceStore;
  readonly group: ChannelGroup;
  readonly first: boolean;
  readonly last: boolean;
}

/** The head of a group: folds it, shows and hides its channels, shows them only, and moves it among the groups. */
export function GroupRow({ store, group, first, last }: GroupRowProps) {
  const settings = useStore(store, (state) => state.settings);
  const { by, closed } = settings.groups;
  const open = !closed.includes(group.key);
  const names = group.channels.map((channel) => channel.name);
  const shown = names.filter((one) => channelSettings(settings, one).visible).length;
  const all = shown === names.length;
  const name = groupName(by, group.key);
  const what = all ? t('Hide all of {{group}}', { group: name }) : t('Show all of {{group}}', { group: name });
  const showThisOnly = () => {
    const { channels } = store.getState().info;
    // Events stay as they are beside traces, and traces beside events.
    const traces = group.channels.some(isTrace);
    const others = channels.filter((channel) => isTrace(channel) === traces || names.includes(channel.name));
    showOnly(
      store,
      others.map((channel) => channel.name),
      new Set(names),
    );
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    moveGroup(store, group.key, event.key === 'ArrowUp' ? -1 : 1);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={classes.group} data-group={group.key}>
      <button
        type="button"
        className={classes.groupName}
        aria-expanded={open}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        title={name}
        onClick={() => foldGroup(store, group.key)}
        onKeyDown={onKeyDown}
      >
        {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        <span className={classes.groupType}>{name}</span>
        <span className={classes.count}>{t('{{shown}} of {{all}}', { shown, all: names.length })}</span>
      </button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={20} aria-label={t('More for {{group}}', { group: name })}>
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={showThisOnly}>{t('Show this group only')}</Menu.Item>
          <Menu.Item
            disabled={first}
            rightSection={t('Alt+↑')}
            closeMenuOnClick={false}
            onClick={() => moveGroup(store, group.key, -1)}
          >
            {t('Move up')}
          </Menu.Item>
          <Menu.Item
            disabled={last}
            rightSection={t('Alt+↓')}
            closeMenuOnClick={false}
            onClick={() => moveGroup(store, group.key, 1)}
          >
            {t('Move down')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={what}>
        <ActionIcon size={20} aria-label={what} onClick={() => changeChannels(store, names, { visible: !all })}>
          {all ? <IconSquareCheck size={14} /> : <IconSquare size={14} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
