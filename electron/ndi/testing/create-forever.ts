/** Creates sessions in numbered folders until it is killed: run by the test of crash safety. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withFile } from '../../../shared/model/document-files.ts';
import { createSession } from '../create-session.ts';
import { newDocument } from '../documents/build.ts';

const [root = '', source = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
for (let number = 0; ; number += 1) {
  const path = join(root, String(number).padStart(6, '0'));
  mkdirSync(path);
  const first = newDocument('demoNDI', { 'demoNDI.value': 1 });
  const session = createSession({ path, reference: 'r', documents: [first] });
  session.addDocuments(
    [2, 3].map((value) => withFile(newDocument('demoNDI', { 'demoNDI.value': value }), 'filename1.ext', source)),
  );
  session.close();
}
