import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { commandTable, type CommandDeclaration } from '../../shared/model/commands.ts';
import { menuTemplate, type MenuFacts } from './menu-template.ts';

const ran: string[] = [];
const facts: MenuFacts = { platform: 'linux', shortcuts: {}, names: {}, developer: false, run: (id) => ran.push(id) };

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

const idsOf = (given: MenuFacts) => items(menuTemplate(given)).flatMap(({ id }) => id ?? []);

describe('menuTemplate', () => {
  const withMenu = Object.entries<CommandDeclaration>(commandTable).flatMap(([id, { menu }]) => (menu ? [id] : []));

  it.each(['linux', 'win32', 'darwin'] as const)('has every command of the table once on %s', (platform) => {
    expect(idsOf({ ...facts, platform }).sort()).toEqual([...withMenu].sort());
  });

  it('puts settings and about where macOS has them', () => {
    const [first] = menuTemplate({ ...facts, platform: 'darwin' });
    const ids = (first?.submenu as MenuItemConstructorOptions[]).flatMap(({ id }) => id ?? []);
    expect([first?.role, ids]).toEqual(['appMenu', ['about.open', 'settings.open']]);
    expect(menuTemplate(facts)[0]?.label).toBe('&File');
  });

  it('runs the command that is chosen', () => {
    const item = items(menuTemplate(facts)).find(({ id }) => id === 'open.folder');
    (item?.click as () => void)();
    expect(ran).toEqual(['open.folder']);
  });

  it('shows shortcuts, the own ones first, and leaves the keys to the page', () => {
    const find = (shortcuts: Record<string, string>) =>
      items(menuTemplate({ ...facts, shortcuts })).find(({ id }) => id === 'open.folder');
    expect(find({})).toMatchObject({ accelerator: 'CommandOrControl+O', registerAccelerator: false });
    expect(find({ 'open.folder': 'mod+alt+f' })).toMatchObject({ accelerator: 'CommandOrControl+Alt+F' });
    expect(find({ 'open.folder': '' })).not.toHaveProperty('accelerator');
    expect(find({ 'open.folder': 'nonsense+key' })).not.toHaveProperty('accelerator');
  });

  it('names what undo would take back, whatever stands in the name', () => {
    const names = { 'edit.undo': 'Undo: set “A & B”' };
    const labels = items(menuTemplate({ ...facts, names })).flatMap(({ id, label }) =>
      id === 'edit.undo' || id === 'edit.redo' ? label : [],
    );
    expect(labels).toEqual(['Undo: set “A && B”', 'Redo']);
  });

  it('offers developer tools to developers only', () => {
    const roles = (developer: boolean) => items(menuTemplate({ ...facts, developer })).map(({ role }) => role);
    expect(roles(false)).not.toContain('toggleDevTools');
    expect(roles(false)).not.toContain('reload');
    expect(roles(true)).toContain('toggleDevTools');
  });

  it('zooms by roles, so that the page can be enlarged to 200 % and more', () => {
    const roles = items(menuTemplate(facts)).map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(['zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen']));
  });
});
