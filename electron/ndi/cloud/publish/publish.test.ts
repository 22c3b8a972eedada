import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bibtex, plainCitation, ris } from '../../../../shared/model/citation.ts';
import { findLicence } from '../../../../shared/model/licences.ts';
import { orcidAddress } from '../../../../shared/model/orcid.ts';
import { checkList, PLACEHOLDER_DOI } from './check-list.ts';
import { bareDoi, crossrefXml } from './crossref-xml.ts';

const datasetId = '64b7f0a1c2d3e4f5a6b7c8d9';
const dataset = {
  _id: datasetId,
  name: 'T <&>',
  abstract: 'A',
  createdAt: '2025-02-03T04:05:06.789Z',
  updatedAt: '2025-03-04T00:00:00Z',
  contributors: [
    { firstName: 'Ada', lastName: 'B', orcid: '0000-0002-1825-0097' },
    { firstName: 'C', lastName: 'D' },
  ],
  funding: [{ source: 'NIH' }, { source: 'NSF' }],
  license: 'CC-BY-4.0',
};
const deposit = { doi: '10.63884/ndic.2025.abcd1234', depositor: 'D', email: 'd@example.org', now: new Date() };
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('the deposit for Crossref', () => {
  it.skipIf(!hasPython)('L1: is well-formed for another reader, its elements in the schema’s order', () => {
    const script = `
import sys, json, xml.etree.ElementTree as E
root = E.fromstring(sys.stdin.buffer.read())
ns = '{http://www.crossref.org/schema/5.3.1}'
strip = lambda t: t.split('}')[1]
d = root.find(f'{ns}body/{ns}database/{ns}dataset')
text = lambda e: [strip(e.tag), dict(e.attrib), (e.text or '').strip(), [text(c) for c in e]]
print(json.dumps({'root': root.tag, 'head': [strip(c.tag) for c in root.find(ns + 'head')], 'database': [strip(c.tag) for c in root.find(f'{ns}body/{ns}database/{ns}database_metadata')], 'dataset': text(d)}))`;
    const run = spawnSync('python3', ['-c', script], { input: crossrefXml(dataset, datasetId, deposit) });
    expect(run.stderr.toString()).toBe('');
    const read = JSON.parse(run.stdout.toString()) as { dataset: [string, object, string, Node[]] } & Record<
      string,
      unknown
    >;
    type Node = [string, Record<string, string>, string, Node[]];
    expect(read['root']).toBe('{http://www.crossref.org/schema/5.3.1}doi_batch');
    expect(read['head']).toEqual(['doi_batch_id', 'timestamp', 'depositor', 'registrant']);
    expect(read['database']).toEqual(['contributors', 'titles', 'description', 'database_date', 'doi_data']);
    const parts = read.dataset[3];
    expect(parts.map(([name]) => name)).toEqual([
      'contributors',
      'titles',
      'database_date',
      'description',
      'program',
      'program',
      'doi_data',
    ]);
    const [contributors, titles, dates, , fundref, access, doi] = parts;
    expect(contributors?.[3].map(([, attributes]) => attributes)).toEqual([
      { sequence: 'first', contributor_role: 'author' },
      { sequence: 'additional', contributor_role: 'author' },
    ]);
    expect(contributors?.[3][0]?.[3].map(([name, , text]) => [name, text])).toEqual([
      ['given_name', 'Ada'],
      ['surname', 'B'],
      ['ORCID', 'https://orcid.org/0000-0002-1825-0097'],
    ]);
    expect(titles?.[3][0]?.[2]).toBe('T <&>');
    expect(dates?.[3].map(([name, , , day]) => [name, day.map(([, , text]) => text).join('-')])).toEqual([
      ['creation_date', '02-03-2025'],
      ['publication_date', '02-03-2025'],
      ['update_date', '03-04-2025'],
    ]);
    expect(fundref?.[3].map(([, , text]) => text)).toEqual(['NIH', 'NSF']);
    expect(access?.[3][0]?.[2]).toBe('https://creativecommons.org/licenses/by/4.0/');
    expect(doi?.[3].map(([, , text]) => text)).toEqual([
      deposit.doi,
      `https://www.ndi-cloud.com/datasets/${datasetId}`,
    ]);
  });

  it('leaves out what is not there', () => {
    const bare = crossrefXml({ name: 'x', contributors: [{ lastName: 'y' }] }, datasetId, deposit);
    expect(bare).not.toMatch(/fr:program|ai:program|rel:program|given_name|ORCID|update_date/);
    const linked = crossrefXml({ associatedPublications: [{ DOI: 'https://doi.org/10.1/x' }] }, datasetId, deposit);
    expect(linked).not.toContain('rel:related_item');
    expect(bareDoi('https://doi.org/10.1000/x')).toBe('10.1000/x');
  });
});

