import { readFileSync } from 'node:fs';
import { valueAt } from '../../../../shared/model/documents.ts';
import type { Session } from '../../../ndi/session.ts';

/** Three documents of most groups, each with a file; and a crowd, whose rows are written as those of many are. */
export const groups: Readonly<Record<string, { readonly members: number; readonly hasFiles: boolean }>> = {
  '0': { members: 3, hasFiles: true },
  '1': { members: 3, hasFiles: true },
  '2': { members: 3, hasFiles: true },
  '3': { members: 3, hasFiles: true },
  crowd: { members: 230, hasFiles: false },
};

/** The number that each group holds; groups that are not there are left out. */
export type State = Record<string, number>;

/** What a session's documents say, and their files with them. @throws where a group is not of one piece */
export function readState(session: Session): State {
  const found = new Map<string, number[]>();
  for (const entry of session.documents({ class: 'demoNDI' })) {
    const value = Number(valueAt(session.read(entry), 'demoNDI.value'));
    const content =
      groups[entry.name]?.hasFiles === false
        ? value
        : Number(readFileSync(session.binaryFile(entry.id, 'filename1.ext'), 'utf8'));
    if (value !== content) throw new Error(`document ${entry.id} holds ${value}, its file ${content}`);
    found.set(entry.name, [...(found.get(entry.name) ?? []), value]);
  }
  const state: State = {};
  for (const [group, values] of found) {
    if (values.length !== groups[group]?.members || new Set(values).size !== 1)
      throw new Error(`group ${group}: ${values.join()}`);
    state[group] = values[0] ?? 0;
  }
  return state;
}
