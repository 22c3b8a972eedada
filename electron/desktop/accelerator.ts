import { ownValue } from '../../shared/model/own-value.ts';

const modifiers: Readonly<Record<string, string>> = { mod: 'CommandOrControl', shift: 'Shift', alt: 'Alt' };
const keys: Readonly<Record<string, string>> = {
  arrowleft: 'Left',
  arrowright: 'Right',
  arrowup: 'Up',
  arrowdown: 'Down',
  escape: 'Esc',
  enter: 'Return',
  space: 'Space',
  ' ': 'Space',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  delete: 'Delete',
  backspace: 'Backspace',
  '+': 'Plus',
};

/**
 * A shortcut of ours (`mod+shift+o`) as Electron writes it (`CommandOrControl+Shift+O`); null for one that a menu
 * cannot show. Electron throws at a text that it does not know, and shortcuts come from a file that people may edit.
 */
export function toAccelerator(shortcut: string): string | null {
  // The key may itself be a plus: `mod++`.
  const parts = /^((?:[a-z]+\+)*)(.+)$/i.exec(shortcut);
  if (parts === null) return null;
  const [, before = '', key = ''] = parts;
  const held = before
    .toLowerCase()
    .split('+')
    .slice(0, -1)
    .map((name) => ownValue(modifiers, name));
  const pressed = ownValue(keys, key.toLowerCase()) ?? plainKey(key);
  return pressed === null || held.includes(undefined) ? null : [...held, pressed].join('+');
}

function plainKey(key: string): string | null {
  return /^(f([1-9]|1\d|2[0-4])|[!-~])$/i.test(key) ? key.toUpperCase() : null;
}
