import { describe, expect, it } from 'vitest';
import { checkDatasetMetadata } from '../../../shared/model/dataset-metadata.ts';
import { parseJsonTolerant, type JsonObject } from '../../../shared/model/document-json.ts';
import { dependencies, documentId, objectOf, valueAt } from '../../../shared/model/documents.ts';
import { fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { fuzzTexts } from '../../signal/fuzz-texts.ts';
import { findBreaches } from '../documents/check.ts';
import { fromStructure, toStructure } from '../metadata/editor-structure.ts';
import { fromJsonLd } from './objects.ts';
import { fromOpenminds } from './read-dataset.ts';
import { openMindsDocuments } from './write-documents.ts';

const person = {
  '@id': 'https://x.org/ada',
  '@type': 'https://openminds.om-i.org/types/Person',
  givenName: 'Ada',
  familyName: 'Lovelace',
  digitalIdentifier: { '@type': 'ORCID', identifier: 'https://orcid.org/0000-0002-1825-0097' },
  affiliation: [{ '@type': 'Affiliation', memberOf: { '@type': 'Organization', fullName: 'A University' } }],
};
const version = {
  '@type': 'DatasetVersion',
  fullName: 'A dataset',
  author: [person, { '@id': 'https://x.org/ada' }],
  custodian: { '@id': 'https://x.org/ada' },
  license: { '@type': 'License', shortName: 'CC BY 4.0' },
  funding: [{ '@type': 'Funding', awardTitle: 'x', funder: { '@type': 'Organization', fullName: 'F' } }],
  dataType: [{ '@type': 'SemanticDataType', name: 'raw data' }],
  releaseDate: '2025-12-31',
  note: { '@value': 5 },
};
const exchanged = [person, { '@graph': [version, { '@id': 'https://x.org/ada', '@type': 'Person' }] }, [version]];

const structure = {
  DatasetFullName: 'A dataset',
  Description: ['first', 'second'],
  Author: {
    givenName: 'Ada',
    familyName: 'Lovelace',
    authorRole: '1st Author, Custodian',
    digitalIdentifier: { identifier: '0000-0002-1825-0097' },
    contactInformation: { email: 'a@x.org' },
    affiliation: [{ memberOf: { fullName: 'A University' } }],
  },
  Funding: [{ funder: 'F', awardTitle: 'x', awardNumber: '1' }],
  RelatedPublication: { Publication: 'P', DOI: '10.1/x', PMID: 5, PMCID: '' },
  ReleaseDate: '31-Dec-2025 10:00:00',
  DataType: 'raw, analysed',
};

describe(`damaged metadata is read or refused (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  it(
    'openMINDS as it is exchanged, of which documents are made and read again',
    () =>
      fuzzTexts(
        exchanged.map((one) => JSON.stringify(one)),
        (text) => {
          const documents = openMindsDocuments(fromJsonLd(parseJsonTolerant(text)), { kind: 'subject', id: 'x' });
          const byId = new Map(documents.map((one) => [documentId(one), one]));
          expect(byId.size).toBe(documents.length);
          for (const document of documents) {
            const breaches = findBreaches(document, { exists: (id) => id === 'x' || byId.has(id) });
            expect(breaches).toEqual([]);
            expect(valueAt(document, 'openminds.matlab_type')).toMatch(/^openminds\.[a-z]+(\.[a-z]+)?\.[^(]*$/s);
            // Whatever a field is called, it is kept.
            expect(Object.getPrototypeOf(objectOf(valueAt(document, 'openminds.fields')))).toBe(Object.prototype);
            for (const { name, value } of dependencies(document)) {
              if (/^openminds_\d+$/.test(name)) expect(byId.has(value)).toBe(true);
            }
          }
          const read = fromOpenminds(documents, (id) => byId.get(id) ?? null);
          if (read !== null) checkDatasetMetadata(read);
        },
      ),
    fuzzMs,
  );

  it(
    'what the metadata editor of NDI-matlab keeps',
    () =>
      fuzzTexts([JSON.stringify(structure)], (text) => {
        const given = objectOf(parseJsonTolerant(text));
        const before: JsonObject = given ?? {};
        const metadata = fromStructure(before);
        for (const text of [metadata.title, metadata.abstract, metadata.releaseDate])
          expect(typeof text).toBe('string');
        checkDatasetMetadata(metadata);
        const again = fromStructure(toStructure(metadata, before));
        expect(again.authors.length).toBe(metadata.authors.length);
        expect(again.title).toBe(metadata.title);
      }),
    fuzzMs,
  );
});
