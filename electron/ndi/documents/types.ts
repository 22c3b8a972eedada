import table from '../../../assets/document-types/document-types.json' with { type: 'json' };
import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { documentClass, type NdiDocument, storedSuperclasses } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';

/** One document type as `assets/document-types/README.md` explains it. */
export interface DocumentType {
  readonly definition: string;
  readonly validation: string;
  readonly version: number;
  readonly parents: readonly string[];
  /** Name of the property list where it is not that of the class. */
  readonly propertyList?: string;
  readonly defaults: JsonObject | readonly JsonObject[];
  readonly dependsOn?: readonly string[];
  readonly files?: readonly string[];
  /** Null where NDI's own validator cannot use the schema; missing where there is none. */
  readonly schema?: DocumentSchema | null;
  /** The schema that NDI cannot use: JSON Schema, which this application checks by itself. */
  readonly jsonSchema?: JsonObject;
  /** Where definition and schema disagree in NDI itself. */
  readonly issues?: readonly string[];
  /** Folder of a laboratory's own definitions. */
  readonly folder?: string;
}

export interface DocumentSchema {
  readonly className: string;
  readonly superclasses: readonly string[];
  readonly dependsOn?: Readonly<Record<string, boolean>>;
  readonly files?: Readonly<Record<string, boolean>>;
  readonly groups: Readonly<Record<string, Readonly<Record<string, readonly [string, (readonly JsonValue[])?]>>>>;
  /** Fields that NDI's authors do not mean to be searched; its search does not care. */
  readonly notQueryable?: readonly string[];
}

const builtIn: ReadonlyMap<string, DocumentType> = new Map(
  Object.entries(table as unknown as Record<string, DocumentType>),
);
const types = new Map(builtIn);

/** Names of NDI's own classes. */
export const documentTypeNames: readonly string[] = [...builtIn.keys()];

/** All known types by class: NDI's own, and those of the laboratory's folders. */
export function allDocumentTypes(): ReadonlyMap<string, DocumentType> {
  return types;
}

/** Replaces the laboratory's types; NDI's own stay as they are. */
export function setLabTypes(lab: ReadonlyMap<string, DocumentType>): void {
  types.clear();
  for (const [name, type] of [...lab, ...builtIn]) types.set(name, type);
  ancestorsByClass.clear();
  revision += 1;
}

let revision = 0;

/** Another number whenever the types have changed: what was derived from them is stale then. */
export function typesRevision(): number {
  return revision;
}

/** The laboratory's types, to be handed to a thread. */
export function labTypes(): ReadonlyMap<string, DocumentType> {
  return new Map([...types].filter(([name]) => !builtIn.has(name)));
}

export function findDocumentType(name: string): DocumentType | undefined {
  return types.get(name);
}

/** @throws NdiError document.invalid */
export function documentType(name: string): DocumentType {
  const found = types.get(name);
  if (found !== undefined) return found;
  throw new NdiError({
    code: 'document.invalid',
    message: `There is no document type named "${name}".`,
    recovery: 'Use one of NDI’s document types, or name the folder of your own definitions in the settings.',
    details: { class: name },
  });
}

const ancestorsByClass = new Map<string, readonly string[]>();

/** All ancestors of a class, nearest first; empty for a class that is not known. */
export function ancestorsOf(name: string): readonly string[] {
  const cached = ancestorsByClass.get(name);
  if (cached !== undefined) return cached;
  const parents = types.get(name)?.parents ?? [];
  const all = [...new Set([...parents, ...parents.flatMap((parent) => [...ancestorsOf(parent)])])];
  ancestorsByClass.set(name, all);
  return all;
}

/** All ancestors of a document: those it lists, and those that its class and they are known to have. */
export function superclassesOf(document: NdiDocument): string[] {
  const stored = storedSuperclasses(document);
  const known = [documentClass(document), ...stored].flatMap((name) => [...ancestorsOf(name)]);
  return [...new Set([...stored, ...known])];
}
