import { isOwnPage } from './own-page.ts';

/** The frame that sent a message; null when it is gone already. */
export interface Sender {
  readonly address: string;
  readonly isMainFrame: boolean;
  /** Whether it belongs to a window that we opened. */
  readonly isOwnWindow: boolean;
}

/** Whether a message to the main process may be acted on: from the main frame of our page in our window only. */
export function maySend(sender: Sender | null): boolean {
  return sender !== null && sender.isOwnWindow && sender.isMainFrame && isOwnPage(sender.address);
}
