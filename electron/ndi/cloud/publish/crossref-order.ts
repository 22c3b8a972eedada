import { parseXml, XmlFault, type XmlElement } from '../../../formats/spikegadgets/xml.ts';

/**
 * The elements of a deposit in the order that Crossref's schema 5.3.1 demands, as far as NDI's deposits use it (cloud
 * reference, section 16): `?` may be missing, `+` comes once or more, `*` any number of times. Others hold text.
 */
const content: Readonly<Record<string, string>> = {
  doi_batch: 'head body',
  head: 'doi_batch_id timestamp depositor registrant',
  depositor: 'depositor_name email_address',
  body: 'database',
  database: 'database_metadata dataset+',
  database_metadata: 'contributors titles description database_date doi_data',
  dataset: 'contributors titles database_date description fr:program? ai:program? rel:program? doi_data',
  contributors: 'organization* person_name*',
  person_name: 'given_name? surname ORCID?',
  titles: 'title',
  database_date: 'creation_date publication_date update_date?',
  creation_date: 'month day year',
  publication_date: 'month day year',
  update_date: 'month day year',
  'fr:program': 'fr:assertion+',
  'ai:program': 'ai:license_ref',
  'rel:program': 'rel:related_item+',
  'rel:related_item': 'rel:inter_work_relation',
  doi_data: 'doi resource',
};

/** Attributes that an element must have, with the form of their values. */
const attributes: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  doi_batch: { version: /^5\.3\.1$/, xmlns: /^http:\/\/www\.crossref\.org\/schema\/5\.3\.1$/ },
  organization: { sequence: /^(first|additional)$/, contributor_role: /^author$/ },
  person_name: { sequence: /^(first|additional)$/, contributor_role: /^author$/ },
  creation_date: { media_type: /^online$/ },
  publication_date: { media_type: /^online$/ },
  update_date: { media_type: /^online$/ },
  dataset: { dataset_type: /^record$/ },
  'fr:program': { name: /^fundref$/ },
  'fr:assertion': { name: /^funder_name$/ },
  'ai:program': { name: /^AccessIndicators$/ },
  'rel:inter_work_relation': { 'relationship-type': /^\w+$/, 'identifier-type': /^doi$/ },
};

/** What keeps a text from being a deposit that Crossref takes: wrong elements, order, attributes, empty texts. */
export function crossrefFaults(xml: string): string[] {
  try {
    const root = parseXml(xml);
    return root.name === 'doi_batch' ? [...faultsOf(root), ...emptyTexts(xml)] : [`The root is ${root.name}.`];
  } catch (error) {
    if (error instanceof XmlFault) return [`It is not well-formed: ${error.message}.`];
    throw error;
  }
}

function* faultsOf(element: XmlElement): Generator<string> {
  const { name, children } = element;
  const model = content[name];
  const found = children.map((child) => child.name);
  if (!formOf(model).test(found.map((one) => `${one} `).join(''))) {
    yield `${name} holds “${found.join(' ')}” where “${model ?? 'text'}” is due.`;
  }
  if (name === 'contributors' && found.length === 0) yield 'contributors is empty.';
  for (const [key, form] of Object.entries(attributes[name] ?? {})) {
    const value = element.attributes.get(key);
    if (value === undefined || !form.test(value)) yield `${name} has no right ${key}.`;
  }
  for (const child of children) yield* faultsOf(child);
}

function formOf(model = ''): RegExp {
  const parts = model.split(' ').filter((part) => part !== '');
  const forms = parts.map((part) =>
    part.replace(/^(.*?)([?+*]?)$/, (_, name: string, often: string) => `(${name} )${often}`),
  );
  return new RegExp(`^${forms.join('')}$`);
}

function* emptyTexts(xml: string): Generator<string> {
  for (const [, name = ''] of xml.matchAll(/<([\w:]+)[^<>]*>\s*<\/\1>/g)) yield `${name} is empty.`;
}
