import { useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';
import { commandTable, type CommandDeclaration, type CommandId } from '../../shared/model/commands.ts';
import { t } from '../texts/translate.ts';
import { PanelContext, usePanels } from './panels.ts';

/** Whoever carries a command out while it is on the page. */
interface CommandHandler {
  /** Panel in which the handler stands; undefined for the application's own. */
  readonly panelId: string | undefined;
  readonly run: () => void;
  readonly enabled: boolean;
  /** Why it is not enabled, for people. */
  readonly reason: string | undefined;
  /** What it would do now, where that is more than its title says. */
  readonly title: string | undefined;
}

interface CommandsState {
  /** Handlers by command, in the order in which they came. */
  readonly handlers: Readonly<Partial<Record<CommandId, readonly CommandHandler[]>>>;
}

const useHandlers = create<CommandsState>()(() => ({ handlers: {} }));

export type CommandState = { readonly enabled: true } | { readonly enabled: false; readonly reason: string };

export const commandIds = Object.keys(commandTable) as CommandId[];

export function commandDeclaration(id: CommandId): CommandDeclaration {
  return commandTable[id];
}

/** What the command would do now: `Undo: set probe geometry`; else its title. */
export function commandLabel(id: CommandId): string {
  const handler = handlerFor(id);
  return handler?.enabled === true && handler.title !== undefined ? handler.title : commandTitle(id);
}

/** The labels of commands that say more than their titles now, as {@link commandLabel} has them. */
export function useCommandNames(): Readonly<Partial<Record<CommandId, string>>> {
  const handlers = useHandlers((state) => state.handlers);
  usePanels((state) => state.activeId);
  const ids = (Object.keys(handlers) as CommandId[]).filter((id) => commandLabel(id) !== commandTitle(id));
  return Object.fromEntries(ids.map((id) => [id, commandLabel(id)]));
}

/** The command's title in the current language. */
export function commandTitle(id: CommandId): string {
  return t(commandTable[id].title);
}

export function isCommandId(text: string): text is CommandId {
  return Object.hasOwn(commandTable, text);
}

/**
 * Binds a handler to a command while the component is mounted. Of several handlers the one in the focused panel
 * counts, then the one that came last.
 */
export function useCommand(
  id: CommandId,
  run: () => void,
  options: { enabled?: boolean; reason?: string; title?: string | undefined } = {},
): void {
  const panelId = useContext(PanelContext)?.id;
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const enabled = options.enabled ?? true;
  const { reason, title } = options;
  // Before anything is painted: a button that can be seen does what it says.
  useLayoutEffect(() => {
    const handler: CommandHandler = {
      panelId,
      enabled,
      reason,
      title,
      run: () => {
        latest.current();
      },
    };
    change(id, (handlers) => [...handlers, handler]);
    return () => {
      change(id, (handlers) => handlers.filter((other) => other !== handler));
    };
  }, [id, panelId, enabled, reason, title]);
}

/** Carries a command out; false when nothing on the page can at the moment. */
export function runCommand(id: CommandId): boolean {
  const handler = handlerFor(id);
  if (handler?.enabled !== true) return false;
  handler.run();
  return true;
}

/** Whether a command can be carried out now, and why not. */
export function commandState(id: CommandId): CommandState {
  const handler = handlerFor(id);
  if (handler === undefined) return { enabled: false, reason: reasonWithoutHandler(id) };
  return handler.enabled ? { enabled: true } : { enabled: false, reason: handler.reason ?? t('Not possible now') };
}

/** As {@link commandState}, drawn again when it changes. */
export function useCommandState(id: CommandId): CommandState {
  useHandlers((state) => state.handlers[id]);
  usePanels((state) => state.activeId);
  return commandState(id);
}

function handlerFor(id: CommandId): CommandHandler | undefined {
  const handlers = useHandlers.getState().handlers[id] ?? [];
  const { activeId, panels } = usePanels.getState();
  const focused = handlers.findLast((handler) => handler.panelId !== undefined && handler.panelId === activeId);
  if (focused !== undefined) return focused;
  const scope = commandDeclaration(id).scope;
  // A view's command never reaches a view that is not in front of the person.
  if (scope !== undefined && panels.find((panel) => panel.id === activeId)?.kind !== scope) return undefined;
  return handlers.findLast((handler) => handler.panelId === undefined) ?? handlers.at(-1);
}

function reasonWithoutHandler(id: CommandId): string {
  const { scope } = commandDeclaration(id);
  if (scope === 'traces') return t('Only in a trace view');
  if (scope === 'timeline') return t('Only in a timeline');
  if (scope === 'documents') return t('Only in a document list');
  if (scope === 'image') return t('Only in a view of pictures');
  if (scope === 'grid') return t('Only in a table of documents');
  if (scope === 'sync') return t('Only in the graph of the clocks');
  if (scope === 'graph') return t('Only in a graph of documents');
  return t('Nothing on the page can do this now');
}

function change(id: CommandId, update: (handlers: readonly CommandHandler[]) => readonly CommandHandler[]): void {
  useHandlers.setState(({ handlers }) => ({ handlers: { ...handlers, [id]: update(handlers[id] ?? []) } }));
}
