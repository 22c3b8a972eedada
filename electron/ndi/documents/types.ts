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
  readonly defaults: JsonObject | readonly JsonObject[];
  readonly dependsOn?: readonly string[];
  readonly files?: readonly string[];
  readonly schema: DocumentSchema | null;
}

export interface DocumentSchema {
  readonly className: string;
  readonly superclasses: readonly string[];
  readonly dependsOn?: Readonly<Record<string, boolean>>;
  readonly files?: Readonly<Record<string, boolean>>;
  readonly groups: Readonly<Record<string, Readonly<Record<string, readonly [string, (readonly JsonValue[])?]>>>>;
}

const types = new Map(Object.entries(table as unknown as Record<string, DocumentType>));

/** Names of all known classes. */
export const documentTypeNames: readonly string[] = [...types.keys()];

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
    recovery: 'Use one of the document types of NDI.',
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
