import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { formatDocumentJson } from '../shared/model/document-json.ts';
import { documentId, type NdiDocument } from '../shared/model/documents.ts';
import { flattenDocument } from '../electron/ndi/database/flatten.ts';
import { branch } from '../electron/ndi/database/schema.ts';
import { newDocument } from '../electron/ndi/documents/build.ts';
import { createDatabase } from '../electron/ndi/database/create-database.ts';

const benchSession = '41269a0000000000_40dbbdf6582271b2';
const DAY_MS = 86_400_000;

/** Id number `index` of the bench's documents, in NDI's form. */
export function benchId(index: number): string {
  // Spread, so that ids are not in the order in which they were written.
  const spread = (Math.imul(index + 1, 2654435761) >>> 0).toString(16).padStart(8, '0');
  return `41269a00${index.toString(16).padStart(8, '0')}_40${spread}aaaaaa`;
}

/** Document number `index`: about 20 fields, one in ten of class probe, numbers, texts, a list, two dependencies. */
export function benchDocument(index: number): NdiDocument {
  const isProbe = index % 10 === 0;
  const name = isProbe ? 'probe' : 'stimulus_response';
  return {
    base: {
      session_id: benchSession,
      id: benchId(index),
      name: `unit_${index % 1000}_${(index * 7919) % 100_003}`,
      datestamp: new Date(
        Date.UTC(2024, 0, 1) + ((index * 7919) % 700) * DAY_MS + (index % 86_400) * 1000,
      ).toISOString(),
    },
    depends_on: [
      { name: 'subject_id', value: benchId(index % 200) },
      { name: 'element_id', value: benchId(Math.floor(index / 10) * 10) },
    ],
    document_class: {
      definition: `$NDIDOCUMENTPATH/${name}.json`,
      validation: `$NDISCHEMAPATH/${name}_schema.json`,
      class_name: name,
      property_list_name: 'measured',
      class_version: 1,
      superclasses: (isProbe ? ['base', 'element'] : ['base']).map((one) => ({
        definition: `$NDIDOCUMENTPATH/${one}.json`,
      })),
    },
    measured: {
      area: ['V1', 'LGN', 'CA1', 'ferret cortex', 'MT'][index % 5] ?? '',
      comment: `recorded at site ${index % 5000} depth ${(index * 31) % 2400} um`,
      count: index % 100,
      depth: (index * 31) % 2400,
      rate: Math.round(((index * 7919) % 100_000) / 7) / 100,
      direction: [0, 45, 90, 135, (index % 8) * 45],
      significant: index % 3 === 0,
      fit: { amplitude: (index % 977) / 10, width: (index % 89) / 10, method: index % 2 === 0 ? 'gauss' : 'vonmises' },
    },
  };
}

/** A database in NDI's layout at `folder/.ndi`. @param layout `python`: as NDI-python leaves it, without indexes;
 * `documents`: without flattened rows, which only the peers read */
export function writeBenchDatabase(
  folder: string,
  count: number,
  layout: 'matlab' | 'python' | 'documents' = 'matlab',
): string {
  const path = join(folder, '.ndi', 'did-sqlite.sqlite');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, '.ndi', 'files'), { recursive: true });
  writeFileSync(join(folder, '.ndi', 'unique_reference.txt'), benchSession);
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  createDatabase(database);
  database.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -200000');
  database.exec('DROP INDEX doc_data_value; DROP INDEX docs_doc_id; BEGIN');
  const doc = database.prepare('INSERT INTO docs (doc_id, json_code, timestamp) VALUES (?, ?, 739000)');
  const member = database.prepare('INSERT INTO branch_docs VALUES (?, ?, 739000)');
  const field = database.prepare('INSERT INTO fields (class, field_name, json_name) VALUES (?, ?, ?)');
  const data = database.prepare('INSERT INTO doc_data VALUES (?, ?, ?)');
  const fields = new Map<string, number>();
  const add = (document: NdiDocument, isFlattened: boolean) => {
    const docIdx = doc.run(documentId(document), formatDocumentJson(document)).lastInsertRowid;
    member.run(branch, docIdx);
    if (!isFlattened) return;
    for (const { group, name, value } of flattenDocument(document)) {
      let at = fields.get(name);
      if (at === undefined) {
        at = Number(field.run(group, name, name.replaceAll('.', '___')).lastInsertRowid);
        fields.set(name, at);
      }
      data.run(docIdx, at, value);
    }
  };
  const identity = { 'base.session_id': benchSession, 'session.reference': 'bench' };
  add(newDocument('session', identity), true);
  for (let index = 0; index < count; index += 1) add(benchDocument(index), layout !== 'documents');
  database.exec('COMMIT; PRAGMA journal_mode = DELETE');
  if (layout !== 'python') {
    database.exec(
      'CREATE INDEX "docs_doc_id" ON "docs" ("doc_id"); CREATE INDEX "doc_data_value" ON "doc_data" ("value")',
    );
  } else database.exec('DROP INDEX fields_field_name');
  database.close();
  return path;
}
