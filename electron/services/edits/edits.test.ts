import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { documentId, type NdiDocument, withDependency } from '../../../shared/model/documents.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { createSession } from '../../ndi/create-session.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { cleanUp, fingerprint, temporaryFolder } from '../../ndi/testing/folders.ts';
import { Jobs } from '../jobs.ts';
import { OpenItems } from '../open-items.ts';
import { EditService } from './edits.ts';

afterAll(cleanUp);

const opened: { items: OpenItems; edits: EditService }[] = [];
afterEach(() => {
  for (const { items, edits } of opened.splice(0)) {
    edits.close();
    items.closeAll();
  }
});

function session(documents: NdiDocument[] = []): { path: string; items: OpenItems; edits: EditService } {
  const path = temporaryFolder();
  createSession({ path, reference: 'r', documents }).close();
  const items = new OpenItems();
  const edits = new EditService(items);
  opened.push({ items, edits });
  return { path, items, edits };
}

/** Every row of the tables but for those that only grow, and every stored file. */
function contents(path: string): unknown {
  const database = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'), { readOnly: true });
  const all = (sql: string) => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement
      .all()
      .map((row) => Object.values(row).map((value) => (typeof value === 'bigint' ? `${value}i` : value)));
  };
  const rows = ['docs ORDER BY doc_idx', 'branch_docs ORDER BY doc_idx', 'files ORDER BY uid'].map((table) =>
    all(`SELECT * FROM ${table}`),
  );
  const data = all(
    'SELECT doc_idx, field_name, value FROM doc_data JOIN fields USING (field_idx) ORDER BY doc_idx, field_idx',
  );
  database.close();
  const store = join(path, '.ndi', 'files');
  return { rows, data, files: readdirSync(store).map((name) => [name, readFileSync(join(store, name), 'utf8')]) };
}

const subject = (name: string) =>
  newDocument('subject', { 'base.name': name, 'subject.local_identifier': name, 'subject.description': 'a ferret' });
const element = (of: NdiDocument) =>
  withDependency(
    newDocument('element', { 'element.name': 'ctx', 'element.reference': 1, 'element.type': 'n-trode' }),
    'subject_id',
    documentId(of),
  );
const code = (wanted: string) => expect.objectContaining({ code: wanted }) as Error;

