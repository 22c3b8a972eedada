import type { DatabaseSync } from 'node:sqlite';
import { parseDocumentJson } from '../../../shared/model/document-json.ts';
import { documentClass, type NdiDocument } from '../../../shared/model/documents.ts';
import { superclassesOf } from '../documents/types.ts';
import { joined } from './extract.ts';
import { oddKind, valueType } from './layout.ts';

/** What documents of one kind have in common. */
export interface Kind {
  readonly index: number;
  readonly class: string;
  readonly sessionId: string;
  readonly superclasses: readonly string[];
  /** A document with nothing but its `document_class`. */
  readonly head: NdiDocument;
  readonly paths: ReadonlySet<string>;
  readonly documents: number;
}

export interface Field {
  /** Numbers of the field itself, and of its lists of texts, joined; -1 where there are none. */
  readonly own: number;
  readonly joined: number;
  /** Whether some document has it more than once (in a list of objects). */
  readonly multiple: boolean;
  /** Whether some document has a list or a truth value in it, null or NaN. */
  readonly others: boolean;
}

/** The small tables of an index, in memory: kinds, fields and names of dependencies. */
export interface Catalogue {
  readonly kinds: readonly Kind[];
  readonly everyKind: ReadonlySet<number>;
  readonly kindOf: ReadonlyMap<number, Kind>;
  readonly fields: ReadonlyMap<string, Field>;
  readonly dependencyNames: readonly { readonly index: number; readonly name: string }[];
  /** Documents that have to be read whole. */
  readonly oddDocuments: number;
  readonly documents: number;
  /** About which share of all texts holds a trigram. */
  readonly commonness: (trigram: string) => number;
}

export function readCatalogue(database: DatabaseSync): Catalogue {
  const kinds: Kind[] = [];
  let oddDocuments = 0;
  for (const row of database.prepare('SELECT * FROM kind WHERE documents > 0').iterate()) {
    const index = Number(row['kind_idx']);
    const documents = Number(row['documents']);
    if (index === oddKind) {
      oddDocuments = documents;
      continue;
    }
    const head = row['head'] === '' ? {} : { document_class: parseDocumentJson(String(row['head'])) };
    kinds.push({
      index,
      class: documentClass(head),
      sessionId: String(row['session']),
      superclasses: superclassesOf(head),
      head,
      paths: new Set(String(row['paths']).split('\n')),
      documents,
    });
  }
  const names = database.prepare('SELECT name_idx, name FROM dependency_name').all();
  return {
    kinds,
    everyKind: new Set(kinds.map((kind) => kind.index)),
    kindOf: new Map(kinds.map((kind) => [kind.index, kind])),
    fields: readFields(database),
    dependencyNames: names.map((row) => ({ index: Number(row['name_idx']), name: String(row['name']) })),
    oddDocuments,
    documents: kinds.reduce((sum, kind) => sum + kind.documents, oddDocuments),
    commonness: (trigram) => commonness(database, trigram),
  };
}

/** The share is told from so many texts. */
const SAMPLED_TEXTS = 200;

function commonness(database: DatabaseSync, trigram: string): number {
  const sample = database.prepare(
    'SELECT count(*) AS found, max(rowid) AS last FROM (SELECT rowid FROM found_text WHERE found_text MATCH ? LIMIT ?)',
  );
  const row = sample.get(`"${trigram.replaceAll('"', '""')}"`, SAMPLED_TEXTS);
  return Number(row?.['found']) / Math.max(1, Number(row?.['last'] ?? 0));
}

function readFields(database: DatabaseSync): Map<string, Field> {
  const fields = new Map<string, Field>();
  const others = `EXISTS (SELECT 1 FROM field_value f WHERE f.field = field_idx AND f.type >= ${valueType.other})`;
  for (const row of database.prepare(`SELECT field_idx, path, multiple, ${others} AS others FROM field`).iterate()) {
    const whole = String(row['path']);
    const isJoined = whole.endsWith(joined);
    const path = isJoined ? whole.slice(0, -joined.length) : whole;
    const known = fields.get(path) ?? { own: -1, joined: -1, multiple: false, others: false };
    const index = Number(row['field_idx']);
    const multiple = known.multiple || row['multiple'] === 1;
    const own = { own: index, others: row['others'] === 1 };
    fields.set(path, { ...known, ...(isJoined ? { joined: index } : own), multiple });
  }
  return fields;
}
