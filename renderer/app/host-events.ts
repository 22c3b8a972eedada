import { client, follow } from '../state/client.ts';
import { isCommandId, runCommand } from '../state/commands.ts';
import { openPath } from '../state/items.ts';

/** Does what the outside asks for: a menu entry, a second start with a path. Returns the way to stop. */
export function followHostEvents(): () => void {
  return follow(
    (options) => client.application.hostEvents(undefined, options),
    (event) => {
      if (event.type === 'open') void openPath(event.path);
      else if (isCommandId(event.command)) runCommand(event.command);
    },
  );
}