describe('editing documents', () => {
  it('completes a draft without an id: defaults, id and date, and what it says itself', async () => {
    const animal = subject('a@lab');
    const { path, items, edits } = session([animal]);
    const { ids } = await edits.add({
      path,
      documents: [
        {
          document_class: { class_name: 'element' },
          base: { id: '', name: 'mine' },
          element: { name: 'ctx', reference: 2, type: 'n-trode' },
          depends_on: [{ name: 'subject_id', value: documentId(animal) }],
        },
      ],
    });
    const made = items.session(path).document(ids[0] ?? '');
    expect(made['base']).toMatchObject({ name: 'mine', id: expect.stringMatching(/^[0-9a-f]{16}_/) as string });
    expect(made['element']).toMatchObject({ name: 'ctx', reference: 2, direct: expect.anything() as number });
    expect((await edits.validate({ path })).problems).toEqual([]);
  });

  it('changes fields, dependencies and files under the same id, as one step that comes back to the byte', async () => {
    const [one, two] = [subject('a@lab'), subject('b@lab')];
    const source = join(temporaryFolder(), 'x.bin');
    writeFileSync(source, 'first');
    const part = element(one);
    const demo = withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', source);
    const { path, items, edits } = session([one, two, part, demo]);
    const before = contents(path);
    writeFileSync(source, 'second');
    const result = await edits.edit({
      path,
      documents: [
        { id: documentId(one), edits: [{ kind: 'set', path: 'subject.description', value: 'an ünusual "ferret"' }] },
        { id: documentId(part), edits: [{ kind: 'dependency', name: 'subject_id', value: documentId(two) }] },
        {
          id: documentId(demo),
          edits: [
            { kind: 'set', path: 'demoNDI', value: { value: 7 } },
            { kind: 'removeFile', name: 'filename1.ext' },
            { kind: 'addFile', name: 'filename1.ext', location: source },
          ],
        },
      ],
    });
    expect(result.history.undo).toMatchObject({ documents: 3, title: 'Change 4 fields of 3 documents' });
    const now = items.session(path);
    expect(now.document(documentId(one))).toMatchObject({ subject: { description: 'an ünusual "ferret"' } });
    expect(now.document(documentId(demo))).toMatchObject({ demoNDI: { value: 7 } });
    expect(now.dependents(documentId(two)).map((entry) => entry.id)).toEqual([documentId(part)]);
    expect(readFileSync(now.binaryFile(documentId(demo), 'filename1.ext'), 'utf8')).toBe('second');
    const after = contents(path);
    await edits.undo({ path });
    expect(contents(path)).toEqual(before);
    await edits.redo({ path });
    expect(contents(path)).toEqual(after);
    await edits.undo({ path });
    expect(contents(path)).toEqual(before);
    edits.close();
    expect(readdirSync(join(path, '.ndi')).filter((name) => name.startsWith('ndi-desktop'))).toEqual([]);
  });

  it('refuses what breaks a rule, and changes nothing; says every problem', async () => {
    const one = subject('a@lab');
    const { path, edits } = session([one]);
    const before = fingerprint(path);
    const id = documentId(one);
    const edit = (field: string, value: unknown) =>
      edits.edit({ path, documents: [{ id, edits: [{ kind: 'set', path: field, value }] }] });
    await expect(edit('subject', { local_identifier: 3, description: [1] })).rejects.toThrow(
      /local_identifier.*description/,
    );
    await expect(edit('subject.colour', 'red')).rejects.toThrow(code('document.invalid'));
    await expect(edit('base.id', 'x')).rejects.toThrow(/never changes/);
    await expect(edit('document_class.class_name', 'x')).rejects.toThrow(/never changes/);
    await expect(edit('subject..x', 1)).rejects.toThrow(code('document.invalid'));
    await expect(edit('subject.description', () => 1)).rejects.toThrow(code('document.invalid'));
    await expect(
      edits.edit({ path, documents: [{ id: 'nobody', edits: [{ kind: 'unset', path: 'a' }] }] }),
    ).rejects.toThrow(code('document.notFound'));
    expect(edits.history({ path }).steps).toEqual([]);
    expect(fingerprint(path)).toEqual(before);
  });

  it('leaves a document that already broke a rule editable, and null where a number was not finite', async () => {
    const odd = newDocument('demoNDI', { 'demoNDI.value': 1 });
    const { path, items, edits } = session([odd]);
    const raw = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
    raw.exec(`UPDATE docs SET json_code = replace(json_code, '"value": 1', '"old_field": NaN, "value": Infinity')`);
    raw.close();
    const id = documentId(odd);
    await edits.edit({ path, documents: [{ id, edits: [{ kind: 'set', path: 'base.name', value: 'renamed' }] }] });
    await edits.edit({
      path,
      documents: [{ id, edits: [{ kind: 'set', path: 'demoNDI', value: { old_field: null, value: null } }] }],
    });
    expect(items.session(path).document(id)['demoNDI']).toEqual({ old_field: NaN, value: Infinity });
    await expect(
      edits.edit({ path, documents: [{ id, edits: [{ kind: 'set', path: 'demoNDI.value', value: 'x' }] }] }),
    ).rejects.toThrow(code('document.invalid'));
  });
});

