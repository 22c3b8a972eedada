import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function editRoutes({ edits }: Services) {
  return {
    edits: {
      add: os.edits.add.handler(({ input }) => edits.add(input)),
      create: os.edits.create.handler(({ input }) => edits.create(input)),
      remove: os.edits.remove.handler(({ input }) => edits.remove(input)),
      removal: os.edits.removal.handler(({ input }) => edits.removal(input)),
      edit: os.edits.edit.handler(({ input }) => edits.edit(input)),
      undo: os.edits.undo.handler(({ input }) => edits.undo(input)),
      redo: os.edits.redo.handler(({ input }) => edits.redo(input)),
      history: os.edits.history.handler(({ input }) => edits.history(input)),
      changes: os.edits.changes.handler(({ signal }) => edits.changes(signal)),
      validate: os.edits.validate.handler(({ input, signal }) => edits.validate(input, signal)),
    },
  };
}
