import { findLicence } from '../../../../shared/model/licences.ts';
import { orcidAddress } from '../../../../shared/model/orcid.ts';
import type { Dataset } from '../api/shapes.ts';
import { listOf, orcidOf } from '../api/shapes.ts';
import { bareDoi } from './doi.ts';

/** Who deposits, and when. */
export interface Deposit {
  readonly doi: string;
  readonly depositor: string;
  readonly email: string;
  /** Of the deposit; it must grow with every deposit of the same DOI. */
  readonly now: Date;
}

type Node = readonly [name: string, attributes: Readonly<Record<string, string>>, content: string | readonly Node[]];

const node = (
  name: string,
  content: string | readonly Node[],
  attributes: Readonly<Record<string, string>> = {},
): Node => [name, attributes, content];

const REGISTRANT = 'Waltham Data Science LLC';
const DATABASE_TITLE = 'NDI Cloud Open Datasets';

/** The page of a dataset, to which its DOI leads. */
export const datasetPage = (datasetId: string): string => `https://www.ndi-cloud.com/datasets/${datasetId}`;

/**
 * The deposit of a dataset for Crossref, schema 5.3.1 (cloud reference, section 16): contributors, titles, dates,
 * description, funding, licence and DOI, in the order that the schema demands.
 */
export function crossrefXml(dataset: Dataset, datasetId: string, deposit: Deposit): string {
  const batch = node(
    'doi_batch',
    [head(deposit), node('body', [node('database', [databaseMetadata(), record(dataset, datasetId, deposit)])])],
    {
      version: '5.3.1',
      xmlns: 'http://www.crossref.org/schema/5.3.1',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xmlns:fr': 'http://www.crossref.org/fundref.xsd',
      'xmlns:ai': 'http://www.crossref.org/AccessIndicators.xsd',
      'xmlns:rel': 'http://www.crossref.org/relations.xsd',
      'xsi:schemaLocation': 'http://www.crossref.org/schema/5.3.1 http://www.crossref.org/schemas/crossref5.3.1.xsd',
    },
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(batch, '')}\n`;
}

/** The name under which a deposit is asked for later. */
export const batchId = ({ now }: Pick<Deposit, 'now'>): string => `dataset_batch-${localTime(now).iso}`;

function head(deposit: Deposit): Node {
  const { depositor, email, now } = deposit;
  const local = localTime(now);
  return node('head', [
    node('doi_batch_id', batchId(deposit)),
    node('timestamp', local.digits),
    node('depositor', [node('depositor_name', depositor), node('email_address', email)]),
    node('registrant', REGISTRANT),
  ]);
}

function localTime(now: Date): { iso: string; digits: string } {
  const offset = -now.getTimezoneOffset();
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
  return { iso: `${local}${zone}`, digits: local.replace(/\D/g, '') };
}

function databaseMetadata(): Node {
  return node(
    'database_metadata',
    [
      node('contributors', [node('organization', REGISTRANT, { sequence: 'first', contributor_role: 'author' })]),
      node('titles', [node('title', DATABASE_TITLE)]),
      node('description', 'Searchable scientific datasets from neuroscience and other disciplines'),
      node('database_date', [date('creation_date', '2024-04-08'), date('publication_date', '2024-04-08')]),
      node('doi_data', [node('doi', '10.63884/ndic.00000'), node('resource', 'https://ndi-cloud.com')]),
    ],
    { language: 'en' },
  );
}

function record(dataset: Dataset, datasetId: string, { doi, now }: Deposit): Node {
  const people = listOf(dataset.contributors);
  const created = dayOf(dataset.createdAt) ?? dayOf(now.toISOString()) ?? '';
  const updated = dayOf(dataset.updatedAt);
  const funders = listOf(dataset.funding).flatMap(({ source = '' }) => (source.trim() === '' ? [] : [source.trim()]));
  const licence = findLicence(dataset.license ?? '');
  const parts: Node[] = [
    node(
      'contributors',
      people.map((person, at) => {
        const { firstName = '', lastName = '' } = person;
        const address = orcidAddress(orcidOf(person));
        return node(
          'person_name',
          [
            ...(firstName === '' ? [] : [node('given_name', firstName)]),
            node('surname', lastName),
            ...(address === null ? [] : [node('ORCID', address)]),
          ],
          { sequence: at === 0 ? 'first' : 'additional', contributor_role: 'author' },
        );
      }),
    ),
    node('titles', [node('title', dataset.name ?? '')]),
    node('database_date', [
      date('creation_date', created),
      date('publication_date', created),
      ...(updated === null ? [] : [date('update_date', updated)]),
    ]),
    node('description', dataset.abstract ?? ''),
  ];
  if (funders.length > 0) {
    const assertions = funders.map((name) => node('fr:assertion', name, { name: 'funder_name' }));
    parts.push(node('fr:program', assertions, { name: 'fundref' }));
  }
  if (licence !== null) {
    parts.push(node('ai:program', [node('ai:license_ref', licence.url)], { name: 'AccessIndicators' }));
  }
  const publications = listOf(dataset.associatedPublications).flatMap(({ DOI = '' }) => bareDoi(DOI) || []);
  if (publications.length > 0) {
    const related = publications.map((publication) =>
      node('rel:related_item', [
        node('rel:inter_work_relation', publication, {
          'relationship-type': 'isSupplementTo',
          'identifier-type': 'doi',
        }),
      ]),
    );
    parts.push(node('rel:program', related, { name: 'relations' }));
  }
  parts.push(node('doi_data', [node('doi', doi), node('resource', datasetPage(datasetId))]));
  return node('dataset', parts, { dataset_type: 'record' });
}

/** `2025-02-03` of a date with or without milliseconds. */
function dayOf(text: string | undefined): string | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

function date(name: string, day: string): Node {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  return node(name, [node('month', month), node('day', dayOfMonth), node('year', year)], { media_type: 'online' });
}

function written([name, attributes, content]: Node, indent: string): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `${indent}<${name}${given.join('')}>`;
  if (typeof content === 'string') return `${open}${escaped(content)}</${name}>`;
  const inner = content.map((child) => written(child, `${indent}  `));
  return inner.length === 0 ? `${open}</${name}>` : `${open}\n${inner.join('\n')}\n${indent}</${name}>`;
}

/** Characters that XML 1.0 cannot hold are left out. */
function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- control characters are what is taken out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
