import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { documentId, withDependency } from '../../../shared/model/documents.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { createSession } from '../../ndi/create-session.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { openSession } from '../../ndi/session.ts';
import { cleanUp, copyOf, temporaryFolder } from '../../ndi/testing/folders.ts';
import { hasPython } from '../../ndi/testing/python.ts';
import { writeIntan } from '../imports/testing/made-recordings.ts';
import { createDirectClient } from '../router.ts';
import { createServices, type Services } from '../services.ts';
import { python, pythonScript, readByPython } from './testing/independent.ts';

let services: Services;
let client: ReturnType<typeof createDirectClient>;
let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = temporaryFolder();
  services = createServices({ door: 'cli', dataFolder: at('app') });
  client = createDirectClient(services);
});
afterEach(() => services.close());
afterAll(cleanUp);

describe.skipIf(!hasPython)('what this application writes, as an independent reader finds it', () => {
  it('sessions made by hand, with values of every kind, before and after each kind of edit', async () => {
    const path = at('mine');
    mkdirSync(path);
    writeFileSync(at('x.bin'), 'bytes');
    const subject = newDocument('subject', { 'base.name': 'mäuse 日本', 'subject.local_identifier': 'a@b' });
    const element = withDependency(
      newDocument('element', { 'element.name': 'ctx', 'element.reference': 1, 'element.type': 'n-trode' }),
      'subject_id',
      documentId(subject),
    );
    const parts = [
      {
        name: 'a',
        range: [1, 2, 3],
        empty: [],
        nested: {
          deep: [
            [1, 2],
            [3, 4],
          ],
        },
      },
      { name: 'b' },
    ];
    const free = {
      flag: true,
      none: null,
      nan: Number.NaN,
      far: Number.POSITIVE_INFINITY,
      words: ['a', 'b'],
      mixed: [1, 'a'],
    };
    const other = newDocument('demoNDI', {
      // Without a schema NDI checks nothing: any value can be stored.
      'document_class.validation': '',
      demoNDI: { ...free, one: [{ only: 1 }], parts, 'long text': 'x'.repeat(5000), demoNDI: { inner: -0.195 } },
    });
    const demo = withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', at('x.bin'));
    createSession({ path, reference: 'mine', documents: [subject, element, other, demo] }).close();
    const whole = { session: 1, subject: 1, element: 1, demoNDI: 2 };
    expect(readByPython(path)).toMatchObject({ problems: [], counts: whole });
    await client.edits.edit({
      path,
      documents: [
        { id: documentId(subject), edits: [{ kind: 'set', path: 'subject.description', value: 'ein "Zitat"' }] },
        {
          id: documentId(demo),
          edits: [
            { kind: 'removeFile', name: 'filename1.ext' },
            { kind: 'addFile', name: 'filename1.ext', location: at('x.bin') },
          ],
        },
      ],
    });
    expect(readByPython(path).problems).toEqual([expect.stringContaining('ndi-desktop')]);
    await client.edits.remove({ path, ids: [documentId(subject), documentId(demo)], cascade: true });
    await client.edits.undo({ path });
    await client.edits.undo({ path });
    await client.edits.redo({ path });
    services.edits.close();
    expect(readByPython(path)).toMatchObject({ problems: [], counts: whole });
    await client.edits.remove({ path, ids: [documentId(other)] });
    await client.edits.add({ path, documents: [{ ...other }] });
    services.edits.close();
    expect(readByPython(path)).toMatchObject({ problems: [], counts: whole });
  });

  it('imported sessions, the sample session, and datasets that link and hold sessions', async () => {
    await writeIntan(at('rig/t1/a.rhd'), 3, 1);
    await client.imports.create({ sessionDir: at('rig'), reference: 'rig', from: at('rig'), subject: 'f@lab' });
    expect(readByPython(at('rig'))).toMatchObject({ problems: [], counts: { daqsystem: 1, subject: 1 } });
    await client.datasets.create({ path: at('ds'), reference: 'published' });
    const empty = await client.imports.create({ sessionDir: at('one'), reference: 'one', subject: 'a@b' });
    await client.datasets.add({ path: at('ds'), session: at('one') });
    await client.datasets.convert({ path: at('ds'), sessionId: empty.id });
    await client.edits.create({
      path: at('ds'),
      sessionId: empty.id,
      documents: [{ class: 'demoNDI', values: { 'demoNDI.value': 3 } }],
    });
    services.edits.close();
    expect(readByPython(at('ds'))).toMatchObject({ problems: [], counts: { session: 2, subject: 1, demoNDI: 1 } });
    await client.demo.make({ folder: at('demo') });
    expect(readByPython(at('demo'))).toMatchObject({ problems: [], counts: { element: 11, stimulus_presentation: 3 } });
  });

  it.skipIf(!hasFixtures)('a dataset of MATLAB, edited here', async () => {
    const path = copyOf(fixturePath('ndi-dataset', 'oldDataset'));
    const before = readByPython(path);
    expect(before).toMatchObject({ problems: [], counts: { demoNDI: 5, session: 2 } });
    const { documents } = await client.documents.list({ path, class: 'demoNDI', sort: 'name' });
    const id = documents[0]?.id ?? '';
    await client.edits.edit({ path, documents: [{ id, edits: [{ kind: 'set', path: 'demoNDI.value', value: 10 }] }] });
    await client.edits.remove({ path, ids: [documents[1]?.id ?? ''] });
    services.edits.close();
    expect(readByPython(path)).toMatchObject({ problems: [], counts: { ...before.counts, demoNDI: 4 } });
  });
});

