import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dependencyValue, documentId, textOf, valueAt } from '../../shared/model/documents.ts';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { createDirectClient } from './router.ts';
import { createServices } from './services.ts';

const folder = temporaryFolder();
const services = createServices({ door: 'cli', dataFolder: join(folder, 'app') });
const { subjects, tables, edits, documents, settings, metadata, imports } = createDirectClient(services);
afterAll(async () => {
  await services.close();
  cleanUp();
});

let sessions = 0;
async function session(): Promise<string> {
  await settings.set({ ontologyOnline: false });
  const path = join(folder, `session${(sessions += 1)}`);
  await imports.create({ sessionDir: path, reference: 'one', subject: 'ferret1@lab' });
  return path;
}

function table(text: string): string {
  const path = join(folder, `table${(sessions += 1)}.csv`);
  writeFileSync(path, text);
  return path;
}

describe('subjects by their calls', () => {
  it('are described by terms that are looked up, shown in the table, and taken back', async () => {
    const path = await session();
    const place = { path, subject: 'Ferret1@lab' };
    expect(await subjects.describe(place)).toMatchObject({ localIdentifier: 'ferret1@lab', species: { name: '' } });
    await subjects.set({ ...place, species: { term: 'NCBITaxon:9669' }, sex: 'female' });
    expect(await subjects.describe(place)).toMatchObject({
      species: { name: 'Mustela putorius furo', term: 'NCBITaxon:9669' },
      sex: { name: 'female', term: 'PATO:0000383' },
    });
    const { columns, rows } = await tables.get({ path, by: 'subject' });
    expect(rows[0]?.cells[columns.indexOf('SpeciesOntology')]).toBe('NCBITaxon:9669');
    expect(rows[0]?.cells[columns.indexOf('BiologicalSexName')]).toBe('female');
    await edits.undo({ path });
    expect(await subjects.describe(place)).toMatchObject({ species: { name: '' }, sex: { name: '' } });
    const unknown = subjects.set({ ...place, species: { term: 'CL:no such cell' } });
    await expect(unknown).rejects.toMatchObject({ data: { code: 'ontology.offline' } });
    const nobody = subjects.describe({ path, subject: 'nobody@lab' });
    await expect(nobody).rejects.toMatchObject({ data: { code: 'document.notFound' } });
  });

  it('take treatments from a table: rows of a group belong to its first', async () => {
    const path = await session();
    const file = table(
      [
        'ontologyName,name,numeric_value,string_value,group,comment',
        'EMPTY:1,Tetanus,40,,1,x',
        'EMPTY:2,"Frequency, high",40 50,Hz,1,',
        'EMPTY:3,Handling,,gentle,,',
        'EMPTY:4,Second,NaN,,2,',
      ].join('\n'),
    );
    const request = { path, subject: 'ferret1@lab', file };
    const preview = await subjects.previewTreatments(request);
    expect(preview.rows.map((row) => [row.name, row.numericValue, row.manipulation])).toEqual([
      ['Tetanus', [40], null],
      ['Frequency, high', [40, 50], 1],
      ['Handling', [], null],
      ['Second', [], null],
    ]);
    expect((await documents.list({ path, class: 'treatment' })).total).toBe(0);
    const { ids } = await subjects.importTreatments(request);
    const { documents: stored } = await documents.full({ path, class: 'treatment' });
    expect(stored).toHaveLength(4);
    const subject = (await subjects.describe({ path, subject: 'ferret1@lab' })).id;
    const second = stored.find((one) => textOf(valueAt(one as never, 'treatment.string_value')) === 'Hz') as never;
    expect(dependencyValue(second, 'manipulation_id')).toBe(ids[0]);
    expect(dependencyValue(second, 'subject_id')).toBe(subject);
    expect(ids).toContain(documentId(second));
    await edits.undo({ path });
    expect((await documents.list({ path, class: 'treatment' })).total).toBe(0);
  });

  it.each([
    ['name,value\nx,1\n', 'usage.invalid'],
    ['ontologyName,name,numeric_value\nE:1,x,many\n', 'format.invalid'],
    ['ontologyName,name\n', 'format.empty'],
  ])('refuse the table %j', async (text, code) => {
    const path = await session();
    const given = subjects.importTreatments({ path, subject: 'ferret1@lab', file: table(text) });
    await expect(given).rejects.toMatchObject({ data: { code } });
  });
});

describe('openMINDS by its calls', () => {
  it('takes JSON-LD, and writes the description of a dataset', async () => {
    const path = await session();
    const object = { '@type': 'https://openminds.om-i.org/types/Person', familyName: 'Hodgkin' };
    expect((await metadata.addOpenMinds({ path, objects: object })).ids).toHaveLength(1);
    const notJson = metadata.addOpenMinds({ path, objects: 10n });
    await expect(notJson).rejects.toMatchObject({ data: { code: 'document.invalid' } });
    const wrong = metadata.addOpenMinds({ path, objects: [1] });
    await expect(wrong).rejects.toMatchObject({ data: { code: 'document.invalid' } });
    const empty = metadata.writeOpenMinds({ path });
    await expect(empty).rejects.toMatchObject({ data: { code: 'usage.invalid' } });
    await metadata.set({ path, change: { title: 'What ferrets see' } });
    await metadata.writeOpenMinds({ path });
    const { documents: all } = await documents.full({ path, class: 'openminds' });
    const types = all.map((one) =>
      textOf(valueAt(one as never, 'openminds.openminds_type'))
        .split('/')
        .at(-1),
    );
    expect(types.sort()).toEqual(['Dataset', 'DatasetVersion', 'Person', 'Subject']);
    expect(await metadata.get({ path })).toMatchObject({ source: 'metadata_editor' });
  });
});