describe('the check-list', () => {
  it('L2: knows ORCIDs that end in X, and wrong check digits', () => {
    expect(orcidAddress('0000-0002-1694-233X')).toBe('https://orcid.org/0000-0002-1694-233X');
    expect(orcidAddress('https://orcid.org/0000-0002-1825-0097')).toBe('https://orcid.org/0000-0002-1825-0097');
    expect(orcidAddress('0000-0002-1825-0098')).toBeNull();
    expect(orcidAddress('0000-0002-1694-2330')).toBeNull();
    const people = [{ lastName: 'x', orcid: '0000-0002-1825-0098' }];
    expect(checkList({ ...dataset, contributors: people }).find(({ code }) => code === 'orcid')?.state).toBe('missing');
  });

  it('L3: names everything that is missing', () => {
    const states = (record: Parameters<typeof checkList>[0]) =>
      Object.fromEntries(checkList(record).map(({ code, state }) => [code, state]));
    expect(states(dataset)).toEqual({
      title: 'good',
      abstract: 'good',
      licence: 'good',
      authors: 'good',
      orcid: 'advice',
      funding: 'good',
      doi: 'advice',
    });
    expect(states({})).toMatchObject({ title: 'missing', abstract: 'missing', licence: 'missing', authors: 'missing' });
    expect(states({ ...dataset, license: 'mine' })['licence']).toBe('missing');
    expect(states({ ...dataset, doi: PLACEHOLDER_DOI })['doi']).toBe('missing');
    expect(states({ ...dataset, contributors: [{ firstName: 'x' }] })['authors']).toBe('missing');
  });

  it('knows licences by all their names', () => {
    for (const name of ['ccByNcSa4_0', 'CC-BY-NC-SA-4.0', 'https://creativecommons.org/licenses/by-nc-sa/4.0/']) {
      expect(findLicence(name)?.id).toBe('CC-BY-NC-SA-4.0');
    }
    expect(findLicence('Creative Commons Attribution 4.0 International')?.id).toBe('CC-BY-4.0');
    expect(findLicence('All rights reserved')).toBeNull();
  });
});

describe('citations', () => {
  const citable = {
    title: 'Tuning of 50% & more',
    authors: [
      { given: 'Ada King', family: 'Lovelace' },
      { given: '', family: 'Consortium' },
    ],
    year: 2025,
    publisher: 'NDI Cloud',
    doi: '10.63884/ndic.2025.abcd1234',
    url: 'https://www.ndi-cloud.com/datasets/x',
  };

  it('are given as text, BibTeX and RIS', () => {
    expect(plainCitation(citable)).toBe(
      'Lovelace, A. K.; Consortium (2025). Tuning of 50% & more. NDI Cloud. https://doi.org/10.63884/ndic.2025.abcd1234',
    );
    expect(plainCitation({ ...citable, doi: '', authors: [] })).toContain('NDI Cloud (2025)');
    expect(bibtex(citable)).toContain('@misc{lovelace2025,\n  author = {Lovelace, Ada King and Consortium}');
    expect(bibtex(citable)).toContain('title = {{Tuning of 50\\% \\& more}}');
    expect(ris(citable).split('\r\n').slice(0, 3)).toEqual([
      'TY  - DATA',
      'AU  - Lovelace, Ada King',
      'AU  - Consortium',
    ]);
  });
});