describe('removing and adding documents', () => {
  it('names the dependents, removes them with cascade, and brings all back with their files', async () => {
    const one = subject('a@lab');
    const source = join(temporaryFolder(), 'x.bin');
    writeFileSync(source, 'bytes');
    const demo = withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', source);
    const part = element(one);
    const { path, items, edits } = session([one, part, demo]);
    const before = contents(path);
    await expect(edits.remove({ path, ids: [documentId(one)] })).rejects.toMatchObject({
      code: 'document.hasDependents',
      details: { dependents: [documentId(part)] },
    });
    expect(contents(path)).toEqual(before);
    await edits.remove({ path, ids: [documentId(one), documentId(demo)], cascade: true });
    expect(items.session(path).documents()).toHaveLength(1);
    expect(readdirSync(join(path, '.ndi', 'files'))).toEqual([]);
    const { history } = await edits.undo({ path });
    expect(contents(path)).toEqual(before);
    expect(history).toMatchObject({ undo: null, redo: { documents: 3, title: 'Remove 3 documents' } });
    await edits.redo({ path });
    await edits.undo({ path });
    expect(contents(path)).toEqual(before);
    await expect(edits.undo({ path })).rejects.toThrow(code('edit.nothing'));
  });

  it('makes documents by class, gives them the session, and puts a moved original back when undone', async () => {
    const { path, items, edits } = session();
    const { ids } = await edits.create({
      path,
      documents: [{ class: 'subject', values: { 'subject.local_identifier': 'n@lab' } }],
    });
    expect(items.session(path).document(ids[0] ?? '')).toMatchObject({ subject: { local_identifier: 'n@lab' } });
    const source = join(temporaryFolder(), 'x.bin');
    writeFileSync(source, 'moved');
    const demo = withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', source, {
      deleteOriginal: true,
    });
    await edits.add({ path, documents: [demo] });
    expect(existsSync(source)).toBe(false);
    await edits.undo({ path });
    expect(readFileSync(source, 'utf8')).toBe('moved');
    expect(readdirSync(join(path, '.ndi', 'files'))).toEqual([]);
    await edits.redo({ path });
    expect(readdirSync(join(path, '.ndi', 'files'))).toHaveLength(1);
    await edits.undo({ path });
    await edits.undo({ path });
    expect(items.session(path).documents()).toHaveLength(1);
  });

  it('writes over no newer file where a moved original lay, and finds its place anew where its folder has gone', async () => {
    const { path, items, edits } = session();
    const folder = join(temporaryFolder(), 'recordings');
    const source = join(folder, 'x.bin');
    mkdirSync(folder);
    writeFileSync(source, 'moved');
    const demo = withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', source, {
      deleteOriginal: true,
    });
    await edits.add({ path, documents: [demo] });
    const after = contents(path);
    writeFileSync(source, 'newer');
    await expect(edits.undo({ path })).rejects.toThrow(code('edit.conflict'));
    expect(readFileSync(source, 'utf8')).toBe('newer');
    expect(contents(path)).toEqual(after);
    rmSync(folder, { recursive: true });
    // A file in the place of the folder: the original cannot come back, so nothing is taken back.
    writeFileSync(folder, 'in the way');
    await expect(edits.undo({ path })).rejects.toThrow(NdiError);
    expect(contents(path)).toEqual(after);
    rmSync(folder);
    await edits.undo({ path });
    expect(readFileSync(source, 'utf8')).toBe('moved');
    expect(items.session(path).documents()).toHaveLength(1);
    await edits.redo({ path });
    await edits.undo({ path });
    expect(readFileSync(source, 'utf8')).toBe('moved');
  });

  it('takes back what was made only to be stored', async () => {
    const { path, items, edits } = session();
    const folder = join(path, '.ndi', 'tmp-made');
    mkdirSync(folder);
    writeFileSync(join(folder, 'made.bin'), 'made');
    const document = newDocument('demoNDI', { 'demoNDI.value': 1 });
    await edits.add({
      path,
      documents: [withFile(document, 'filename1.ext', join(folder, 'made.bin'), { deleteOriginal: true })],
    });
    rmSync(folder, { recursive: true });
    const { history } = await edits.undo({ path });
    expect(history.undo).toBeNull();
    expect(existsSync(folder)).toBe(false);
    await edits.redo({ path });
    expect(readFileSync(items.session(path).binaryFile(documentId(document), 'filename1.ext'), 'utf8')).toBe('made');
  });

  it('does not take back what somebody else has changed since', async () => {
    const one = subject('a@lab');
    const { path, items, edits } = session([one]);
    const id = documentId(one);
    await edits.edit({ path, documents: [{ id, edits: [{ kind: 'set', path: 'base.name', value: 'mine' }] }] });
    const other = new EditService(items);
    await other.edit({ path, documents: [{ id, edits: [{ kind: 'set', path: 'base.name', value: 'theirs' }] }] });
    await expect(edits.undo({ path })).rejects.toThrow(code('edit.conflict'));
    expect(items.session(path).document(id)).toMatchObject({ base: { name: 'theirs' } });
    other.close();
  });

  it('writes nothing over what was not seen when the change was decided', async () => {
    const [one, other] = [subject('a@lab'), subject('b@lab')];
    const linked = element(one);
    const { path, items, edits } = session([one, other, linked]);
    const id = documentId(one);
    const set = (value: string, seen?: { path: string; value: unknown }[]) =>
      edits.edit({
        path,
        documents: [
          {
            id,
            edits: [{ kind: 'set', path: 'subject.description', value }],
            ...(seen === undefined ? {} : { seen }),
          },
        ],
      });
    await set('an old ferret', [{ path: 'subject.description', value: 'a ferret' }]);
    const again = set('a young ferret', [{ path: 'subject.description', value: 'a ferret' }]);
    await expect(again).rejects.toMatchObject({
      code: 'edit.conflict',
      message: expect.stringMatching(/description.*an old ferret/) as string,
    });
    await set('has no weight', [{ path: 'subject.weight', value: null }]);
    expect(items.session(path).document(id)).toMatchObject({ subject: { description: 'has no weight' } });

    const depend = (on: string, seen: string) =>
      edits.edit({
        path,
        documents: [
          {
            id: documentId(linked),
            edits: [{ kind: 'dependency', name: 'subject_id', value: on }],
            seen: [{ path: 'depends_on.subject_id', value: seen }],
          },
        ],
      });
    await depend(documentId(other), id);
    await expect(depend(documentId(other), id)).rejects.toThrow(code('edit.conflict'));
  });

  it('undoes the step that is named, and no other', async () => {
    const { path, items, edits } = session();
    const first = (await edits.add({ path, documents: [subject('a@lab')], title: 'Add a' })).history.undo?.id ?? '';
    const second = (await edits.add({ path, documents: [subject('b@lab')], title: 'Add b' })).history.undo?.id ?? '';
    await expect(edits.undo({ path, step: first })).rejects.toMatchObject({
      code: 'edit.conflict',
      message: expect.stringContaining('“Add b”') as string,
    });
    await edits.undo({ path, step: second });
    await expect(edits.redo({ path, step: first })).rejects.toThrow(code('edit.conflict'));
    await edits.undo({ path, step: first });
    expect(items.session(path).documents()).toHaveLength(1);
  });

  it('forgets what was undone once something new is done, and tells everybody of every change', async () => {
    const { path, edits } = session();
    const stop = new AbortController();
    const changes = edits.changes(stop.signal);
    expect((await changes.next()).value).toEqual([]);
    const next = changes.next();
    await edits.add({ path, documents: [subject('a@lab')], title: 'Add the ferret' });
    expect((await next).value).toMatchObject([{ path, revision: 1, undo: { title: 'Add the ferret' } }]);
    await edits.undo({ path });
    await edits.add({ path, documents: [subject('b@lab')] });
    await expect(edits.redo({ path })).rejects.toThrow(code('edit.nothing'));
    expect(edits.history({ path }).steps).toHaveLength(1);
    stop.abort();
    await changes.return(undefined);
  });
});

