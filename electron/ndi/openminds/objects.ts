import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { NdiError } from '../../../shared/model/errors.ts';

/**
 * An object of openMINDS that is to become a document: its fields, among them other objects, which become documents of
 * their own. An object that is linked from several places is one object.
 */
export interface OpenMindsObject {
  /** `Species`, `DatasetVersion` … */
  readonly type: string;
  /** Its id in openMINDS: an address, or `_:` and a number of its own. */
  readonly id: string;
  readonly fields: Readonly<Record<string, OpenMindsField>>;
  /** The session whose document it becomes, where that is not the one that it is written to. */
  readonly sessionId?: string;
}

export type OpenMindsField = JsonValue | OpenMindsObject | readonly OpenMindsObject[];

/** An object without an address: openMINDS lets such have an id that is its own (a blank node of JSON-LD). */
export function openMindsObject(type: string, fields: OpenMindsObject['fields'], sessionId?: string): OpenMindsObject {
  const object = { type, id: `_:${randomUUID()}`, fields: { ...emptyFields.get(type), ...fields } };
  return sessionId === undefined ? object : { ...object, sessionId };
}

/** Addresses of types as NDI's own look-ups expect them. */
export const typeAddress = (type: string): string => `https://openminds.om-i.org/types/${type}`;

/** Where MATLAB's openMINDS keeps its classes: the name of the class that a type has there. */
const folders = new Map(
  Object.entries({
    Affiliation: 'core.actors',
    ContactInformation: 'core.actors',
    Contribution: 'core.actors',
    Organization: 'core.actors',
    Person: 'core.actors',
    License: 'core.data',
    DOI: 'core.digitalidentifier',
    ORCID: 'core.digitalidentifier',
    RORID: 'core.digitalidentifier',
    RRID: 'core.digitalidentifier',
    StockNumber: 'core.digitalidentifier',
    Funding: 'core.miscellaneous',
    WebResource: 'core.miscellaneous',
    Dataset: 'core.products',
    DatasetVersion: 'core.products',
    Strain: 'core.research',
    Subject: 'core.research',
    SubjectState: 'core.research',
  }),
);

/** All other types that NDI writes are controlled terms. */
export const matlabClass = (type: string): string => `openminds.${folders.get(type) ?? 'controlledterms'}.${type}`;

const termFields: JsonObject = {
  definition: '',
  description: '',
  interlexIdentifier: '',
  knowledgeSpaceLink: '',
  name: '',
  preferredOntologyIdentifier: '',
  synonym: [],
};

/** Fields that readers in MATLAB expect of a type though they are empty. */
const emptyFields = new Map<string, JsonObject>(
  Object.entries({
    BiologicalSex: termFields,
    Species: termFields,
    Strain: {
      alternateIdentifier: [],
      backgroundStrain: [],
      breedingType: [],
      description: '',
      digitalIdentifier: [],
      diseaseModel: [],
      geneticStrainType: [],
      laboratoryCode: '',
      name: '',
      ontologyIdentifier: '',
      phenotype: '',
      species: [],
      stockNumber: [],
      synonym: [],
    },
  }),
);

export function isOpenMindsObject(value: OpenMindsField | undefined): value is OpenMindsObject {
  return isHolder(value) && typeof value['type'] === 'string' && isHolder(value['fields']) && 'id' in value;
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Objects from openMINDS' own form of exchange, JSON-LD: one object, a list, or a `@graph`; objects in each other, or
 * linked by `@id`. A link to what is not there stays the text that it is.
 * @throws NdiError document.invalid for what has no type
 */
export function fromJsonLd(given: JsonValue): OpenMindsObject[] {
  const graph = isHolder(given) && Array.isArray(given['@graph']) ? given['@graph'] : given;
  const roots = Array.isArray(graph) ? graph : [graph];
  const nodes = new Map<string, JsonObject>();
  const collect = (value: JsonValue): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (isHolder(value)) {
      const id = value['@id'];
      // The same object may be told in several places, a part here and a part there.
      if (typeof id === 'string' && value['@type'] !== undefined) nodes.set(id, { ...nodes.get(id), ...value });
      Object.values(value).forEach(collect);
    }
  };
  roots.forEach(collect);
  const made = new Map<JsonObject, OpenMindsObject>();
  const objectOf = (told: JsonObject): OpenMindsObject => {
    const node = (typeof told['@id'] === 'string' ? nodes.get(told['@id']) : undefined) ?? told;
    const before = made.get(node);
    if (before !== undefined) return before;
    const type = typeOf(node);
    const fields: Record<string, OpenMindsField> = { ...emptyFields.get(type) };
    const id = typeof node['@id'] === 'string' ? node['@id'] : `_:${randomUUID()}`;
    const object: OpenMindsObject = { type, id, fields };
    // Known before its fields are looked at: objects may link to each other.
    made.set(node, object);
    for (const [name, value] of Object.entries(node)) {
      if (!name.startsWith('@')) setOwn(fields, plainName(name), field(value));
    }
    return object;
  };
  const field = (value: JsonValue): OpenMindsField => {
    if (Array.isArray(value)) {
      const list = value.map(field);
      return list.length > 0 && list.every(isOpenMindsObject) ? list : (list as JsonValue[]);
    }
    if (!isHolder(value)) return value;
    const node = value;
    if (node['@type'] !== undefined) return objectOf(node);
    const id = node['@id'];
    const linked = typeof id === 'string' ? nodes.get(id) : undefined;
    if (linked !== undefined) return objectOf(linked);
    return typeof id === 'string' ? id : (node['@value'] ?? node);
  };
  return roots.map((root) => {
    if (isHolder(root)) return objectOf(root);
    throw noObject(root);
  });
}

/** A field is one whatever it is called, `__proto__` too. */
function setOwn(fields: Record<string, OpenMindsField>, name: string, value: OpenMindsField): void {
  Object.defineProperty(fields, name, { value, enumerable: true, writable: true, configurable: true });
}

/** `https://openminds.om-i.org/props/fullName` and `vocab:fullName` mean `fullName`. */
const plainName = (name: string): string => name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);

function typeOf(node: JsonObject): string {
  const given = node['@type'];
  const address = Array.isArray(given) ? given[0] : given;
  if (typeof address !== 'string' || address === '') throw noObject(node);
  const name = plainName(address);
  if (name.length > LONGEST_TYPE) throw noType(name);
  return name;
}

/** With what stands before it, a document's field must hold it (255 characters). */
const LONGEST_TYPE = 200;

function noType(name: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `No type of openMINDS has a name of ${name.length} characters: ${name.slice(0, 100)}…`,
    recovery: 'Give openMINDS objects as JSON-LD, each with its @type. Nothing was written.',
  });
}

function noObject(found: JsonValue): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `This is no object of openMINDS, since it has no @type: ${JSON.stringify(found).slice(0, 200)}`,
    recovery: 'Give openMINDS objects as JSON-LD, each with its @type. Nothing was written.',
  });
}
