import type { MenuItemConstructorOptions } from 'electron';
import type { CommandNames } from '../../shared/contract/host.ts';
import { commandTable, type CommandDeclaration, type CommandId } from '../../shared/model/commands.ts';
import { toAccelerator } from './accelerator.ts';

export interface MenuFacts {
  readonly platform: NodeJS.Platform;
  /** Key bindings that differ from the defaults: command id to shortcut, empty for none. */
  readonly shortcuts: Readonly<Record<string, string>>;
  /** What commands would do now in the window in front, where that is more than their titles. */
  readonly names: CommandNames;
  /** Whether developer tools are offered. */
  readonly developer: boolean;
  run(command: CommandId): void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };
/** Where macOS puts these: into the menu with the application's name. */
const applicationCommands: readonly CommandId[] = ['about.open', 'settings.open'];

/** The application menu out of the table of commands, in the order that people of each system know. */
export function menuTemplate(facts: MenuFacts): MenuItemConstructorOptions[] {
  const mac = facts.platform === 'darwin';
  const menus: MenuItemConstructorOptions[] = [
    { label: '&File', submenu: [...commandItems('file', facts), separator, role(mac ? 'close' : 'quit')] },
    { label: '&Edit', submenu: [...commandItems('edit', facts), separator, ...editRoles] },
    { label: '&View', submenu: [...commandItems('view', facts), separator, ...viewRoles(facts)] },
    { role: 'windowMenu' },
    { role: 'help', label: '&Help', submenu: commandItems('help', facts) },
  ];
  return mac ? [applicationMenu(facts), ...menus] : menus;
}

function applicationMenu(facts: MenuFacts): MenuItemConstructorOptions {
  const [about, settings] = applicationCommands.map((id) => commandItem(id, facts));
  const own = [about, separator, settings, separator].filter((item) => item !== undefined);
  return {
    role: 'appMenu',
    submenu: [
      ...own,
      role('services'),
      separator,
      role('hide'),
      role('hideOthers'),
      role('unhide'),
      separator,
      role('quit'),
    ],
  };
}

/** Undo and redo are commands of ours: in a text field they are the field's own. */
const editRoles: readonly MenuItemConstructorOptions[] = [role('cut'), role('copy'), role('paste'), role('selectAll')];

function viewRoles({ developer }: MenuFacts): MenuItemConstructorOptions[] {
  return [
    role('resetZoom'),
    role('zoomIn'),
    // On most keyboards + is the shifted =: both zoom in, as browsers have it.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
    role('zoomOut'),
    separator,
    role('togglefullscreen'),
    ...(developer ? [separator, role('reload'), role('toggleDevTools')] : []),
  ];
}

function commandItems(menu: CommandDeclaration['menu'], facts: MenuFacts): MenuItemConstructorOptions[] {
  return Object.entries<CommandDeclaration>(commandTable)
    .filter(([, command]) => command.menu === menu)
    .map(([id]) => id as CommandId)
    .filter((id) => facts.platform !== 'darwin' || !applicationCommands.includes(id))
    .map((id) => commandItem(id, facts));
}

function commandItem(id: CommandId, facts: MenuFacts): MenuItemConstructorOptions {
  const declared: CommandDeclaration = commandTable[id];
  const accelerator = toAccelerator(facts.shortcuts[id] ?? declared.shortcut ?? '');
  return {
    id,
    label: labelOf(facts.names[id]) ?? declared.title,
    click: () => facts.run(id),
    // The page handles the keys itself, so that they can be bound anew: here they are only shown. (macOS cannot only
    // show them; there the menu acts on a key that the page has left alone.)
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
  };
}

/** A single `&` would underline the letter behind it: https://www.electronjs.org/docs/latest/api/menu-item */
function labelOf(name: string | undefined): string | undefined {
  return name?.replaceAll('&', '&&');
}

function role(name: NonNullable<MenuItemConstructorOptions['role']>): MenuItemConstructorOptions {
  return { role: name };
}
