import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedUser } from '../../../e2e/local-cloud/seed.ts';
import { startTestCloud } from '../../../e2e/local-cloud/testing.ts';
import { cleanUp, temporaryFolder } from '../../ndi/testing/folders.ts';
import { hasPython } from '../../ndi/testing/python.ts';
import { writeIntan } from '../imports/testing/made-recordings.ts';
import { createDirectClient } from '../router.ts';
import { createServices, type Services } from '../services.ts';
import { readByPython } from './testing/independent.ts';

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

/** A folder with a document type of a laboratory's own. */
function laboratory(path: string): string {
  const document_class = {
    definition: '$NDIDOCUMENTPATH/lab/whisker.json',
    validation: '',
    class_name: 'whisker',
    property_list_name: 'whisker',
    class_version: 1,
    superclasses: [{ definition: '$NDIDOCUMENTPATH/base.json' }],
  };
  mkdirSync(join(path, 'ndi_common', 'database_documents', 'lab'), { recursive: true });
  const file = join(path, 'ndi_common', 'database_documents', 'lab', 'whisker.json');
  writeFileSync(file, JSON.stringify({ document_class, whisker: { length_mm: 3 } }));
  return path;
}

/** Nothing is wrong with what is on the disk; what may still be undone here is given up first. */
function expectSound(path: string): ReturnType<typeof readByPython> {
  services.edits.close();
  const found = readByPython(path);
  expect(found.problems).toEqual([]);
  return found;
}

describe.skipIf(!hasPython)('every kind of session that is written here, as an independent reader finds it', () => {
  it('ingested, with samples in its store; copied; backed up, changed and restored; deleted and brought back', async () => {
    const path = at('rig');
    await writeIntan(join(path, 't1', 'a.rhd'), 3, 1);
    await client.imports.create({ sessionDir: path, reference: 'rig', from: path, subject: 'f@lab' });
    await client.ingest.ingest({ path });
    const ingested = expectSound(path);
    expect(ingested.counts).toMatchObject({ epochfiles_ingested: 1, daqreader_mfdaq_epochdata_ingested: 1 });
    expect(ingested.stored).toBeGreaterThan(1);

    await client.copies.copy({ path, to: at('whole') });
    expect(expectSound(at('whole'))).toEqual(ingested);
    await client.copies.copy({ path, to: at('renewed'), newIds: true });
    expect(expectSound(at('renewed')).counts).toEqual(ingested.counts);

    const { path: backup } = await client.maintenance.backUp({ path });
    expect(expectSound(path)).toEqual(ingested);
    await client.edits.create({ path, documents: [{ class: 'demoNDI', values: { 'demoNDI.value': 3 } }] });
    expect(expectSound(path).counts).toMatchObject({ demoNDI: 1 });
    await client.maintenance.restore({ path, backup });
    expect(expectSound(path)).toEqual(ingested);

    await client.maintenance.delete({ path, reference: 'rig' });
    await client.maintenance.undelete({ path });
    expect(expectSound(path)).toEqual(ingested);
    await client.maintenance.compact({ path });
    expect(expectSound(path)).toEqual(ingested);
  });

  it('repaired after rows were lost, and with an element that is derived', async () => {
    await client.demo.make({ folder: at('demo') });
    const database = new DatabaseSync(join(at('demo'), '.ndi', 'did-sqlite.sqlite'));
    database.exec('DELETE FROM doc_data WHERE rowid % 3 = 0; DROP INDEX doc_data_value');
    database.close();
    expect(readByPython(at('demo')).problems.length).toBeGreaterThan(1);
    await client.maintenance.repair({ path: at('demo') });
    const { counts } = expectSound(at('demo'));
    await client.derivedElements.make({
      ...{ path: at('demo'), element: 'cortex | 1', name: 'slow', reference: 1 },
      how: { kind: 'downsample', factor: 10 },
    });
    expect(expectSound(at('demo')).counts['element_epoch']).toBeGreaterThan(counts['element_epoch'] ?? 0);
  });

  it('described: with metadata, openMINDS, species, treatments and documents of a laboratory’s own types', async () => {
    const path = at('described');
    await client.imports.create({ sessionDir: path, reference: 'd', subject: 'a@b' });
    await client.metadata.set({ path, change: { title: 'Täst', abstract: 'An abstract.' } });
    await client.metadata.writeOpenMinds({ path });
    const listed = await client.documents.list({ path, class: 'subject' });
    const subjectId = listed.documents[0]?.id ?? '';
    await client.subjects.set({ path, subject: subjectId, sex: 'female' });
    writeFileSync(at('t.csv'), 'ontologyName,name,numeric_value\nUO:1,dose,5\nUO:2,dose,6\n');
    await client.subjects.importTreatments({ path, subject: subjectId, file: at('t.csv') });
    const { counts } = expectSound(path);
    expect(counts).toMatchObject({ metadata_editor: 1, treatment: 2 });
    expect(counts['openminds_subject']).toBeGreaterThan(0);

    expect(services.documentTypes.use(laboratory(at('types'))).classes).toEqual(['whisker']);
    const whisker = { class: 'whisker', values: { 'whisker.length_mm': 4.5 } };
    await client.edits.create({ path, documents: [whisker] });
    expect(expectSound(path).counts).toMatchObject({ whisker: 1 });
    await client.edits.undo({ path }).catch(() => undefined);
    expectSound(path);
  });

  it('linked to a dataset, taken into one, taken out of it, and fetched from the cloud', async () => {
    await client.datasets.create({ path: at('ds'), reference: 'published' });
    for (const name of ['one', 'two']) {
      const { id } = await client.imports.create({ sessionDir: at(name), reference: name, subject: `${name}@b` });
      await client.datasets.add({ path: at('ds'), session: at(name) });
      expect(expectSound(at('ds')).counts).toMatchObject({ session_in_a_dataset: name === 'one' ? 1 : 2 });
      if (name === 'two') await client.datasets.convert({ path: at('ds'), sessionId: id });
    }
    expect(expectSound(at('ds')).counts).toMatchObject({ session: 2, subject: 1, session_in_a_dataset: 2 });
    const cloud = await startTestCloud();
    try {
      const user = seedUser(cloud.cloud, { email: 'ada@example.org' });
      await services.cloud.accounts.signIn({ email: user.email, password: user.password, server: cloud.url });
      const { transfers } = services.cloud;
      const path = at('sent');
      mkdirSync(path);
      await client.imports.create({ sessionDir: path, reference: 'sent', subject: 'c@b' });
      writeFileSync(at('x.bin'), 'bytes');
      const demo = { class: 'demoNDI', values: { 'demoNDI.value': 1 } };
      const { ids } = await client.edits.create({ path, documents: [demo] });
      const edits = [{ kind: 'addFile' as const, name: 'filename1.ext', location: at('x.bin') }];
      await client.edits.edit({ path, documents: [{ id: ids[0] ?? '', edits }] });
      services.edits.close();
      const { cloudDatasetId } = await transfers.finish(await transfers.start({ kind: 'upload', path }));
      expectSound(path);
      for (const files of [true, false]) {
        const request = { kind: 'download', datasetId: cloudDatasetId, folder: at(`from ${files}`), files } as const;
        const { path: copy } = await transfers.finish(await transfers.start(request));
        expect(expectSound(copy).counts).toMatchObject({ demoNDI: 1, subject: 1 });
        if (files) expect(readdirSync(join(copy, '.ndi', 'files'))).toHaveLength(1);
      }
    } finally {
      await cloud.stop();
      rmSync(at('sent'), { recursive: true });
    }
  });
});
