import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableSubject } from '../../shared/contract/tables.ts';
import type { JsonValue } from '../../shared/model/document-json.ts';
import { documentId, type NdiDocument, withDependency } from '../../shared/model/documents.ts';
import { parseQuery } from '../../shared/model/query-text.ts';
import { createSession } from '../ndi/create-session.ts';
import { newDocument } from '../ndi/documents/build.ts';
import { newProbe } from '../ndi/epochs/elements.ts';
import { newSubject } from '../ndi/epochs/subjects.ts';
import { cleanUp, fingerprint, temporaryFolder } from '../ndi/testing/folders.ts';
import { makeDemo } from './demo/demo.ts';
import { createServices, type Services } from './services.ts';

let services: Services;
beforeAll(() => {
  services = createServices({ door: 'cli', dataFolder: temporaryFolder() });
});
afterAll(async () => {
  await services.close();
  cleanUp();
});

type Options = { where?: string; classes?: string[]; kind?: string };
async function tableOf(path: string, by: TableSubject, { where, classes = [], kind }: Options = {}) {
  const asked = where === undefined ? {} : { where: parseQuery(where).map((one) => ({ ...one })) };
  const of = kind === undefined ? {} : { kind };
  const table = await services.tables.get({ path, by, classes, ...of, ...asked });
  const records = table.rows.map(({ cells }) =>
    Object.fromEntries(table.columns.map((column, at) => [column, cells[at] ?? null])),
  );
  return { ...table, records };
}

const about = (type: string, values: Record<string, JsonValue>, on: Record<string, string>): NdiDocument =>
  Object.entries(on).reduce<NdiDocument>(
    (document, [name, id]) => withDependency(document, name, id),
    newDocument(type, values),
  );
const openMinds = (name: string, fields: Record<string, JsonValue>, on: Record<string, string>, as = 'subject') =>
  about(
    `openminds_${as}`,
    { 'openminds.openminds_type': `https://openminds.om-i.org/types/${name}`, 'openminds.fields': fields },
    { openminds: '', ...on },
  );

