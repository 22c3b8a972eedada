import { commandState, runCommand } from '../state/commands.ts';
import { usePanels } from '../state/panels.ts';
import { useSettings } from '../state/settings.ts';
import { commandsFor, shortcutOf, type Shortcut } from '../state/shortcuts.ts';

/** Carries commands out by their shortcuts, wherever the focus is; returns the way to stop. */
export function bindKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const shortcut = shortcutOf(event);
    if (shortcut === undefined) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (isTyped(shortcut) && target !== null && takesText(target)) return;
    if (isEditing(shortcut) && target !== null && takesText(target)) return;
    // An open dialog or menu has the keyboard for itself; a panel that floats is a dialog to screen readers only.
    if (isWithin(target, '[role="dialog"]:not(.dv-resize-container), [role="menu"], [role="listbox"]')) return;
    const scope = scopeOf(target);
    const own = useSettings.getState().settings.shortcuts;
    const command = commandsFor(shortcut, scope, own).find((id) => commandState(id).enabled);
    if (command === undefined || (isTyped(shortcut) && usesKeyItself(target, shortcut))) return;
    event.preventDefault();
    runCommand(command);
  };
  document.addEventListener('keydown', onKeyDown);
  return () => {
    document.removeEventListener('keydown', onKeyDown);
  };
}

/** The kind of view that a person is working in: its shortcuts are meant. */
export function focusedView(): string | undefined {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  return scopeOf(focused) ?? scopeOf(null);
}

/** The kind of panel that the focus is in; where it is nowhere (what had it was replaced), the active panel's. */
function scopeOf(target: HTMLElement | null): string | undefined {
  if (target === null || target === document.body) {
    const { panels, activeId } = usePanels.getState();
    return panels.find((panel) => panel.id === activeId)?.kind;
  }
  // A view within a panel of another kind has keys of its own.
  const view = target.closest<HTMLElement>('[data-key-scope], [data-panel-kind]');
  return view?.dataset['keyScope'] ?? view?.dataset['panelKind'];
}

/** Whether a press writes or moves in a text field: without Control, Command or Alt, and no function key. */
function isTyped(shortcut: Shortcut): boolean {
  return !shortcut.mod && !shortcut.alt && !/^f\d+$/.test(shortcut.key);
}

/** Keys by which a text field itself takes back, copies and marks. */
function isEditing({ mod, alt, key }: Shortcut): boolean {
  return mod && !alt && ['z', 'y', 'x', 'c', 'v', 'a'].includes(key);
}

function takesText(element: HTMLElement): boolean {
  return element.isContentEditable || element.matches('input, textarea, select');
}

/** Roles that use arrow, Home, End and Page keys for themselves. */
const USES_KEYS = ['tree', 'tab', 'slider', 'separator', 'radio', 'grid', 'toolbar'].map((role) => `[role="${role}"]`);

/** Those keys belong to a focused list, tree, tab or slider before they belong to the view. */
function usesKeyItself(element: HTMLElement | null, shortcut: Shortcut): boolean {
  return shortcut.key.length > 1 && shortcut.key !== 'escape' && isWithin(element, USES_KEYS.join(', '));
}

function isWithin(element: HTMLElement | null, selector: string): boolean {
  return element !== null && element.closest(selector) !== null;
}
