import { afterAll, describe, expect, it } from 'vitest';
import { documentId, type NdiDocument, valueAt } from '../../shared/model/documents.ts';
import type { JsonValue } from '../../shared/model/document-json.ts';
import { createSession } from '../ndi/create-session.ts';
import { newDocument } from '../ndi/documents/build.ts';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { EditService } from './edits/edits.ts';
import { MetadataService } from './metadata.ts';
import { OpenItems } from './open-items.ts';

const items = new OpenItems();
const edits = new EditService(items);
const metadata = new MetadataService(items, edits);
afterAll(() => {
  edits.close();
  items.closeAll();
  cleanUp();
});

function sessionWith(documents: NdiDocument[]): string {
  const path = temporaryFolder();
  createSession({ path, reference: 'r', documents }).close();
  return path;
}

const ada = {
  givenName: 'Ada',
  familyName: 'Hodgkin',
  orcid: '0000-0002-1825-0097',
  email: 'ada@lab.org',
  roles: ['1st Author', 'Corresponding'],
  affiliations: ['A University'],
};

describe('the description of a dataset', () => {
  it('is kept in one editor document in NDI’s fields, changed part by part, and can be taken back', async () => {
    const path = sessionWith([]);
    expect(metadata.get({ path })).toMatchObject({ source: 'none', metadata: { title: '' } });
    await metadata.set({
      path,
      change: { title: 'What ferrets see', authors: [{ ...ada, orcid: `https://orcid.org/${ada.orcid}` }] },
    });
    const { ids } = await metadata.set({ path, change: { abstract: 'One, two.', license: 'ccBy4_0' } });
    const found = metadata.get({ path });
    expect(found).toMatchObject({
      source: 'metadata_editor',
      metadata: { title: 'What ferrets see', abstract: 'One, two.', authors: [ada] },
    });
    const structure = stored(path, ids[0] ?? '');
    expect(structure).toMatchObject({
      DatasetFullName: 'What ferrets see',
      Description: 'One, two.',
      License: 'ccBy4_0',
      Author: [
        {
          authorRole: '1st Author, Corresponding',
          digitalIdentifier: { identifier: 'https://orcid.org/0000-0002-1825-0097' },
          contactInformation: { email: 'ada@lab.org' },
          affiliation: [{ memberOf: { fullName: 'A University' } }],
        },
      ],
    });
    await edits.undo({ path });
    expect(metadata.get({ path }).metadata).toMatchObject({ title: 'What ferrets see', license: '' });
  });

  it('is read as MATLAB writes it, and keeps what it does not edit', async () => {
    const matlab = {
      DatasetFullName: 'Cricket',
      Description: ['First part.', 'Second part.'],
      Author: {
        givenName: 'Ada',
        familyName: 'Hodgkin',
        authorRole: 'Custodian, Corresponding',
        digitalIdentifier: { identifier: ada.orcid },
      },
      Funding: [],
      ReleaseDate: '05-Mar-2025 00:00:00',
      VersionIdentifier: '1.0.0',
      DataType: 'rawData, derivedData',
      Subjects: { SubjectName: 'ferret1@lab' },
    };
    const path = sessionWith([newDocument('metadata_editor', { 'metadata_editor.metadata_structure': matlab })]);
    expect(metadata.get({ path }).metadata).toMatchObject({
      title: 'Cricket',
      abstract: 'First part.\nSecond part.',
      authors: [{ familyName: 'Hodgkin', roles: ['Custodian', 'Corresponding'], orcid: ada.orcid }],
      releaseDate: '2025-03-05',
      dataTypes: ['rawData', 'derivedData'],
    });
    const { ids } = await metadata.set({ path, change: { title: 'Crickets' } });
    expect(stored(path, ids[0] ?? '')).toMatchObject({
      DatasetFullName: 'Crickets',
      Subjects: { SubjectName: 'ferret1@lab' },
    });
  });

  it('is read from openMINDS documents where there is no editor document', () => {
    const type = (name: string) => `https://openminds.om-i.org/types/${name}`;
    const openminds = (name: string, fields: JsonValue) => {
      return newDocument('openminds', {
        'openminds.openminds_type': type(name),
        'openminds.fields': fields,
        'base.name': name,
      });
    };
    const link = (document: NdiDocument) => `ndi://${documentId(document)}`;
    const orcid = openminds('ORCID', { identifier: `https://orcid.org/${ada.orcid}` });
    const person = openminds('Person', { givenName: 'Ada', familyName: 'Hodgkin', digitalIdentifier: [link(orcid)] });
    const pointOfContact = openminds('ContributionType', { name: 'point of contact' });
    const contribution = openminds('Contribution', { contributor: [link(person)], type: [link(pointOfContact)] });
    const license = openminds('License', {
      shortName: 'CC BY 4.0',
      fullName: 'Creative Commons Attribution 4.0 International',
    });
    const doi = openminds('DOI', { identifier: 'https://doi.org/10.1000/182' });
    const version = openminds('DatasetVersion', {
      fullName: 'Cricket',
      shortName: 'C',
      description: 'What they hear.',
      author: [link(person)],
      custodian: [link(person)],
      otherContribution: [link(contribution)],
      license: [link(license)],
      relatedPublication: link(doi),
      funding: ['ndi://nowhere'],
    });
    const all = [orcid, person, pointOfContact, contribution, license, doi, version];
    const path = sessionWith(all.map((one) => ({ ...one, depends_on: [{ name: 'openminds', value: '' }] })));
    expect(metadata.get({ path })).toMatchObject({
      source: 'openminds',
      metadata: {
        title: 'Cricket',
        license: 'ccBy4_0',
        authors: [{ familyName: 'Hodgkin', orcid: ada.orcid, roles: ['Corresponding', 'Custodian'] }],
        publications: [{ doi: 'https://doi.org/10.1000/182' }],
        funding: [],
      },
    });
  });
});

function stored(path: string, id: string): JsonValue | undefined {
  const item = items.find(path);
  return item?.kind === 'session'
    ? valueAt(item.session.document(id), 'metadata_editor.metadata_structure')
    : undefined;
}
