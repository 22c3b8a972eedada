/**
 * Edits a session at random until it is killed: run by the test of crash safety. The session holds groups of documents;
 * all documents of a group hold one number, in a field and in a file. Every action changes whole groups, so a state that
 * lies between before and after shows. Tells on standard output what it is about to reach, and when it is there.
 */
import { writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { withFile } from '../../../../shared/model/document-files.ts';
import { type NdiDocument, withValues } from '../../../../shared/model/documents.ts';
import { newDocument } from '../../../ndi/documents/build.ts';
import { OpenItems } from '../../open-items.ts';
import { EditService } from '../edits.ts';
import { groups, readState, type State } from './group-state.ts';

const [path = '', scratch = '', start = '0'] = process.argv.slice(2);
const items = new OpenItems();
const edits = new EditService(items);
let number = Number(start);
const past: State[] = [readState(items.session(path))];
const future: State[] = [];
const say = (message: unknown) => writeSync(1, `${JSON.stringify(message)}\n`);

say({ state: past[0] });
for (;;) {
  const state = past.at(-1) ?? {};
  const choice = Math.random();
  if (choice < 0.2 && past.length > 1) {
    say({ doing: past.at(-2) });
    await edits.undo({ path });
    future.push(past.pop() ?? {});
  } else if (choice < 0.3 && future.length > 0) {
    say({ doing: future.at(-1) });
    await edits.redo({ path });
    past.push(future.pop() ?? {});
  } else {
    await changeGroups(state);
  }
  say({ state: past.at(-1) });
}

async function changeGroups(state: State): Promise<void> {
  const some = Object.keys(groups).filter((group) => Math.random() < (group === 'crowd' ? 0.2 : 0.4));
  const chosen = some.length > 0 ? some : ['0'];
  number += 1;
  const file = join(scratch, `${number}.bin`);
  writeFileSync(file, String(number).padEnd(3000, ' '));
  const [there, missing] = [chosen.filter((group) => group in state), chosen.filter((group) => !(group in state))];
  const removed = there.filter(() => Math.random() < 0.4);
  const kept = Object.entries(state).filter(([group]) => !removed.includes(group));
  const after: State = Object.fromEntries(kept);
  for (const group of chosen) if (!removed.includes(group)) after[group] = number;
  const session = items.session(path);
  const stored = session.documents({ class: 'demoNDI' });
  const ids = (of: readonly string[]) => stored.filter((one) => of.includes(one.name)).map((one) => one.id);
  say({ doing: after });
  await edits.change(
    { path },
    {
      remove: ids(removed),
      add: missing.flatMap((group) =>
        Array.from({ length: groups[group]?.members ?? 0 }, () =>
          newNumber(newDocument('demoNDI', { 'base.name': group }), group, file),
        ),
      ),
      replace: there
        .filter((group) => !removed.includes(group))
        .flatMap((group) =>
          ids([group]).map((id) => ({
            id,
            edit: (document) => newNumber({ ...document, files: { file_list: ['filename1.ext'] } }, group, file),
          })),
        ),
    },
    'Change groups',
  );
  past.push(after);
  future.length = 0;
}

function newNumber(document: NdiDocument, group: string, file: string): NdiDocument {
  const numbered = withValues(document, { 'demoNDI.value': number });
  return groups[group]?.hasFiles === true ? withFile(numbered, 'filename1.ext', file) : numbered;
}
