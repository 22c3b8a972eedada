import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fuzzMs, fuzzReader, fuzzSeed } from '../../signal/fuzz-support.ts';
import { createSession } from '../create-session.ts';
import { newDocument } from '../documents/build.ts';
import { openItem } from '../open-item.ts';
import { cleanUp, temporaryFolder } from '../testing/folders.ts';

afterAll(cleanUp);

function session(): string {
  const path = join(temporaryFolder(), 'session');
  mkdirSync(path);
  const made = createSession({ path, reference: 'r' });
  const subjects = Array.from({ length: 12 }, (_, at) =>
    newDocument('subject', { 'base.name': `s${at}`, 'subject.local_identifier': `s${at}@lab.org` }),
  );
  made.addDocuments(subjects);
  made.close();
  writeFileSync(join(path, '.ndi', 'reference.txt'), 'r');
  return path;
}

it(
  `damaged databases are read or refused, and left alone (NDI_FUZZ_SEED=${fuzzSeed})`,
  () => {
    const path = session();
    const names = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    const before = names(path);
    return fuzzReader([path], (damaged) => {
      try {
        const item = openItem(damaged);
        if (item.kind !== 'session') return;
        try {
          for (const entry of item.session.documents()) item.session.read(entry);
          item.session.documents({ isa: 'subject' });
        } finally {
          item.session.close();
        }
      } finally {
        expect(names(damaged)).toEqual(before);
      }
    });
  },
  fuzzMs,
);
