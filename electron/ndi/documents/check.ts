import type { JsonObject } from '../../../shared/model/document-json.ts';
import {
  definitionName,
  documentClass,
  documentId,
  documentName,
  listOf,
  type NdiDocument,
  objectOf,
  storedSuperclasses,
  textOf,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import {
  type Breach,
  checkAgainst,
  type CheckContext,
  type CompiledSchema,
  compileSchema,
  describeValue,
  plainClass,
  uniqueSorted,
} from './check-schema.ts';
import { checkJsonSchema } from './json-schema.ts';
import { type DocumentSchema, type DocumentType, findDocumentType, typesRevision } from './types.ts';

export type { Breach, CheckContext } from './check-schema.ts';

/** A document to store, and the one that it replaces. */
export interface CheckedDocument {
  readonly document: NdiDocument;
  readonly before?: NdiDocument;
}

/**
 * Checks a batch of documents as NDI does before it stores any of them. Dependencies may also point into the batch. A
 * document that replaces another may break the rules that the old one broke: others wrote it, and it must stay editable.
 * @throws NdiError document.invalid naming document, field, rule and value; document.duplicate
 */
export function checkDocuments(batch: readonly CheckedDocument[], context: CheckContext): void {
  const ids = new Set<string>();
  for (const { document } of batch) {
    const id = documentId(document);
    if (ids.has(id)) throw duplicateInBatch(id);
    ids.add(id);
  }
  const around = { ...context, exists: (id: string) => ids.has(id) || context.exists(id) };
  const faulty: { document: NdiDocument; breaches: Breach[] }[] = [];
  for (const { document, before } of batch) {
    let breaches = findBreaches(document, around);
    if (breaches.length > 0 && before !== undefined) {
      const old = new Set(findBreaches(before, around).map(keyOf));
      breaches = breaches.filter((one) => !old.has(keyOf(one)));
    }
    if (breaches.length > 0) faulty.push({ document, breaches });
  }
  if (faulty.length > 0) throw breachError(faulty);
}

const keyOf = (breach: Breach): string => `${breach.field}\n${breach.rule}\n${breach.value}`;

/** Every rule that a document breaks. */
export function findBreaches(document: NdiDocument, context: CheckContext): Breach[] {
  if (documentId(document) === '') return [{ field: 'base.id', rule: 'every document needs an id', value: '' }];
  const { breaches, schemas, jsonSchemas } = headOf(document);
  const found = [...breaches];
  for (const { name, jsonSchema } of jsonSchemas) {
    for (const { field, rule, value } of checkJsonSchema(document, name, jsonSchema)) {
      found.push({ field, rule, value: describeValue(value) });
    }
  }
  for (const schema of schemas) checkAgainst(document, schema, context, found);
  return found;
}

/** What `document_class` alone decides: its own breaches, and the schemas that the document has to fulfil. */
interface Head {
  readonly breaches: readonly Breach[];
  readonly schemas: readonly CompiledSchema[];
  readonly jsonSchemas: readonly { readonly name: string; readonly jsonSchema: JsonObject }[];
}

/** Thousands of documents added at once share a few heads. */
const MOST_HEADS = 1000;
const heads = new Map<string, Head>();
let headsOf = -1;

function headOf(document: NdiDocument): Head {
  const holder = objectOf(document['document_class']) ?? {};
  const key = keyOfHead(holder);
  if (headsOf !== typesRevision() || heads.size > MOST_HEADS) heads.clear();
  headsOf = typesRevision();
  let head = heads.get(key);
  if (head === undefined) heads.set(key, (head = readHead(document, holder)));
  return head;
}

/** All that a head is read from, in one text. */
function keyOfHead(holder: JsonObject): string {
  let key = '';
  for (const name of ['class_name', 'property_list_name', 'class_version', 'validation']) {
    const value = holder[name] ?? '';
    key += `${typeof value === 'object' ? 'object' : value}\0`;
  }
  for (const one of listOf(holder['superclasses'])) key += `\n${textOf(objectOf(one)?.['definition'])}`;
  return key;
}

function readHead(document: NdiDocument, holder: JsonObject): Head {
  const none = { schemas: [], jsonSchemas: [] };
  const empty = ['class_name', 'property_list_name', 'class_version'].filter((key) => (holder[key] ?? '') === '');
  if (empty.length > 0) {
    const rule = 'it must not be empty';
    return { ...none, breaches: empty.map((key) => ({ field: `document_class.${key}`, rule, value: '' })) };
  }
  const validation = textOf(holder['validation']);
  if (validation === '') return { ...none, breaches: [] };
  const name = documentClass(document);
  const type = findDocumentType(name) ?? findDocumentType(schemaName(validation));
  if (type?.schema === undefined) {
    const rule = 'its schema is not among the known ones';
    return { ...none, breaches: [{ field: 'document_class.validation', rule, value: validation }] };
  }
  const head = { breaches: [], schemas: [], jsonSchemas: [] };
  applySchema(document, type, name, head);
  return head;
}

/** `$NDISCHEMAPATH/daq/daqsystem_schema.json` -> `daqsystem`. */
function schemaName(validation: string): string {
  return definitionName(validation).replace(/[_.]schema$/, '');
}

interface GrowingHead {
  readonly breaches: Breach[];
  readonly schemas: CompiledSchema[];
  readonly jsonSchemas: { name: string; jsonSchema: JsonObject }[];
}

function applySchema(document: NdiDocument, type: DocumentType, name: string, head: GrowingHead): void {
  const { schema, jsonSchema } = type;
  if (schema === undefined || schema === null) {
    const rule = 'the schema of this class is of a kind that NDI cannot check, so NDI does not store it';
    head.breaches.push({ field: 'document_class.validation', rule, value: name });
    if (jsonSchema !== undefined) head.jsonSchemas.push({ name, jsonSchema });
    return;
  }
  checkClass(document, schema, head);
  applySuperclasses(document, schema, name, head);
  head.schemas.push(compileSchema(schema));
}

function checkClass(document: NdiDocument, schema: DocumentSchema, head: GrowingHead): void {
  const classes = [documentClass(document), ...storedSuperclasses(document)].map(plainClass);
  if (classes.includes(plainClass(schema.className))) return;
  const rule = `the document must be of class ${schema.className} or descend from it`;
  head.breaches.push({ field: 'document_class.class_name', rule, value: documentClass(document) });
}

/** Only for the document's own schema: there, the schemas of all ancestors are applied too. */
function applySuperclasses(document: NdiDocument, schema: DocumentSchema, name: string, head: GrowingHead): void {
  const own = plainClass(schema.className);
  if (own !== plainClass(documentClass(document)) || own !== plainClass(name)) return;
  const wanted = uniqueSorted(schema.superclasses);
  const found = uniqueSorted(storedSuperclasses(document));
  const field = 'document_class.superclasses';
  if (wanted !== found) head.breaches.push({ field, rule: `they must be ${wanted || 'none'}`, value: found });
  for (const superclass of schema.superclasses) {
    const type = findDocumentType(superclass);
    if (type !== undefined) applySchema(document, type, superclass, head);
    else head.breaches.push({ field, rule: 'each must be known', value: superclass });
  }
}

/** Breaches told in one sentence. */
const TOLD = 3;

function breachError(faulty: readonly { document: NdiDocument; breaches: readonly Breach[] }[]): NdiError {
  const all = faulty.flatMap(({ document, breaches }) => breaches.map((breach) => ({ document, breach })));
  const [first] = all;
  if (first === undefined) throw new Error('no breach to tell');
  const { document, breach } = first;
  const [name, className, id] = [documentName(document), documentClass(document), documentId(document)];
  const subject = ['The', className, 'document', name === '' ? id : `"${name}" (${id})`];
  const told = all
    .slice(0, TOLD)
    .map((one) => (one.document === document ? '' : `${documentId(one.document)} `) + tell(one.breach));
  const more = all.length > TOLD ? `; and ${all.length - TOLD} more` : '';
  return new NdiError({
    code: breach.code ?? 'document.invalid',
    message: `${subject.filter(Boolean).join(' ')} is not valid: ${told.join('; ')}${more}.`,
    recovery: `Correct the ${all.length === 1 ? 'field' : 'fields'}; nothing was written.`,
    details: {
      id,
      class: className,
      field: breach.field,
      rule: breach.rule,
      value: breach.value.slice(0, 1000),
      problems: all.slice(0, 1000).map((one) => `${documentId(one.document)} ${tell(one.breach)}`),
    },
  });
}

function tell(breach: Breach): string {
  const found = breach.value === '' ? 'it is empty' : `found ${breach.value.slice(0, 200)}`;
  return `${breach.field}: ${breach.rule}; ${found}`;
}

function duplicateInBatch(id: string): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `Two of the documents to add have the id ${id}.`,
    recovery: 'Give one of them a new id; nothing was written.',
    details: { id },
  });
}