describe('other programs at the same time', () => {
  const hold = (path: string, seconds: number) =>
    spawn(
      'python3',
      [
        '-c',
        `import sqlite3,sys,time
c=sqlite3.connect(sys.argv[1],isolation_level=None)
c.execute("begin exclusive")
print("held",flush=True)
time.sleep(float(sys.argv[2]))
c.execute("commit")`,
        join(path, '.ndi', 'did-sqlite.sqlite'),
        String(seconds),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
  const hasPython = canRun('python3');

  it.skipIf(!hasPython)('waits for a lock that goes in time', async () => {
    const { path, items, edits } = session();
    items.find(path);
    const python = hold(path, 1);
    await once(python.stdout, 'data');
    await edits.add({ path, documents: [subject('a@lab')] });
    expect(items.session(path).documents()).toHaveLength(2);
  });
});

function canRun(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('checking the rules of stored documents', () => {
  const many = () => session(Array.from({ length: 900 }, () => newDocument('demoNDI', { 'demoNDI.value': 1 })));

  it('tells how far it is, and counts more problems than it lists', async () => {
    const { path, items } = many();
    const database = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
    database.exec(`UPDATE docs SET json_code = replace(json_code, '"value": 1', '"value": "x", "a": 1')`);
    database.close();
    const jobs = new Jobs();
    const edits = new EditService(items, jobs);
    const checking = edits.validate({ path });
    expect(jobs.list()).toMatchObject([{ state: 'running', cancellable: true }]);
    const { ok, documents, found, problems } = await checking;
    expect({ ok, documents }).toEqual({ ok: false, documents: 901 });
    expect(found).toBeGreaterThanOrEqual(900);
    expect(problems.length).toBeLessThanOrEqual(found);
    expect(jobs.list()).toMatchObject([{ state: 'done', fraction: 1 }]);
    edits.close();
  });

  it('stops when its job or its call is cancelled', async () => {
    const { path, items } = many();
    const jobs = new Jobs();
    const edits = new EditService(items, jobs);
    const checking = edits.validate({ path });
    jobs.cancel(jobs.list()[0]?.id ?? '');
    await expect(checking).rejects.toMatchObject({ code: 'app.cancelled' });
    await expect(edits.validate({ path }, AbortSignal.abort())).rejects.toMatchObject({ code: 'app.cancelled' });
    edits.close();
  });
});
