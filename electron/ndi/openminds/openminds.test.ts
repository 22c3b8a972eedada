import { afterAll, describe, expect, it } from 'vitest';
import { type DatasetMetadata, emptyMetadata } from '../../../shared/model/dataset-metadata.ts';
import {
  dependencies,
  documentId,
  documentSessionId,
  type NdiDocument,
  textOf,
  valueAt,
} from '../../../shared/model/documents.ts';
import { createSession } from '../create-session.ts';
import { addIngestedSession, createDataset } from '../dataset-members.ts';
import { findBreaches } from '../documents/check.ts';
import { newSubject } from '../epochs/subjects.ts';
import { readDatasetMetadata } from '../metadata/dataset-metadata.ts';
import { cleanUp, temporaryFolder } from '../testing/folders.ts';
import { fieldsOf, typeOf } from '../tables/openminds.ts';
import { describedSubject, subjectChange } from './describe-subject.ts';
import { fromJsonLd, openMindsObject } from './objects.ts';
import { openMindsChange } from './write-dataset.ts';
import { openMindsDocuments } from './write-documents.ts';

afterAll(cleanUp);

const links = (document: NdiDocument) => dependencies(document).filter(({ name }) => name.startsWith('openminds'));
const ferret = { name: 'Mustela putorius furo', term: 'NCBITaxon:9669' };

describe('documents of openMINDS objects', () => {
  it('are one an object, linked by ndi:// and numbered dependencies, and pass NDI’s checks', () => {
    const lab = openMindsObject('Organization', { fullName: 'A lab' });
    const affiliation = () => openMindsObject('Affiliation', { memberOf: [lab] });
    const person = openMindsObject('Person', { familyName: 'Hodgkin', affiliation: [affiliation(), affiliation()] });
    const documents = openMindsDocuments([person, lab]);
    expect(documents.map(typeOf)).toEqual(['Person', 'Organization', 'Affiliation', 'Affiliation']);
    const [ada, organisation, first, second] = documents.map(documentId);
    expect(fieldsOf(documents[0]!)).toEqual({
      familyName: 'Hodgkin',
      affiliation: [`ndi://${first}`, `ndi://${second}`],
    });
    expect(links(documents[0]!)).toEqual(
      [
        { name: 'openminds', value: '' },
        { name: 'openminds_1', value: first },
        { name: 'openminds_2', value: second },
      ].filter(({ name }) => name !== 'openminds'),
    );
    expect(links(documents[1]!)).toEqual([{ name: 'openminds', value: '' }]);
    expect(fieldsOf(documents[3]!)).toEqual({ memberOf: [`ndi://${organisation}`] });
    expect(documents[0]?.['openminds']).toMatchObject({
      openminds_type: 'https://openminds.om-i.org/types/Person',
      matlab_type: 'openminds.core.actors.Person',
    });
    expect(ada).not.toBe('');
    const ids = new Set(documents.map(documentId));
    for (const document of documents) expect(findBreaches(document, { exists: (id) => ids.has(id) })).toEqual([]);
  });

  it('end where objects link in a circle', () => {
    const fields: Record<string, never> = {};
    const a = { type: 'Subject', id: '_:a', fields };
    Object.assign(fields, { isPartOf: [{ type: 'Subject', id: '_:b', fields: { isPartOf: [a] } }] });
    expect(openMindsDocuments([a])).toHaveLength(2);
  });

  it('come from JSON-LD: nested, linked by @id, in a graph', () => {
    const given = {
      '@graph': [
        {
          '@id': 'https://x/strain',
          '@type': ['https://openminds.om-i.org/types/Strain'],
          'https://openminds.om-i.org/props/name': 'C57BL/6J',
          'vocab:species': [{ '@id': 'https://x/mouse' }],
          elsewhere: { '@id': 'https://x/unknown' },
        },
        { '@id': 'https://x/mouse', '@type': 'https://openminds.om-i.org/types/Species', name: 'Mus musculus' },
      ],
    };
    const documents = openMindsDocuments(fromJsonLd(given), { kind: 'subject', id: 's' });
    expect(documents.map(typeOf)).toEqual(['Strain', 'Species']);
    const [strain, species] = documents;
    expect(fieldsOf(strain!)).toMatchObject({
      name: 'C57BL/6J',
      species: [`ndi://${documentId(species!)}`],
      elsewhere: 'https://x/unknown',
    });
    expect(valueAt(species!, 'openminds.openminds_id')).toBe('https://x/mouse');
    expect(dependencies(strain!)).toContainEqual({ name: 'subject_id', value: 's' });
    expect(() => fromJsonLd({ name: 'no type' })).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    expect(() => fromJsonLd('text')).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    expect(() => fromJsonLd({ '@type': `P${'e'.repeat(300)}rson` })).toThrow('No type of openMINDS');
  });
});

