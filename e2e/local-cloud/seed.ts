import type { Cloud } from './cloud.ts';
import { addOrganization, addUser, type NewUser } from './routes/accounts.ts';
import { addDataset, updateRecord } from './routes/datasets.ts';
import { addDocument } from './store/documents.ts';

/** A new account; gives the ids that a test needs. */
export function seedUser(cloud: Cloud, user: Partial<NewUser> & { email: string }): SeededUser {
  const password = user.password ?? 'correct horse battery';
  const name = user.name ?? user.email.replace(/@.*/, '');
  const organization = user.organization ?? `${name} lab`;
  const row = addUser(cloud, { ...user, name, password, organization });
  const sql = 'SELECT organization_id FROM members WHERE user_id = ?';
  const organizationId = String(cloud.db.get(sql, String(row['id']))?.['organization_id']);
  return { id: String(row['id']), email: user.email, password, organizationId };
}

export interface SeededUser {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly organizationId: string;
}

/** A dataset with so many documents, as if it had been uploaded. */
export function seedDataset(
  cloud: Cloud,
  organizationId: string,
  options: { name: string; documents?: number; isPublished?: boolean; metadata?: Record<string, unknown> },
): string {
  const id = addDataset(cloud, organizationId, { name: options.name, ...options.metadata });
  if (options.isPublished === true) updateRecord(cloud, id, { isPublished: true, isSubmitted: true });
  cloud.db.transaction(() => {
    for (let n = 0; n < (options.documents ?? 0); n += 1) addDocument(cloud, id, seedDocument(n));
  });
  return id;
}

/** A small document of the class `element`. */
export function seedDocument(n: number): Record<string, unknown> {
  const hex = (n + 1).toString(16).padStart(16, '0');
  return {
    document_class: {
      definition: '$NDIDOCUMENTPATH/element.json',
      validation: '$NDISCHEMAPATH/element_schema.json',
      class_name: 'element',
      property_list_name: 'element',
      class_version: 1,
      superclasses: [{ definition: '$NDIDOCUMENTPATH/base.json' }],
    },
    base: {
      id: `${hex}_c0de000000000000`,
      session_id: '4126919195e6b5af_40d651024919a2e4',
      name: `element ${n}`,
      datestamp: '2026-05-31T14:02:11.123Z',
    },
    element: { name: `probe ${n}`, reference: 1, type: 'n-trode', direct: 1 },
  };
}

/** One account, two datasets of its own and two published ones of another laboratory. */
export function seedDemo(cloud: Cloud) {
  const owner = cloud.db.get('SELECT id FROM users WHERE email = ?', 'demo@example.org');
  if (owner !== undefined) return { email: 'demo@example.org', password: 'correct horse battery' };
  const demo = seedUser(cloud, { email: 'demo@example.org', name: 'Demo Scientist', organization: 'Demo Lab' });
  addOrganization(cloud, 'Shared Facility', [demo.id]);
  const other = seedUser(cloud, { email: 'open@example.org', name: 'Open Lab', organization: 'Open Lab' });
  seedDataset(cloud, demo.organizationId, {
    name: 'Orientation tuning in ferret V1',
    documents: 42,
    metadata: { abstract: 'Responses to drifting gratings.', license: 'CC-BY-4.0', species: 'Mustela putorius furo' },
  });
  seedDataset(cloud, demo.organizationId, { name: 'Mouse 12, pilot', documents: 7 });
  for (const [name, documents] of [
    ['Spontaneous activity of the developing cortex', 750],
    ['Chronic recordings with two probes', 1200],
  ] as const) {
    const metadata = { abstract: 'An example of a published dataset.', license: 'CC-BY-4.0', species: 'Mus musculus' };
    seedDataset(cloud, other.organizationId, { name, documents, isPublished: true, metadata });
  }
  return { email: demo.email, password: demo.password };
}
