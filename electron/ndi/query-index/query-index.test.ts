import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { where } from '../../../shared/model/query-builder.ts';
import { createSession } from '../create-session.ts';
import { databaseFile, DocumentDatabase } from '../database/database.ts';
import { newDocument } from '../documents/build.ts';
import { ndiFolder } from '../folder.ts';
import { openSession } from '../session.ts';
import { openIndexFile } from './index-file.ts';

const root = temporaryFolder();
let sessions = 0;

function sessionWith(count: number) {
  const path = join(root, `session ${(sessions += 1)}`);
  mkdirSync(path);
  const session = createSession({ path, reference: 'r' });
  const subjects = Array.from({ length: count }, (_, at) =>
    newDocument('subject', { 'subject.local_identifier': `s${at}@lab.org`, 'base.name': `subject ${at}` }),
  );
  session.addDocuments(subjects);
  return { path, session, indexFolder: join(root, 'indexes') };
}

const named = (name: string) => ({ query: where('base.name').is(name).query });

describe('the query index of a session', () => {
  it('answers as the documents do, follows every change, and leaves the session untouched', () => {
    const { path, session, indexFolder } = sessionWith(30);
    const before = readdirSync(ndiFolder(path)).sort();
    const reader = openSession(path, { indexFolder });
    expect(reader.quick?.isReady()).toBe(true);
    expect(reader.documents({ isa: 'subject' })).toHaveLength(30);
    const [found] = reader.documents(named('subject 7'));
    expect(found).toMatchObject({ class: 'subject', name: 'subject 7', sessionId: session.id });
    expect(found?.dependencies).toEqual([]);
    expect(readdirSync(ndiFolder(path)).sort()).toEqual(before);

    session.addDocuments([newDocument('subject', { 'subject.local_identifier': 'new@lab.org', 'base.name': 'late' })]);
    expect(reader.documents(named('late'))).toHaveLength(1);
    session.removeDocuments([found?.id ?? '']);
    expect(reader.documents(named('subject 7'))).toEqual([]);
    expect(reader.classes()).toEqual([
      { class: 'session', count: 1 },
      { class: 'subject', count: 30 },
    ]);
    expect(reader.entry(found?.id ?? '')).toBeUndefined();
    reader.close();
    session.close();
  });

  it('sees a document whose row was written anew in place', () => {
    const { path, session, indexFolder } = sessionWith(3);
    session.close();
    const reader = openSession(path, { indexFolder });
    expect(reader.documents(named('subject 1'))).toHaveLength(1);
    const other = new DatabaseSync(join(ndiFolder(path), databaseFile));
    other.exec(
      `UPDATE docs SET json_code = replace(json_code, '"subject 1"', '"another"') WHERE json_code LIKE '%"subject 1"%'`,
    );
    other.close();
    expect(reader.documents(named('another'))).toHaveLength(1);
    expect(reader.documents(named('subject 1'))).toEqual([]);
    reader.close();
  });

  it('is built anew when its file is damaged, foreign or gone', () => {
    const { path, session, indexFolder } = sessionWith(5);
    session.close();
    const ask = () => {
      const reader = openSession(path, { indexFolder });
      try {
        return [reader.documents({ isa: 'subject' }).length, reader.quick?.isReady()];
      } finally {
        reader.close();
      }
    };
    expect(ask()).toEqual([5, true]);
    const fileOf = () => {
      const { database, path: found } = openIndexFile(indexFolder, join(ndiFolder(path), databaseFile));
      database.close();
      return found;
    };
    const file = fileOf();
    writeFileSync(file, 'no database at all');
    expect(ask()).toEqual([5, true]);
    expect(fileOf()).not.toBe(file);
    const index = new DatabaseSync(fileOf());
    index.exec('DROP TABLE posting');
    index.close();
    const reader = openSession(path, { indexFolder });
    expect(reader.documents(named('subject 2'))).toHaveLength(1);
    reader.close();
    expect(ask()).toEqual([5, true]);
  });

  it('answers by the documents themselves where no index can be kept', () => {
    const { path, session } = sessionWith(4);
    session.close();
    const blocked = join(root, 'a file');
    writeFileSync(blocked, '');
    const reader = openSession(path, { indexFolder: join(blocked, 'indexes') });
    expect(reader.documents({ isa: 'subject' })).toHaveLength(4);
    expect(reader.quick?.isPossible()).toBe(false);
    reader.close();
  });

  it('is built in the background for a large database; until then it answers for what it has seen', async () => {
    const { path, session, indexFolder } = sessionWith(2_500);
    session.close();
    const database = new DocumentDatabase(ndiFolder(path), 'read', { indexFolder });
    const { quick } = database;
    expect(quick?.isReady()).toBe(false);
    expect(quick?.askPartly((search) => search.count({}))).toEqual({ answer: 0 });
    const seen: number[] = [];
    await quick?.build(({ done }) => seen.push(done));
    expect(seen.at(-1)).toBe(2_501);
    expect(quick?.isReady()).toBe(true);
    expect(database.count({ isa: 'subject' })).toBe(2_500);
    database.close();
  });
});
