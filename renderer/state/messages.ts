import { create } from 'zustand';
import { errorCodes, type NdiError } from '../../shared/model/errors.ts';
import { toNdiError } from '../../shared/contract/client-errors.ts';
import { t } from '../texts/translate.ts';

export interface MessageAction {
  readonly label: string;
  run(): void;
}

/** A short message that comes and goes at the edge of the window. */
export interface Message {
  readonly id: string;
  readonly tone: 'info' | 'success' | 'problem';
  readonly title: string;
  readonly text: string;
  readonly actions: readonly MessageAction[];
}

/** Messages to show; the application draws them and takes them away. */
export const useMessages = create<{ readonly messages: readonly Message[] }>()(() => ({ messages: [] }));

let count = 0;

export function showMessage(message: {
  tone?: Message['tone'];
  title: string;
  text?: string;
  actions?: readonly MessageAction[];
}): void {
  count += 1;
  const shown: Message = {
    id: `message-${count}`,
    tone: message.tone ?? 'info',
    title: message.title,
    text: message.text ?? '',
    actions: message.actions ?? [],
  };
  useMessages.setState(({ messages }) => ({ messages: [...messages, shown] }));
}

/**
 * Tells of a failure outside of any view: what failed, what to do, and the given ways on. Cancelling is no failure.
 * @param again does it once more: offered where that helps, as for what another program holds for a moment
 */
export function showError(thrown: unknown, actions: readonly MessageAction[] = [], again?: () => void): NdiError {
  const error = toNdiError(thrown);
  const helps = again !== undefined && errorCodes[error.code].verb === 'retry';
  if (error.code !== 'app.cancelled') {
    showMessage({
      tone: 'problem',
      title: error.message,
      text: error.recovery,
      actions: [...(helps ? [{ label: t('Try again'), run: again }] : []), ...actions, copyAction(error)],
    });
  }
  return error;
}

export function forgetMessage(id: string): void {
  useMessages.setState(({ messages }) => ({ messages: messages.filter((message) => message.id !== id) }));
}

/** What a report of an error should hold, as text. */
export function errorText(error: NdiError): string {
  const details = Object.entries(error.details).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return [`${error.code}: ${error.message}`, error.recovery, ...details].join('\n');
}

function copyAction(error: NdiError): MessageAction {
  return { label: t('Copy'), run: () => void navigator.clipboard.writeText(errorText(error)) };
}