describe.skipIf(!hasPython)('what other programs write', () => {
  it.each(['matlab', 'python'])(
    'in the layout of NDI-%s opens, is queried, edited, and comes back to the byte',
    async (kind) => {
      const path = at(kind);
      const { session, ids } = python(pythonScript('write_session.py'), kind, path) as {
        session: string;
        ids: string[];
      };
      const [, subject = '', element = '', epoch = '', kept = '', removed = ''] = ids;
      const foreign = kind === 'python' ? ['--foreign'] : [];
      expect(await client.items.info({ path })).toMatchObject({ kind: 'session', id: session, reference: 'exp' });
      const find = async (request: object) =>
        (await client.documents.list({ path, sort: 'id', ...request })).documents.map((one) => one.id);
      expect(await find({ isa: 'base' })).toHaveLength(kind === 'python' ? 6 : 5);
      expect(await find({ isa: 'epochid' })).toEqual([epoch]);
      expect(await find({ dependsOn: { name: 'subject_id', id: subject } })).toEqual([element]);
      const query = (field: string, operation: string, param1: unknown) =>
        find({ where: [{ field, operation, param1, param2: '' }] });
      expect(await query('demoNDI.value', 'exact_number', 5)).toEqual([kept]);
      expect(await query('base.name', 'contains_string', '@LAB')).toEqual([subject]);
      const file = await client.documents.file({ path, id: kept, name: 'filename1.ext' });
      expect(await file.head.text()).toBe('content of kept');
      const before = snapshot(path);
      await client.edits.edit({
        path,
        documents: [
          { id: epoch, edits: [{ kind: 'set', path: 'element_epoch.t0_t1', value: [0, 12.5] }] },
          { id: kept, edits: [{ kind: 'set', path: 'base.name', value: 'renamed' }] },
        ],
      });
      expect(await query('base.name', 'exact_string', 'renamed')).toEqual([kept]);
      expect(await client.documents.file({ path, id: kept, name: 'filename1.ext' })).toMatchObject({ sizeBytes: 15 });
      await expect(client.edits.remove({ path, ids: [subject] })).rejects.toMatchObject({
        data: { code: 'document.hasDependents', details: { dependents: [element, epoch] } },
      });
      await client.edits.remove({ path, ids: [subject, kept], cascade: true });
      expect(existsSync(join(path, '.ndi', 'files', kept.slice(0, 17) + 'f'.repeat(16)))).toBe(false);
      for (let step = 0; step < 2; step += 1) await client.edits.undo({ path });
      expect(snapshot(path)).toEqual(before);
      // What MATLAB removed left its row and its file behind: the id can be used again.
      if (kind === 'matlab') {
        const again = newDocument('demoNDI', { 'base.id': removed, 'base.name': 'again', 'demoNDI.value': 7 });
        await client.edits.add({ path, documents: [again] });
        expect(await query('demoNDI.value', 'exact_number', 7)).toEqual([removed]);
      }
      services.edits.close();
      expect(readByPython(path, ...foreign).problems).toEqual([]);
      const session2 = openSession(path);
      expect(session2.problems()).toEqual([]);
      session2.close();
    },
  );

  it('as a dataset of NDI-matlab opens with its members, and is edited in one of them', async () => {
    const path = at('set');
    const { session, ids } = python(pythonScript('write_session.py'), 'dataset', path) as {
      session: string;
      ids: string[];
    };
    expect(readByPython(path).problems).toEqual([]);
    const info = await client.items.info({ path });
    expect(info).toMatchObject({ kind: 'dataset', reference: 'set' });
    const { sessions } = info as Extract<typeof info, { kind: 'dataset' }>;
    expect(sessions.map(({ id, linked }) => [id, linked]).sort()).toEqual(
      [
        [session, false],
        ['412694f69aaf1111_40dbbdf6582271b2', true],
      ].sort(),
    );
    const kept = ids[4] ?? '';
    const of = { path, sessionId: session };
    expect((await client.documents.list({ ...of, class: 'demoNDI' })).documents.map(({ id }) => id)).toEqual([kept]);
    const edits = [{ kind: 'set' as const, path: 'demoNDI.value', value: 9 }];
    await client.edits.edit({ ...of, documents: [{ id: kept, edits }] });
    services.edits.close();
    expect(readByPython(path)).toMatchObject({
      problems: [],
      counts: { session_in_a_dataset: 2, demoNDI: 1, subject: 1 },
    });
  });
});

/** All rows and stored files, as Python sees them. */
function snapshot(path: string): unknown {
  const code = `import sqlite3,sys,json,os
c=sqlite3.connect("file:"+sys.argv[1]+"/.ndi/did-sqlite.sqlite?mode=ro",uri=True)
t={n:[list(map(repr,r)) for r in c.execute("select * from "+n+" order by 1,2,3")] for n in ("docs","branch_docs","files","doc_data")}
t["store"]=sorted((n,open(sys.argv[1]+"/.ndi/files/"+n).read()) for n in os.listdir(sys.argv[1]+"/.ndi/files"))
print(json.dumps(t))`;
  return python('-c', code, path);
}
