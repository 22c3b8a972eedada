import { dependencies, dependencyValue, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import type { DocumentEntry } from '../database/document-index.ts';
import type { DocumentFilter } from '../database/select.ts';

/** Where documents come from: a session, a dataset, or one session of it. */
export interface TableSource {
  documents(filter: Omit<DocumentFilter, 'sessionId'>): DocumentEntry[];
  read(entry: DocumentEntry): NdiDocument;
}

/** Documents of a class and its descendants, in database order. */
export function documentsOf(source: TableSource, isa: string): NdiDocument[] {
  return source.documents({ isa }).map((entry) => source.read(entry));
}

/** Documents of a class by the value of one of their dependencies. */
export function byDependency(source: TableSource, isa: string, dependency: string): Groups {
  return grouped(documentsOf(source, isa), (document) => [dependencyValue(document, dependency)]);
}

/** Documents of a class by all documents on which they depend. */
export function byAnyDependency(source: TableSource, isa: string): Groups {
  return grouped(documentsOf(source, isa), (document) => [
    ...new Set(dependencies(document).map(({ value }) => value)),
  ]);
}

/** Documents of a class by their epoch, whose id is compared whatever its case. */
export function byEpoch(source: TableSource, isa: string): Groups {
  return grouped(documentsOf(source, isa), (document) => [textOf(valueAt(document, 'epochid.epochid')).toLowerCase()]);
}

type Groups = (key: string) => readonly NdiDocument[];

function grouped(documents: readonly NdiDocument[], keysOf: (document: NdiDocument) => readonly string[]): Groups {
  const groups = new Map<string, NdiDocument[]>();
  for (const document of documents) {
    for (const key of keysOf(document)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [document]);
      else group.push(document);
    }
  }
  return (key) => groups.get(key) ?? [];
}
