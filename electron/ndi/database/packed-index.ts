import type { Dependency } from '../../../shared/model/documents.ts';
import type { DocumentEntry, DocumentIndex } from './document-index.ts';

/**
 * Summaries of all documents in a few large pieces: as objects, the thread that gets 100,000 of them would be busy
 * for a second taking them over.
 */
export interface PackedIndex {
  readonly docIdx: Float64Array;
  /** What many documents share, once: class, session and ancestors; each document has the number of its own. */
  readonly shared: readonly Shared[];
  readonly sharedAt: Uint32Array;
  /** Lists of texts, as JSON. */
  readonly ids: string;
  readonly names: string;
  readonly datestamps: string;
  /** Of each document JSON of its list: read when it is asked for. */
  readonly dependencies: string;
  readonly unreadable: DocumentIndex['unreadable'];
}

type Shared = Pick<DocumentEntry, 'class' | 'sessionId' | 'superclasses'>;

export function packIndex({ entries, unreadable }: DocumentIndex): PackedIndex {
  const shared: Shared[] = [];
  const numbers = new Map<string, number>();
  const sharedAt = Uint32Array.from(entries, ({ class: className, sessionId, superclasses }) => {
    const key = [className, sessionId, ...superclasses].join('\n');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, shared.length);
    return shared.push({ class: className, sessionId, superclasses }) - 1;
  });
  const texts = (of: (entry: DocumentEntry) => string) => JSON.stringify(entries.map(of));
  return {
    docIdx: Float64Array.from(entries, (entry) => entry.docIdx),
    shared,
    sharedAt,
    ids: texts((entry) => entry.id),
    names: texts((entry) => entry.name),
    datestamps: texts((entry) => entry.datestamp),
    dependencies: texts((entry) => JSON.stringify(entry.dependencies)),
    unreadable,
  };
}

export function unpackIndex(packed: PackedIndex): DocumentIndex {
  const [ids, names, datestamps, dependencies] = [packed.ids, packed.names, packed.datestamps, packed.dependencies].map(
    (texts) => JSON.parse(texts) as string[],
  );
  const entries = Array.from(packed.docIdx, (docIdx, at): DocumentEntry => {
    const { class: className, sessionId, superclasses } = packed.shared[packed.sharedAt[at] ?? 0] as Shared;
    const later = dependencies?.[at] ?? '[]';
    return {
      docIdx,
      id: ids?.[at] ?? '',
      class: className,
      name: names?.[at] ?? '',
      sessionId,
      datestamp: datestamps?.[at] ?? '',
      superclasses,
      get dependencies() {
        return JSON.parse(later) as Dependency[];
      },
    };
  });
  return { entries, byId: new Map(entries.map((entry) => [entry.id, entry])), unreadable: packed.unreadable };
}
