import type { DockviewApi } from 'dockview-react';
import type { MouseEvent } from 'react';
import type { CommandId } from '../../../shared/model/commands.ts';
import { openContextMenu, type ContextMenuItem } from '../../components/context-menu.tsx';
import { commandState, commandTitle, runCommand } from '../../state/commands.ts';
import { t } from '../../texts/translate.ts';

const GROUPS: readonly (readonly CommandId[])[] = [
  ['view.maximize', 'panel.float', 'panel.moveOut', 'panel.moveBack'],
  ['panel.close'],
];

/** The context menu of a tab: its panel comes to the front and the commands for the focused panel are offered. */
export function onTabMenu(event: MouseEvent, api: DockviewApi): void {
  const tab = event.target instanceof Element ? event.target.closest<HTMLElement>('.dv-tab') : null;
  const id = tab?.querySelector<HTMLElement>('[data-tab-of]')?.dataset['tabOf'];
  const panel = id === undefined ? undefined : api.getPanel(id);
  if (tab === null || panel === undefined) return;
  event.preventDefault();
  panel.api.setActive();
  // The menu key says no place of its own in every browser.
  const { left, bottom } = tab.getBoundingClientRect();
  const at = event.clientX > 0 || event.clientY > 0 ? { x: event.clientX, y: event.clientY } : { x: left, y: bottom };
  openContextMenu(
    at,
    t('What can be done with {{panel}}', { panel: panel.title ?? '' }),
    GROUPS.map((group) => group.map(itemOf)),
  );
}

function itemOf(command: CommandId): ContextMenuItem {
  const state = commandState(command);
  return {
    label: commandTitle(command),
    run: () => void runCommand(command),
    ...(state.enabled ? {} : { disabledReason: state.reason }),
  };
}
