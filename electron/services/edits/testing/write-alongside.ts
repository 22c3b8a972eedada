/**
 * One of several processes that change the same session at the same time: adds documents with a file, changes and
 * removes some of its own, and tells at the end what it has left there.
 */
import { writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { withFile } from '../../../../shared/model/document-files.ts';
import { documentId } from '../../../../shared/model/documents.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { newDocument } from '../../../ndi/documents/build.ts';
import { OpenItems } from '../../open-items.ts';
import { EditService } from '../edits.ts';

const [path = '', scratch = '', name = '', rounds = '0'] = process.argv.slice(2);
const edits = new EditService(new OpenItems());
const file = join(scratch, `${name}.bin`);
writeFileSync(file, name);
const left = new Map<string, number>();
let busy = 0;

writeSync(1, 'ready\n');
for (let round = 0; round < Number(rounds); round += 1) {
  const added = Array.from({ length: 3 }, () =>
    withFile(newDocument('demoNDI', { 'base.name': name, 'demoNDI.value': round }), 'filename1.ext', file),
  );
  const [gone, changed] = [...left.keys()];
  await again(() => edits.change({ path }, { add: added, remove: gone === undefined ? [] : [gone] }, 'Add'));
  for (const one of added) left.set(documentId(one), round);
  if (gone !== undefined) left.delete(gone);
  if (changed === undefined) continue;
  const value = { kind: 'set', path: 'demoNDI.value', value: -round } as const;
  await again(() => edits.edit({ path, documents: [{ id: changed, edits: [value] }] }));
  left.set(changed, -round);
}
writeSync(1, `${JSON.stringify({ busy, left: [...left] })}\n`);
edits.close();

/** What a person does who is told that the session is busy. */
async function again(action: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await action();
      return;
    } catch (error) {
      if (!(error instanceof NdiError) || error.code !== 'database.busy') throw error;
      busy += 1;
    }
  }
}
