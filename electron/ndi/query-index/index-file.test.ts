import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { cleanUp, temporaryFolder } from '../testing/folders.ts';
import { indexPath, openIndexAsItIs, openIndexFile } from './index-file.ts';

afterAll(cleanUp);

it('an index that is not there, or not laid out, is waited for: it says nothing of the database', () => {
  const folder = temporaryFolder();
  const database = join(folder, 'did-sqlite.sqlite');
  writeFileSync(database, '');
  const busy = expect.objectContaining({ code: 'database.busy' }) as Error;
  expect(() => openIndexAsItIs(folder, database)).toThrow(busy);
  writeFileSync(indexPath(folder, database), '');
  expect(() => openIndexAsItIs(folder, database)).toThrow(busy);
  openIndexFile(folder, database).close();
  const index = openIndexAsItIs(folder, database);
  expect(index.isOpen).toBe(true);
  index.close();
});
