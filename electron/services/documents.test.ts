import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { fixturePath, hasFixtures } from '../../build/testing/fixtures.ts';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { createSession } from '../ndi/create-session.ts';
import { newDocument } from '../ndi/documents/build.ts';
import { DocumentsService } from './documents.ts';
import { Jobs } from './jobs.ts';
import { OpenItems } from './open-items.ts';
import { QueryIndexes } from './query-indexes.ts';

const folder = temporaryFolder();

describe.skipIf(!hasFixtures)('the dataset that NDI-matlab wrote', () => {
  const path = fixturePath('ndi-dataset', 'oldDataset');
  const items = new OpenItems();
  const jobs = new Jobs();
  const documents = new DocumentsService(items, new QueryIndexes(jobs), jobs);
  const session = '412694f69aafaba3_40dbbdf6582271b2';

  test('has its classes with counts, for the dataset and for its session', async () => {
    expect(await documents.classes(path)).toEqual([
      { class: 'dataset_session_info', count: 1 },
      { class: 'demoNDI', count: 5 },
      { class: 'session', count: 2 },
    ]);
    expect(await documents.classes(path, session)).toEqual([
      { class: 'demoNDI', count: 5 },
      { class: 'session', count: 1 },
    ]);
  });

  test('answers lists by class, query and text, in pages and in order', async () => {
    const where = [{ field: 'demoNDI.value', operation: 'greaterthan', param1: 3, param2: '' }];
    expect((await documents.list({ path, where, sort: 'name' })).documents.map((one) => one.name)).toEqual([
      'doc_4',
      'doc_5',
    ]);
    const page = await documents.list({ path, class: 'demoNDI', sort: 'name', descending: true, offset: 1, limit: 2 });
    expect(page).toMatchObject({ total: 5, documents: [{ name: 'doc_4' }, { name: 'doc_3' }] });
    expect((await documents.list({ path, text: 'DOC_2' })).total).toBe(1);
    expect((await documents.list({ path, isa: 'base' })).total).toBe(8);
  });

  test('gives a document with its file, and the bytes of that file', async () => {
    const id = '412694f69ab19eb0_40dcc7544b5b9e1c';
    const detail = documents.get({ path, id });
    expect(detail).toMatchObject({
      summary: { class: 'demoNDI', name: 'doc_1', sessionId: session },
      superclasses: ['base'],
      document: { demoNDI: { value: 1 } },
      files: [{ name: 'filename1.ext', uid: '412694f69ab27668_c0ce4d32f2417873', sizeBytes: 5 }],
    });
    const file = await documents.file({ path, id, name: 'filename1.ext' });
    expect(await file.head.text()).toBe('doc_1');
    await expect(documents.file({ path, id, name: 'other' })).rejects.toMatchObject({ code: 'document.fileMissing' });
  });

  test.each(['csv', 'json', 'parquet'] as const)('is exported as %s, and read back', async (to) => {
    const out = join(folder, `out.${to}`);
    const columns = ['id', 'base.name', 'demoNDI.value'];
    const request = { path, class: 'demoNDI', sort: 'name', to, columns, out };
    expect(await documents.export(request)).toMatchObject({ path: out, documents: 5, columns });
    const { file } = await documents.download(request);
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect(bytes).toEqual(new Uint8Array(readFileSync(out)));
    const rows = await readTable(to, bytes);
    expect(rows.map((row) => row['base.name'])).toEqual(['doc_1', 'doc_2', 'doc_3', 'doc_4', 'doc_5']);
    expect(rows.map((row) => Number(row['demoNDI.value']))).toEqual([1, 2, 3, 4, 5]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('is exported whole, or with every field that holds a value', async () => {
    const whole = await documents.download({ path, class: 'demoNDI', to: 'json' });
    expect(JSON.parse(await whole.file.text())).toHaveLength(5);
    const table = await documents.download({ path, to: 'csv' });
    const [head] = (await table.file.text()).split('\r\n');
    expect(head).toContain('id,class,name,sessionId,datestamp,');
    expect(head).toContain('demoNDI.value');
  });

  test('is not changed by a byte, nor is a file added', async () => {
    const before = treeHash(path);
    const mine = new OpenItems();
    const service = new DocumentsService(mine, new QueryIndexes(jobs), jobs);
    await service.full({ path });
    await service.classes(path);
    mine.closeAll();
    expect(treeHash(path)).toBe(before);
  });
});

describe('a session of our own', () => {
  const path = join(folder, 'session "ü" ' + 'x'.repeat(200));
  cpSync(temporaryFolder(), path, { recursive: true });
  const session = createSession({ path, reference: 'mine' });
  const subject = newDocument('subject', { 'subject.local_identifier': 'a@b.org', 'base.name': 'a@b.org' });
  session.addDocuments([subject]);
  const items = new OpenItems();
  const jobs = new Jobs();
  const documents = new DocumentsService(items, new QueryIndexes(jobs), jobs);

  test('shows what is written to it later', async () => {
    expect((await documents.list({ path })).total).toBe(2);
    session.addDocuments([newDocument('subject', { 'subject.local_identifier': 'c@d.org' })]);
    session.close();
    expect((await documents.list({ path, class: 'subject' })).total).toBe(2);
  });

  test('an unknown id and a path without a session are typed errors', async () => {
    expect(() => documents.get({ path, id: 'nope' })).toThrow(
      expect.objectContaining({ code: 'document.notFound' }) as Error,
    );
    await expect(documents.list({ path: folder })).rejects.toThrow(
      expect.objectContaining({ code: 'session.notFound' }) as Error,
    );
    await expect(documents.list({ path: join(folder, 'gone') })).rejects.toThrow(
      expect.objectContaining({ code: 'path.missing' }) as Error,
    );
  });
});

async function readTable(to: 'csv' | 'json' | 'parquet', bytes: Uint8Array): Promise<Record<string, unknown>[]> {
  if (to === 'parquet') return await parquetReadObjects({ file: bytes.buffer as ArrayBuffer });
  const text = new TextDecoder().decode(bytes);
  if (to === 'json') return JSON.parse(text) as Record<string, unknown>[];
  const [head = [], ...rows] = text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])));
}

/** Names, sizes, times and contents of a tree. */
function treeHash(root: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const found = statSync(join(root, name));
    hash.update(`${name} ${found.size} ${found.mtimeMs}\n`);
    if (found.isFile()) hash.update(readFileSync(join(root, name)));
  }
  return hash.digest('hex');
}
