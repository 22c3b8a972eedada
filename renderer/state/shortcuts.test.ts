import { expect, it } from 'vitest';
import {
  commandsFor,
  conflictsOf,
  parseShortcut,
  sameShortcut,
  shortcutLabel,
  shortcutOf,
  shortcutText,
} from './shortcuts.ts';

const press = (key: string, held: { ctrl?: boolean; shift?: boolean; meta?: boolean; alt?: boolean } = {}) => ({
  key,
  ctrlKey: held.ctrl ?? false,
  shiftKey: held.shift ?? false,
  metaKey: held.meta ?? false,
  altKey: held.alt ?? false,
});

it('takes shortcuts apart and writes them again', () => {
  for (const text of ['mod+shift+l', 'f6', '+', 'mod++', 'alt+w', 'shift+escape']) {
    expect(shortcutText(parseShortcut(text)!)).toBe(text);
  }
  expect(parseShortcut('')).toBeUndefined();
});

it('means Command on macOS and Control elsewhere', () => {
  expect(shortcutText(shortcutOf(press('K', { meta: true }), true)!)).toBe('mod+k');
  expect(shortcutText(shortcutOf(press('k', { ctrl: true }), false)!)).toBe('mod+k');
  expect(shortcutOf(press('Shift', { shift: true }), false)).toBeUndefined();
  expect([shortcutLabel('mod+shift+l', true), shortcutLabel('mod+shift+l', false)]).toEqual(['⇧⌘L', 'Ctrl+Shift+L']);
});

it('takes a sign with or without the shift that its keyboard needs', () => {
  const question = parseShortcut('shift+?')!;
  expect(sameShortcut(question, shortcutOf(press('?', { shift: true }), false)!)).toBe(true);
  expect(sameShortcut(question, shortcutOf(press('?'), false)!)).toBe(true);
  expect(sameShortcut(parseShortcut('f6')!, parseShortcut('shift+f6')!)).toBe(false);
});

it('finds the commands of a press in the view in focus, and own bindings before the defaults', () => {
  const zoom = parseShortcut('+')!;
  expect(commandsFor(zoom, 'traces', {})).toEqual(['traces.zoomIn']);
  expect(commandsFor(zoom, 'documents', {})).toEqual([]);
  expect(commandsFor(parseShortcut('mod+k')!, 'traces', { 'palette.open': 'mod+p' })).toEqual([]);
});

it('warns of shared presses where both commands could answer', () => {
  expect(conflictsOf('view.jobs', 'mod+b', {})).toEqual(['view.tree']);
  expect(conflictsOf('documents.filter', '+', {})).toEqual([]);
});
