import { describe, expect, it } from 'vitest';
import { commandTable, type CommandDeclaration } from '../../shared/model/commands.ts';
import { toAccelerator } from './accelerator.ts';

describe('toAccelerator', () => {
  it.each([
    ['mod+o', 'CommandOrControl+O'],
    ['mod+shift+r', 'CommandOrControl+Shift+R'],
    ['mod+,', 'CommandOrControl+,'],
    ['shift+?', 'Shift+?'],
    ['f6', 'F6'],
    ['alt+ArrowLeft', 'Alt+Left'],
    ['mod++', 'CommandOrControl+Plus'],
    [' ', 'Space'],
    ['mod+ ', 'CommandOrControl+Space'],
    ['shift+Escape', 'Shift+Esc'],
  ])('writes %s as %s', (shortcut, accelerator) => {
    expect(toAccelerator(shortcut)).toBe(accelerator);
  });

  it.each(['', 'mod', 'mod+', 'hyper+k', 'f99', 'mod+Wheel', 'mod+é', 'mod + k'])('shows none for “%s”', (shortcut) => {
    expect(toAccelerator(shortcut)).toBeNull();
  });

  it('can show every shortcut of our own table', () => {
    const shortcuts = Object.values<CommandDeclaration>(commandTable).map(({ shortcut }) => shortcut);
    for (const shortcut of shortcuts)
      if (shortcut !== undefined) expect(toAccelerator(shortcut), shortcut).not.toBeNull();
  });
});
