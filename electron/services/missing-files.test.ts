import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFile } from '../../shared/model/document-files.ts';
import { documentId, type NdiDocument } from '../../shared/model/documents.ts';
import { makeId } from '../../shared/model/ids.ts';
import { createSession } from '../ndi/create-session.ts';
import { newDocument } from '../ndi/documents/build.ts';
import { check } from '../ndi/maintenance/check.ts';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { DocumentsService } from './documents.ts';
import { Jobs } from './jobs.ts';
import { MissingFiles } from './missing-files.ts';
import { OpenItems } from './open-items.ts';
import { QueryIndexes } from './query-indexes.ts';

let items: OpenItems;
let missing: MissingFiles;
let path: string;

beforeEach(() => {
  const jobs = new Jobs();
  items = new OpenItems({ indexFolder: temporaryFolder() });
  missing = new MissingFiles(items, new DocumentsService(items, new QueryIndexes(jobs), jobs));
  path = temporaryFolder();
});
afterEach(() => items.closeAll());
afterAll(cleanUp);

function withStoredFile(value: number): NdiDocument {
  const source = join(temporaryFolder(), 'values.bin');
  writeFileSync(source, `values ${value}`);
  return withFile(newDocument('demoNDI', { 'demoNDI.value': value }), 'filename1.ext', source);
}

/** A document whose file stays where it is, or lies elsewhere altogether. */
function withFileAt(location: string, type: 'file' | 'ndicloud'): NdiDocument {
  const document = newDocument('demoNDI', { 'demoNDI.value': 0 });
  const place = { delete_original: 0, uid: makeId(), location, parameters: '', location_type: type, ingest: 0 };
  const files = { file_list: ['filename1.ext'], file_info: [{ name: 'filename1.ext', locations: [place] }] };
  return { ...document, files };
}

const store = () => join(path, '.ndi', 'files');
const asChecked = async () => (await check(path)).filter(({ code }) => code === 'file.missing').map(({ id }) => id);

describe('files of documents that are missing', () => {
  it('are those that a check tells: not in the store, and not where the document says', async () => {
    const documents = [withStoredFile(1), withStoredFile(2), withStoredFile(3)];
    createSession({ path, reference: 'r', documents }).close();
    expect(await missing.find({ path })).toEqual({ documents: 3, looked: 3, missing: 0, more: false, first: [] });
    for (const name of readdirSync(store()).slice(0, 2)) rmSync(join(store(), name));
    const found = await missing.find({ path });
    expect(found).toMatchObject({ looked: 3, missing: 2, more: false });
    expect(found.first.map(({ id }) => id).sort()).toEqual((await asChecked()).sort());
    expect(found.first[0]?.name).toBe('filename1.ext');
    rmSync(store(), { recursive: true });
    expect(await missing.find({ path })).toMatchObject({ missing: 3 });
  });

  it('are not those in the cloud, nor those beside the session', async () => {
    const beside = join(path, 'beside.bin');
    writeFileSync(beside, 'here');
    const gone = withFileAt(join(path, 'gone.bin'), 'file');
    const documents = [withFileAt('ndic://x/y', 'ndicloud'), withFileAt(beside, 'file'), gone];
    createSession({ path, reference: 'r', documents, unchecked: true }).close();
    const found = await missing.find({ path });
    expect(found).toMatchObject({ looked: 3, missing: 1, first: [{ id: documentId(gone), name: 'filename1.ext' }] });
    expect(await asChecked()).toEqual([documentId(gone)]);
  });

  it('are not looked for among more documents than were wanted, without files, or for nobody', async () => {
    createSession({ path, reference: 'r', documents: [withStoredFile(1), withStoredFile(2)] }).close();
    expect(await missing.find({ path, mostDocuments: 1 })).toMatchObject({ documents: 2, looked: null, missing: 0 });
    expect(await missing.find({ path, mostDocuments: 2 })).toMatchObject({ looked: 2 });
    await expect(missing.find({ path }, AbortSignal.abort())).rejects.toMatchObject({ code: 'app.cancelled' });
    const empty = join(path, 'empty');
    mkdirSync(empty);
    createSession({ path: empty, reference: 'r' }).close();
    expect(await missing.find({ path: empty })).toMatchObject({ documents: 0, looked: 0, missing: 0 });
  });
});
