import type { CommandId } from '../../shared/model/commands.ts';
import { commandDeclaration, commandIds } from './commands.ts';
import { useSettings } from './settings.ts';

/** A shortcut taken apart: `mod+shift+l`. `mod` is Command on macOS and Control elsewhere. */
export interface Shortcut {
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** As `KeyboardEvent.key` names it; letters in lower case. */
  readonly key: string;
}

type Bindings = Readonly<Record<string, string>>;

export const isMac = typeof document !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

export function parseShortcut(text: string): Shortcut | undefined {
  if (text === '') return undefined;
  // A plus sign may itself be the key: `mod++`.
  const parts = text.endsWith('+') ? [...text.slice(0, -1).split('+').filter(Boolean), '+'] : text.split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = parts.slice(0, -1).map((part) => part.toLowerCase());
  return {
    mod: modifiers.includes('mod'),
    alt: modifiers.includes('alt'),
    shift: modifiers.includes('shift'),
    key: normaliseKey(key),
  };
}

/** The text of a shortcut as the table writes it. */
export function shortcutText({ mod, alt, shift, key }: Shortcut): string {
  return [mod && 'mod', alt && 'alt', shift && 'shift', key].filter((part) => part !== false).join('+');
}

/** The shortcut that a key press means; undefined for a modifier alone. */
export function shortcutOf(event: KeyPress, mac = isMac): Shortcut | undefined {
  if (['Control', 'Shift', 'Alt', 'Meta', 'Dead', 'AltGraph', 'CapsLock'].includes(event.key)) return undefined;
  return {
    mod: mac ? event.metaKey : event.ctrlKey,
    alt: event.altKey,
    shift: event.shiftKey,
    key: normaliseKey(event.key),
  };
}

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether two shortcuts are the same press. Signs already hold the shift that their keyboard needs for them. */
export function sameShortcut(a: Shortcut, b: Shortcut): boolean {
  const isSign = a.key.length === 1 && a.key.toLowerCase() === a.key.toUpperCase() && !/\d| /.test(a.key);
  return a.key === b.key && a.mod === b.mod && a.alt === b.alt && (isSign || a.shift === b.shift);
}

/** The shortcut of a command with the person's own bindings; empty for none. */
export function shortcutFor(id: CommandId, own: Bindings = useSettings.getState().settings.shortcuts): string {
  return own[id] ?? commandDeclaration(id).shortcut ?? '';
}

/** Commands whose shortcut is `shortcut`: those of the view in focus first, then those of everywhere. */
export function commandsFor(shortcut: Shortcut, scope: string | undefined, own: Bindings): CommandId[] {
  const matching = commandIds.filter((id) => {
    const bound = parseShortcut(shortcutFor(id, own));
    if (bound === undefined || !sameShortcut(bound, shortcut)) return false;
    const needed = commandDeclaration(id).scope;
    return needed === undefined || needed === scope;
  });
  return matching.sort(
    (a, b) => Number(commandDeclaration(a).scope === undefined) - Number(commandDeclaration(b).scope === undefined),
  );
}

/** Commands that would answer to the same press as `id` bound to `shortcut`, in the same place. */
export function conflictsOf(id: CommandId, shortcut: string, own: Bindings): CommandId[] {
  const wanted = parseShortcut(shortcut);
  if (wanted === undefined) return [];
  const scope = commandDeclaration(id).scope;
  return commandIds.filter((other) => {
    const bound = parseShortcut(shortcutFor(other, own));
    const otherScope = commandDeclaration(other).scope;
    const meet = scope === undefined || otherScope === undefined || scope === otherScope;
    return other !== id && bound !== undefined && meet && sameShortcut(bound, wanted);
  });
}

const MAC_SIGNS: Readonly<Record<string, string>> = { mod: '⌘', alt: '⌥', shift: '⇧' };
const KEY_SIGNS: Readonly<Record<string, string>> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  escape: 'Esc',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  enter: 'Enter',
  delete: 'Del',
  backspace: '⌫',
  ' ': 'Space',
  tab: 'Tab',
};

/** The keys of a shortcut as the platform writes them: `Ctrl`, `Shift`, `L`, or `⇧`, `⌘`, `L`. */
export function shortcutKeys(text: string, mac = isMac): string[] {
  const shortcut = parseShortcut(text);
  if (shortcut === undefined) return [];
  const sign =
    shortcut.key.length === 1 ? shortcut.key.toUpperCase() : (KEY_SIGNS[shortcut.key] ?? shortcut.key.toUpperCase());
  // A sign such as `?` says itself that it needs shift.
  const shift = shortcut.shift && !/^[^\p{L}\p{N}]$/u.test(sign);
  const modifiers = [
    shortcut.mod && !mac ? 'Ctrl' : '',
    shortcut.alt ? (mac ? MAC_SIGNS['alt'] : 'Alt') : '',
    shift ? (mac ? MAC_SIGNS['shift'] : 'Shift') : '',
    shortcut.mod && mac ? MAC_SIGNS['mod'] : '',
  ];
  return [...modifiers, sign].filter((part): part is string => part !== '' && part !== undefined);
}

/** The shortcut in one piece for tooltips: `Ctrl+Shift+L`, `⇧⌘L`; empty for none. */
export function shortcutLabel(text: string, mac = isMac): string {
  return shortcutKeys(text, mac).join(mac ? '' : '+');
}

/** The label of a command's shortcut, drawn again when it is bound anew. */
export function useShortcutLabel(id: CommandId): string {
  const own = useSettings((state) => state.settings.shortcuts);
  return shortcutLabel(shortcutFor(id, own));
}

function normaliseKey(key: string): string {
  if (key === 'Spacebar') return ' ';
  return key.toLowerCase();
}
