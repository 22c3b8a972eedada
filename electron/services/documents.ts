import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import type { DocumentSummary } from '../../shared/contract/documents.ts';
import { dependencies, type NdiDocument } from '../../shared/model/documents.ts';
import { type JsonObject, toPlainJson } from '../../shared/model/document-json.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { checkQuery } from '../../shared/model/query.ts';
import type { DocumentEntry } from '../ndi/database/document-index.ts';
import type { DocumentFilter } from '../ndi/database/select.ts';
import { toFileError } from '../files/file-faults.ts';
import { fullPath, type OpenedItem, type OpenItems } from './open-items.ts';

type Outputs = CallOutputs['documents'];
type ListRequest = Required<Pick<CallInputs['documents']['list'], 'path'>> & CallInputs['documents']['list'];

const SORTED_BY = {
  name: (entry: DocumentEntry) => entry.name,
  class: (entry: DocumentEntry) => entry.class,
  datestamp: (entry: DocumentEntry) => entry.datestamp,
  id: (entry: DocumentEntry) => entry.id,
};

/** Documents of sessions and datasets: classes, lists, details and files. */
export class DocumentsService {
  readonly #items: OpenItems;

  constructor(items: OpenItems) {
    this.#items = items;
  }

  classes(path: string, sessionId?: string): Outputs['classes'] {
    const counts = new Map<string, number>();
    for (const entry of this.#find(path, sessionId === undefined ? {} : { sessionId })) {
      counts.set(entry.class, (counts.get(entry.class) ?? 0) + 1);
    }
    const names = [...counts.keys()].sort((a, b) => a.localeCompare(b, 'en'));
    return names.map((name) => ({ class: name, count: counts.get(name) ?? 0 }));
  }

  list(request: ListRequest): Outputs['list'] {
    const { total, entries } = this.#page(request);
    return { total, documents: entries.map(summaryOf) };
  }

  full(request: ListRequest): Outputs['full'] {
    const { total, entries } = this.#page(request);
    const { holder } = this.#holder(request.path);
    return { total, documents: entries.map((entry) => bodyOf(holder.read(entry))) };
  }

  /** @throws NdiError document.notFound */
  get(path: string, id: string): Outputs['get'] {
    const { holder } = this.#holder(path);
    const entry = holder.entry(id) ?? notFound(path, id);
    const document = holder.read(entry);
    return {
      document: bodyOf(document),
      summary: summaryOf(entry),
      superclasses: [...entry.superclasses],
      dependencies: dependencies(document).map(({ name, value }) => {
        const target = value === '' ? undefined : holder.entry(value);
        return { name, id: value, document: target === undefined ? null : summaryOf(target) };
      }),
      dependents: holder.dependents(id).map(summaryOf),
      files: holder.files(document).map(({ name, uid, locationType, location, sizeBytes }) => ({
        name,
        uid,
        locationType,
        location,
        sizeBytes,
      })),
    };
  }

  /** @throws NdiError document.notFound, document.fileMissing, path.* */
  file(request: { path: string; id: string; name: string; maxBytes?: number | undefined }): Outputs['file'] {
    const { holder } = this.#holder(request.path);
    const path = holder.binaryFile(request.id, request.name);
    try {
      const sizeBytes = statSync(path).size;
      return { sizeBytes, head: new Blob([readHead(path, Math.min(sizeBytes, request.maxBytes ?? 65_536))]) };
    } catch (error) {
      throw toFileError(error, path);
    }
  }

  #page(request: ListRequest): { total: number; entries: DocumentEntry[] } {
    const found = this.#find(request.path, filterOf(request));
    const key = SORTED_BY[request.sort ?? 'datestamp'];
    const direction = request.descending === true ? -1 : 1;
    const sorted = found
      .map((entry) => ({ entry, key: key(entry) }))
      .sort((a, b) => direction * (compare(a.key, b.key) || compare(a.entry.id, b.entry.id)));
    const offset = request.offset ?? 0;
    const page = sorted.slice(offset, offset + (request.limit ?? 500));
    return { total: found.length, entries: page.map(({ entry }) => entry) };
  }

  #find(path: string, filter: DocumentFilter): DocumentEntry[] {
    const { holder, item } = this.#holder(path);
    const { sessionId } = filter;
    const outside = item.kind === 'session' && sessionId !== undefined && sessionId !== item.session.id;
    return outside ? [] : holder.documents(filter);
  }

  /** Session and dataset answer the same questions about documents. */
  #holder(path: string) {
    const item: OpenedItem | null = this.#items.find(path);
    if (item === null) {
      throw new NdiError({
        code: 'session.notFound',
        message: `${fullPath(path)} holds no NDI session or dataset, so it has no documents.`,
        recovery: 'Choose the folder that holds its .ndi folder.',
        details: { path: fullPath(path) },
      });
    }
    return { item, holder: item.kind === 'session' ? item.session : item.dataset };
  }
}

function filterOf(request: ListRequest): DocumentFilter {
  const { sessionId, class: className, isa, where, dependsOn, id, text } = request;
  return {
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(className === undefined ? {} : { class: className }),
    ...(isa === undefined ? {} : { isa }),
    ...(where === undefined ? {} : { query: checkQuery(where) }),
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(id === undefined ? {} : { id }),
    ...(text === undefined || text.trim() === '' ? {} : { text: text.trim() }),
  };
}

/** By code unit, as NDI orders ids and time stamps; a locale would cost much and order ids wrongly. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function summaryOf(entry: DocumentEntry): DocumentSummary {
  const { id, name, sessionId, datestamp } = entry;
  return { id, class: entry.class, name, sessionId, datestamp };
}

function bodyOf(document: NdiDocument): JsonObject {
  return toPlainJson(document) as JsonObject;
}

function readHead(path: string, length: number): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(length);
  const handle = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(handle, head, 0, length, 0));
  } finally {
    closeSync(handle);
  }
}

function notFound(path: string, id: string): never {
  throw new NdiError({
    code: 'document.notFound',
    message: `There is no document with the id ${id} in ${fullPath(path)}.`,
    recovery: 'It may have been removed; list the documents again.',
    details: { path: fullPath(path), id },
  });
}