describe('tables of documents by what they are about', () => {
  const path = temporaryFolder();
  const [ferret, mouse] = [newSubject('ferret@lab'), newSubject('mouse@lab')];
  const subject_id = documentId(ferret);
  const species = openMinds(
    'Species',
    { name: 'Mustela putorius furo', preferredOntologyIdentifier: 'NCBITaxon:9669' },
    { subject_id },
  );
  const strain = openMinds(
    'Strain',
    { name: 'sable', ontologyIdentifier: 'RRID:1', species: [`ndi://${documentId(species)}`] },
    { subject_id, openminds_1: documentId(species) },
  );
  const sex = openMinds('BiologicalSex', { name: 'male', preferredOntologyIdentifier: 'PATO:0000384' }, { subject_id });
  const termed = (type: string, name: string, number: JsonValue, text: string) =>
    about(
      type,
      {
        [`${type}.name`]: name,
        [`${type}.ontologyName`]: 'XYZ:1',
        [`${type}.numeric_value`]: number,
        [`${type}.string_value`]: text,
      },
      { subject_id },
    );
  // The definition names a field otherwise than the schema, which a stored document must follow.
  const given: JsonValue = {
    location_ontologyName: 'UBERON:0000956',
    location_name: 'cortex',
    mixture_table: 'name,ontologyName,value,unitName\n"saline, sterile",CHEBI:1,2,ml\n',
    administration_onset_time: '',
    administration_offset_time: '',
    administration_duration: 3,
  };
  const drug = about('treatment_drug', { treatment_drug: given }, { subject_id });
  const probe = newProbe({ name: 'cortex', reference: 1, type: 'n-trode', subjectId: subject_id });
  const probe_id = documentId(probe);
  const place = (name: string) =>
    about(
      'probe_location',
      { 'probe_location.name': name, 'probe_location.ontology_name': `UBERON:${name}` },
      { probe_id },
    );
  const cell = openMinds(
    'CellType',
    { name: 'neuron', preferredOntologyIdentifier: 'CL:0000540' },
    { element_id: probe_id },
    'element',
  );
  const neuron = about(
    'element',
    {
      'element.ndi_element_class': 'ndi.neuron',
      'element.name': 'unit1',
      'element.reference': 1,
      'element.type': 'spikes',
    },
    { subject_id, underlying_element_id: probe_id },
  );
  const note = about('demoNDI', { 'demoNDI.value': 7 }, { item1: subject_id });
  createSession({
    path,
    reference: 't',
    documents: [
      ...[ferret, mouse, species, strain, sex, drug, probe, place('V1'), place('V2'), cell, neuron, note],
      ...[termed('treatment', 'age at onset', 12.5, ''), termed('measurement', 'coat', [], 'PATO:0000384')],
      termed('measurement', 'body weight', 3, 'grams'),
    ],
  }).close();
  const before = fingerprint(path);
  afterAll(() => expect(fingerprint(path)).toEqual(before));

  it('describe subjects by what depends on them', async () => {
    const { columns, records, rows } = await tableOf(path, 'subject');
    expect(columns.slice(0, 9)).toEqual([
      ...['SessionIdentifier', 'SubjectDocumentIdentifier', 'SubjectLocalIdentifier', 'StrainName', 'StrainOntology'],
      ...['SpeciesName', 'SpeciesOntology', 'BiologicalSexName', 'BiologicalSexOntology'],
    ]);
    expect(records[0]).toMatchObject({
      SubjectLocalIdentifier: 'ferret@lab',
      StrainName: 'sable',
      SpeciesOntology: 'NCBITaxon:9669',
      BiologicalSexName: 'male',
      AgeAtOnset: 12.5,
      CoatName: 'male',
      CoatOntology: 'PATO:0000384',
      BodyWeightNumber: 3,
      BodyWeightString: 'grams',
      DrugTreatmentLocationName: 'cortex',
      DrugTreatmentLocationOntology: 'UBERON:0000956',
      DrugTreatmentDuration: 3,
      DrugTreatmentMixtureName: 'saline, sterile',
      DrugTreatmentMixtureQuantity: '2 ml',
    });
    // What no document says is empty, and a column that is empty everywhere is not there.
    expect(records[1]).toMatchObject({ SubjectLocalIdentifier: 'mouse@lab', StrainName: null, AgeAtOnset: null });
    expect(columns).not.toContain('DrugTreatmentOnsetTime');
    expect(rows.map(({ id }) => id)).toEqual([documentId(ferret), documentId(mouse)]);
  });

  it('list the treated ones only by treatment', async () => {
    const { records, columns } = await tableOf(path, 'treatment');
    expect(records.map((one) => one['SubjectLocalIdentifier'])).toEqual(['ferret@lab']);
    expect(columns).not.toContain('StrainName');
  });

  it('put several values of a probe into one cell', async () => {
    const { records, columns } = await tableOf(path, 'probe');
    expect(records).toEqual([
      {
        ...{ SubjectDocumentIdentifier: subject_id, ProbeDocumentIdentifier: probe_id },
        ...{ ProbeName: 'cortex', ProbeType: 'n-trode', ProbeReference: 1, ProbeLocationName: 'V1, V2' },
        ...{ ProbeLocationOntology: 'UBERON:V1, UBERON:V2', CellTypeName: 'neuron', CellTypeOntology: 'CL:0000540' },
      },
    ]);
    expect(columns[0]).toBe('SubjectDocumentIdentifier');
    const { records: elements } = await tableOf(path, 'element');
    expect(elements.map((one) => one['element_name'])).toEqual(['cortex', 'unit1']);
    expect(elements[0]).toMatchObject({ OpenmindsElementName: 'neuron', ProbeLocationName: 'V1, V2' });
  });

  it('list openMINDS documents by type, a row for what they describe', async () => {
    const { openminds } = services.tables.kinds({ path });
    expect(openminds).toEqual(['BiologicalSex', 'CellType', 'Species', 'Strain'].map((type) => ({ type, count: 1 })));
    const { columns, records } = await tableOf(path, 'openminds', { kind: 'Strain' });
    expect(columns.slice(3)).toEqual(['StrainName', 'StrainOntology', 'SpeciesName', 'SpeciesOntology']);
    expect(records).toMatchObject([
      { DependencyDocumentIdentifier: subject_id, StrainName: 'sable', SpeciesOntology: 'NCBITaxon:9669' },
    ]);
    const { records: all } = await tableOf(path, 'openminds');
    expect(all).toHaveLength(4);
    // The species that the strain links to is found though the query leaves it out.
    const where = 'openminds.openminds_type contains "Strain"';
    expect((await tableOf(path, 'openminds', { where })).records).toMatchObject([
      { SpeciesOntology: 'NCBITaxon:9669' },
    ]);
  });

  it('put rows of ontology tables together by their variables', async () => {
    const rows = temporaryFolder();
    const row = (variableNames: string, data: JsonValue) =>
      newDocument('ontologyTableRow', {
        'ontologyTableRow.names': variableNames.toLowerCase(),
        'ontologyTableRow.variableNames': variableNames,
        'ontologyTableRow.ontologyNodes': 'EMPTY:1,EMPTY:2',
        'ontologyTableRow.data': data,
      });
    createSession({
      path: rows,
      reference: 'r',
      documents: [
        row('Age,Weight', { Age: 3, Weight: { value: 20, unit: 'g' } }),
        row('Age,Weight', { Age: 4, Weight: { value: Number.NaN, unit: 'g' } }),
        row('Room', { Room: 'dark' }),
      ],
    }).close();
    expect(services.tables.kinds({ path: rows }).ontologyTableRow).toMatchObject([
      { variableNames: 'Age,Weight', names: 'age,weight', count: 2 },
      { variableNames: 'Room', count: 1 },
    ]);
    const { columns, records } = await tableOf(rows, 'ontologyTableRow', { kind: 'Age,Weight' });
    expect(columns.slice(3)).toEqual(['Age', 'Weight.value', 'Weight.unit']);
    expect(records.map((one) => [one['Age'], one['Weight.value']])).toEqual([
      [3, 20],
      [4, null],
    ]);
    const { records: stacked } = await tableOf(rows, 'ontologyTableRow');
    expect(stacked.map((one) => [one['Age'], one['Room']])).toEqual([
      [3, null],
      [4, null],
      [null, 'dark'],
    ]);
  });

  it('follow a query, and add the fields of a class', async () => {
    const { records } = await tableOf(path, 'subject', {
      where: 'subject.local_identifier contains "ferret"',
      classes: ['demoNDI'],
    });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ 'demoNDI.value': 7 });
    expect((await tableOf(path, 'element', { where: 'element.name = "nobody"' })).rows).toEqual([]);
    expect((await tableOf(path, 'epoch')).rows).toEqual([]);
  });

  it('leave as files that others read', async () => {
    const folder = temporaryFolder();
    const write = (to: 'csv' | 'json' | 'parquet') =>
      services.tables.export({ path, by: 'element', to, out: join(folder, `elements.${to}`) });
    const { records, columns } = await tableOf(path, 'element');
    const { path: csv, rows } = await write('csv');
    expect(rows).toBe(2);
    expect(readFileSync(csv, 'utf8').split('\r\n')[0]).toBe(columns.join(','));
    expect(JSON.parse(readFileSync((await write('json')).path, 'utf8'))).toEqual(records);
    const bytes = readFileSync((await write('parquet')).path);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    expect(await parquetReadObjects({ file })).toEqual(records);
  });
});

