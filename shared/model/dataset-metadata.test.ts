import { describe, expect, it } from 'vitest';
import { checkDatasetMetadata, emptyMetadata, isOrcid, plainDoi, plainOrcid } from './dataset-metadata.ts';

const author = { givenName: 'Ada', familyName: 'Hodgkin', orcid: '', email: '', roles: [], affiliations: [] };
const whole = {
  ...emptyMetadata,
  title: 'Ferret eyes',
  shortName: 'Ferret',
  abstract: 'What they see.',
  license: 'ccBy4_0',
  version: '1.0.0',
  authors: [{ ...author, orcid: '0000-0002-1825-0097' }],
};
const faults = (change: object) =>
  checkDatasetMetadata({ ...whole, ...change }).map(({ field, grade }) => `${grade} ${field}`);

describe('ORCIDs', () => {
  // The first two are ORCID's own examples.
  it.each(['0000-0002-1825-0097', '0000-0001-5109-3700', '0000-0002-1694-233X'])('takes %s', (orcid) => {
    expect(isOrcid(orcid)).toBe(true);
    expect(plainOrcid(`https://orcid.org/${orcid.toLowerCase()}`)).toBe(orcid);
  });
  it.each(['0000-0002-1825-0098', '0000-0002-1825-097', '0000000218250097', '0000-0002-1825-009x', ''])(
    'refuses “%s”',
    (orcid) => {
      expect(isOrcid(orcid)).toBe(false);
    },
  );
});

describe('checkDatasetMetadata', () => {
  it('asks for what a publication needs', () => {
    expect(faults({})).toEqual([]);
    expect(checkDatasetMetadata(emptyMetadata).map(({ field }) => field)).toEqual([
      'title',
      'shortName',
      'abstract',
      'license',
      'version',
      'authors',
    ]);
  });
  it('looks into authors, publications, dates and addresses', () => {
    expect(faults({ authors: [author] })).toEqual(['shouldFix authors.0.orcid']);
    expect(faults({ authors: [{ ...author, familyName: ' ', email: 'x', orcid: '1' }] })).toEqual([
      'blocks authors.0.familyName',
      'blocks authors.0.orcid',
      'blocks authors.0.email',
    ]);
    const publication = { title: 't', doi: 'https://doi.org/10.1000/ABC', pmid: '', pmcid: '' };
    expect(faults({ publications: [publication, { ...publication, doi: '10.1000/abc' }] })).toEqual([
      'blocks publications.1.doi',
    ]);
    expect(faults({ publications: [{ ...publication, doi: '11/2' }] })).toEqual(['blocks publications.0.doi']);
    expect(faults({ releaseDate: '2025-02-30', documentation: 'somewhere' })).toEqual([
      'blocks releaseDate',
      'blocks documentation',
    ]);
    expect(faults({ funding: [{ funder: '', awardTitle: '', awardNumber: '' }] })).toEqual([
      'shouldFix funding.0.funder',
    ]);
    expect(plainDoi('doi: 10.1/X')).toBe('10.1/x');
  });
});
