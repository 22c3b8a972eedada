import { BrowserWindow, Notification } from 'electron';
import type { CommandId } from '../../shared/model/commands.ts';
import type { Ending } from '../../shared/model/endings.ts';
import { noticeOf } from './notice.ts';

/** Notices that are held; the system's list of them seldom goes back further. */
const HELD = 20;

/** Tells of long work that has ended, by the notices of the system, where no window of ours is in front. */
export class Notifier {
  readonly #onClick: (command: CommandId) => void;
  /** One that nobody holds is collected, and a click on it is lost: https://github.com/electron/electron/issues/16922. */
  #held: readonly Notification[] = [];

  constructor(onClick: (command: CommandId) => void) {
    this.#onClick = onClick;
  }

  tell(ending: Ending): void {
    const notice = noticeOf(ending, BrowserWindow.getFocusedWindow() !== null);
    if (notice === null || !Notification.isSupported()) return;
    const { title, body, command } = notice;
    const notification = new Notification({ title, body });
    notification.on('click', () => this.#onClick(command));
    this.#held = [...this.#held, notification].slice(-HELD);
    notification.show();
  }
}