describe('the table of epochs', () => {
  it('numbers the epochs of each probe of the sample session', async () => {
    const path = join(temporaryFolder(), 'sample');
    const { info } = await makeDemo(services, { folder: path, seed: 5 });
    const { records, columns } = await tableOf(path, 'epoch', { classes: ['stimulus_presentation'] });
    const expected = info.epochs.reduce((sum, epoch) => sum + epoch.probes.length, 0);
    expect(records).toHaveLength(expected);
    const epoch = info.epochs[0]!;
    const own = records.filter((one) => one['EpochDocumentIdentifier'] === epoch.epochId);
    expect(own.map((one) => one['ProbeName'])).toEqual(epoch.probes.map((one) => one.name));
    expect(own[0]).toMatchObject({ EpochNumber: 1, local_t0: epoch.clocks[0]!.t0, DaqSystem: epoch.device });
    expect(own[0]).toMatchObject({ SubjectLocalIdentifier: 'ferret1@sample.lab' });
    // What was presented belongs to the stimulator's rows alone.
    const presented = columns.find((column) => column.startsWith('stimulus_presentation.'))!;
    const holders = records.filter((one) => one[presented] !== null);
    expect(new Set(holders.map((one) => one['ProbeName']))).toEqual(new Set(['screen']));
    const some = await tableOf(path, 'epoch', { where: 'element.name = "thalamus"' });
    expect(new Set(some.records.map((one) => one['ProbeName']))).toEqual(new Set(['thalamus']));
  });
});
