import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findLicence } from '../../../../shared/model/licences.ts';
import { orcidAddress } from '../../../../shared/model/orcid.ts';
import { emptyMetadata } from '../../../../shared/model/dataset-metadata.ts';
import { cloudMetadata, differingFields } from './cloud-metadata.ts';
import { crossrefFaults } from './crossref-order.ts';
import { checkList, PLACEHOLDER_DOI } from './check-list.ts';
import { crossrefXml } from './crossref-xml.ts';
import { bareDoi } from './doi.ts';

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

describe('what Crossref takes', () => {
  const xml = crossrefXml({ ...dataset, associatedPublications: [{ DOI: 'doi:10.1000/xyz' }] }, datasetId, deposit);

  it('is what is deposited, and nothing in another order, without its attributes or with nothing in it', () => {
    expect(crossrefFaults(xml)).toEqual([]);
    const swapped = xml.replace(
      /(\s*<titles>\s*<title>T [\s\S]*?<\/titles>)(\s*<database_date>[\s\S]*?<\/database_date>)/,
      '$2$1',
    );
    expect(swapped).not.toBe(xml);
    expect(crossrefFaults(swapped)[0]).toMatch(/^dataset holds “contributors database_date titles/);
    const early = xml.replace(/(\s*<fr:program[\s\S]*?<\/fr:program>)(\s*<ai:program[\s\S]*?<\/ai:program>)/, '$2$1');
    expect(crossrefFaults(early)).toHaveLength(1);
    expect(crossrefFaults(xml.replace(' contributor_role="author"', ''))).toEqual([
      'organization has no right contributor_role.',
    ]);
    expect(crossrefFaults(xml.replace('<surname>B</surname>', '<surname></surname>'))).toEqual(['surname is empty.']);
    expect(crossrefFaults(xml.replace('<surname>B</surname>', ''))).toHaveLength(1);
    expect(crossrefFaults(xml.slice(0, -20))[0]).toMatch(/^It is not well-formed/);
  });

  it('names each order of the reference’s table', () => {
    // Every pair of neighbours of the record, swapped, is found.
    const names = [
      'contributors',
      'titles',
      'database_date',
      'description',
      'fr:program',
      'ai:program',
      'rel:program',
      'doi_data',
    ];
    const [, before = '', inner = '', after = ''] =
      /^([\s\S]*<dataset [^>]*>)([\s\S]*)(<\/dataset>[\s\S]*)$/.exec(xml) ?? [];
    const parts = names.map((name) => new RegExp(`<${name}[ >][\\s\\S]*</${name}>`).exec(inner)?.[0] ?? '');
    expect(crossrefFaults(`${before}${parts.join('')}${after}`)).toEqual([]);
    for (let at = 0; at + 1 < parts.length; at += 1) {
      const order = parts.with(at, parts[at + 1] ?? '').with(at + 1, parts[at] ?? '');
      expect(crossrefFaults(`${before}${order.join('')}${after}`), names[at] ?? '').toHaveLength(1);
    }
  });
});

describe('a description as a record', () => {
  const description = {
    ...emptyMetadata,
    title: 'T',
    license: 'ccByNcSa4_0',
    authors: [
      {
        givenName: 'Ada',
        familyName: 'B',
        orcid: '0000-0002-1825-0097',
        email: 'a@b.org',
        roles: ['Corresponding'],
        affiliations: [],
      },
      { givenName: 'C', familyName: 'D', orcid: '', email: 'c@d.org', roles: [], affiliations: [] },
    ],
    funding: [
      { funder: 'NIH', awardTitle: 'x', awardNumber: '1' },
      { funder: 'NIH', awardTitle: 'y', awardNumber: '2' },
      { funder: 'NSF', awardTitle: '', awardNumber: '' },
    ],
  };

  it('is spelled as the service reads it, without what is empty and without a placeholder', () => {
    expect(cloudMetadata(description)).toEqual({
      name: 'T',
      license: 'CC-BY-NC-SA-4.0',
      contributors: [
        { firstName: 'Ada', lastName: 'B', orcid: 'https://orcid.org/0000-0002-1825-0097', contact: 'a@b.org' },
        { firstName: 'C', lastName: 'D', orcid: '' },
      ],
      correspondingAuthors: [{ firstName: 'Ada', lastName: 'B', orcid: 'https://orcid.org/0000-0002-1825-0097' }],
      funding: [{ source: 'NIH' }, { source: 'NSF' }],
    });
  });

  it('is the same as a record that another client wrote in its spellings', () => {
    const theirs = {
      name: 'T ',
      license: 'ccByNcSa4_0',
      contributors: [
        { firstName: 'Ada', lastName: 'B', orchid: '0000-0002-1825-0097' },
        { firstName: 'C', lastName: 'D' },
      ],
      correspondingAuthors: [{ firstName: 'Ada', lastName: 'B', orchid: '0000-0002-1825-0097' }],
      funding: { source: 'NIH, NSF' },
    };
    expect(differingFields(theirs, cloudMetadata(description))).toEqual([]);
    expect(differingFields({ ...theirs, name: 'U' }, cloudMetadata(description))).toEqual(['name']);
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

  it('says where a gap is filled: in the description, or by sending it', () => {
    const item = (record: Parameters<typeof checkList>[0], wanted = {}) =>
      checkList(record, wanted).find(({ state }) => state === 'missing');
    expect(item({ ...dataset, abstract: '' })).toMatchObject({ code: 'abstract', mend: 'describe', field: 'abstract' });
    expect(item({ ...dataset, abstract: '' }, { abstract: 'A' })).toMatchObject({ mend: 'sendDescription' });
    const wrong = [...dataset.contributors, { lastName: 'x', orcid: '1' }];
    expect(item({ ...dataset, contributors: wrong })).toMatchObject({ code: 'orcid', field: 'authors.2.orcid' });
    expect(item({ ...dataset, doi: PLACEHOLDER_DOI })).toMatchObject({ mend: 'removePlaceholder' });
  });

  it('knows licences by all their names', () => {
    for (const name of ['ccByNcSa4_0', 'CC-BY-NC-SA-4.0', 'https://creativecommons.org/licenses/by-nc-sa/4.0/']) {
      expect(findLicence(name)?.id).toBe('CC-BY-NC-SA-4.0');
    }
    expect(findLicence('Creative Commons Attribution 4.0 International')?.id).toBe('CC-BY-4.0');
    expect(findLicence('All rights reserved')).toBeNull();
  });
});