describe('a subject', () => {
  const make = () => {
    const animal = newSubject('ferret1@lab');
    const session = createSession({ path: temporaryFolder(), reference: 's', documents: [animal] });
    return { session, id: documentId(animal) };
  };

  it('gets species, strain and sex as openminds_subject documents, which keep their ids when they change', () => {
    const { session, id } = make();
    const strain = { name: 'albino', term: 'RRID:x' };
    session.change(
      subjectChange(session, id, { species: ferret, strain, sex: { name: 'female', term: 'PATO:0000383' } }),
    );
    expect(session.classes()).toContainEqual({ class: 'openminds_subject', count: 3 });
    expect(describedSubject(session, id)).toEqual({
      species: ferret,
      strain,
      sex: { name: 'female', term: 'PATO:0000383' },
    });
    const before = session.documents({ class: 'openminds_subject' }).map((entry) => entry.id);
    session.change(subjectChange(session, id, { species: { name: 'Mus musculus', term: 'NCBITaxon:10090' } }));
    expect(session.documents({ class: 'openminds_subject' }).map((entry) => entry.id)).toEqual(before);
    expect(describedSubject(session, id)).toMatchObject({ species: { term: 'NCBITaxon:10090' }, strain });
    session.change(subjectChange(session, id, { strain: null, sex: null }));
    expect(describedSubject(session, id)).toMatchObject({ strain: { name: '' }, sex: { name: '' } });
    expect(session.classes()).toContainEqual({ class: 'openminds_subject', count: 1 });
    session.close();
  });

  it('has no strain without a species, and keeps what others need', () => {
    const { session, id } = make();
    const strain = { name: 'albino', term: '' };
    expect(() => subjectChange(session, id, { strain })).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
    session.change(subjectChange(session, id, { species: ferret }));
    const [species] = session.documents({ class: 'openminds_subject' });
    const other = openMindsObject('Subject', { lookupLabel: 'x' });
    const [document] = openMindsDocuments([other]);
    session.change({
      add: [
        {
          ...document!,
          depends_on: [
            { name: 'openminds', value: '' },
            { name: 'openminds_1', value: species!.id },
          ],
        },
      ],
    });
    expect(() => subjectChange(session, id, { species: null })).toThrow(
      expect.objectContaining({ code: 'document.hasDependents' }),
    );
    session.close();
  });
});

describe('the description of a dataset', () => {
  const described: DatasetMetadata = {
    ...emptyMetadata,
    title: 'What ferrets see',
    shortName: 'ferrets',
    abstract: 'They look.',
    authors: [
      {
        givenName: 'Ada',
        familyName: 'Hodgkin',
        orcid: '0000-0002-1825-0097',
        email: 'ada@lab.org',
        roles: ['Corresponding', 'Custodian'],
        affiliations: ['A University'],
      },
      {
        givenName: 'Bo',
        familyName: 'Li',
        orcid: '',
        email: '',
        roles: ['1st Author'],
        affiliations: ['A University'],
      },
    ],
    license: 'ccBy4_0',
    funding: [{ funder: 'A Council', awardTitle: 'Seeing', awardNumber: '7' }],
    publications: [{ title: 'P', doi: '10.1000/182', pmid: '', pmcid: '' }],
    documentation: 'https://lab.org/doc',
    version: '1.0.0',
    versionInnovation: 'first',
    releaseDate: '2026-01-31',
    dataTypes: ['rawData'],
    approaches: ['electrophysiology'],
    techniques: ['patch clamp (Technique)'],
  };

  it('is read back from the openMINDS documents that were written of it', () => {
    const animal = newSubject('ferret1@lab');
    const session = createSession({ path: temporaryFolder(), reference: 's', documents: [animal] });
    session.change(subjectChange(session, documentId(animal), { species: ferret }));
    session.change(openMindsChange(session, described));
    const { metadata, source } = readDatasetMetadata(session);
    expect(source).toBe('openminds');
    expect(metadata).toEqual({
      ...described,
      publications: [{ title: '', doi: 'https://doi.org/10.1000/182', pmid: '', pmcid: '' }],
      techniques: ['patch clamp'],
    });
    const count = session.documents({ class: 'openminds' }).length;
    session.change(openMindsChange(session, { ...described, title: 'Anew' }));
    expect(session.documents({ class: 'openminds' })).toHaveLength(count);
    expect(readDatasetMetadata(session).metadata.title).toBe('Anew');
    session.close();
  });

  it('leaves the subjects’ part with the sessions whose subjects they are', () => {
    const dataset = createDataset({ path: temporaryFolder(), reference: 'd' });
    const member = createSession({ path: temporaryFolder(), reference: 'm', documents: [newSubject('a@lab')] });
    addIngestedSession(dataset, member);
    dataset.change(openMindsChange(dataset, described));
    const found = dataset.documents({ class: 'openminds' }).map((entry) => dataset.read(entry));
    const sessionOf = (type: string) => found.filter((one) => typeOf(one) === type).map(documentSessionId);
    expect(sessionOf('Subject')).toEqual([member.id]);
    expect(new Set(sessionOf('Person'))).toEqual(new Set([dataset.id]));
    expect(textOf(fieldsOf(found.find((one) => typeOf(one) === 'Subject')!)['lookupLabel'])).toBe('a@lab');
    member.close();
    dataset.close();
  });
});
