import type { NdiDocument } from '../../../shared/model/documents.ts';
import { operationOf, type Query, type QueryCondition, subQuery } from '../../../shared/model/query.ts';
import { compileQuery, dependencyNameTest } from '../query/evaluate.ts';
import { compileFreeText } from '../query/free-text.ts';
import type { DocumentEntry } from './document-index.ts';

/** Which documents are meant; everything given must hold. */
export interface DocumentFilter {
  readonly id?: string;
  readonly sessionId?: string;
  /** Exactly this class. */
  readonly class?: string;
  /** This class or one that descends from it. */
  readonly isa?: string;
  /** `name` may hold `*` for any text. */
  readonly dependsOn?: { readonly name: string; readonly id: string };
  readonly query?: Query;
  /** Words that the document must hold: see `query/free-text.ts`. */
  readonly text?: string;
}

/**
 * The entries that fulfil a filter. `read` gives a whole document; it is called only where the entry cannot answer.
 * @throws NdiError query.invalid
 */
export function selectEntries(
  entries: readonly DocumentEntry[],
  filter: DocumentFilter,
  read: (entry: DocumentEntry) => NdiDocument,
): DocumentEntry[] {
  const { cheap, full } = splitQuery(filter.query ?? []);
  const [cheapTest, fullTest] = [compileQuery(cheap), compileQuery(full)];
  const found = entries.filter((entry) => fulfils(entry, filter) && (cheap.length === 0 || cheapTest(skeleton(entry))));
  const { text = '' } = filter;
  if (full.length === 0 && text === '') return found;
  const holdsText = compileFreeText(text);
  return found.filter((entry) => {
    const document = read(entry);
    return fullTest(document) && holdsText(document);
  });
}

function fulfils(entry: DocumentEntry, filter: DocumentFilter): boolean {
  const { id, sessionId, class: className, isa, dependsOn } = filter;
  return (
    (id === undefined || entry.id === id) &&
    (sessionId === undefined || entry.sessionId === sessionId) &&
    (className === undefined || entry.class === className) &&
    (isa === undefined || entry.class === isa || entry.superclasses.includes(isa)) &&
    (dependsOn === undefined || depends(entry, dependsOn.name, dependsOn.id))
  );
}

function depends(entry: DocumentEntry, name: string, id: string): boolean {
  const isMeant = dependencyNameTest(name);
  return entry.dependencies.some((one) => one.value === id && isMeant(one.name));
}

/** Conditions that an entry can answer come first: they spare reading the document. */
function splitQuery(query: Query): { cheap: Query; full: Query } {
  return { cheap: query.filter(isCheap), full: query.filter((one) => !isCheap(one)) };
}

const INDEXED_FIELDS = new Set(['base.id', 'base.name', 'base.session_id', 'base.datestamp']);

function isCheap(one: QueryCondition): boolean {
  const { operation } = operationOf(one);
  if (operation === 'isa' || operation === 'depends_on') return true;
  if (operation === 'or') return [one.param1, one.param2].every((side) => subQuery(side).every(isCheap));
  return operation !== 'hasfield' && INDEXED_FIELDS.has(one.field);
}

/** The part of a document that its entry remembers, in a document's form. */
function skeleton(entry: DocumentEntry): NdiDocument {
  return {
    document_class: {
      class_name: entry.class,
      superclasses: entry.superclasses.map((name) => ({ definition: `${name}.json` })),
    },
    base: { id: entry.id, name: entry.name, session_id: entry.sessionId, datestamp: entry.datestamp },
    depends_on: entry.dependencies.map((one) => ({ ...one })),
  };
}
