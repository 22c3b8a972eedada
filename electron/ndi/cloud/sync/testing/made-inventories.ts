import type { ContentHash } from '../canonical.ts';
import type { CommonState, LocalDocument, LocalFile, PlanInput, RemoteDocument } from '../inventory.ts';

/** What one side holds: id to content (any word; equal words are equal documents). */
export type Side = Readonly<Record<string, string>>;

export const hashOf = (content: string): ContentHash => {
  const [document = '', files = ''] = content.split('+');
  return { document, files };
};

export function localDocument(id: string, content: string, more: Partial<LocalDocument> = {}): LocalDocument {
  const hash = hashOf(content);
  return { id, className: 'demoNDI', name: id, bytes: 100, hash, dependsOn: [], files: [], ...more };
}

export function localFile(uid: string, bytes: number | null): LocalFile {
  return { name: `${uid}.bin`, uid, bytes, place: 'file' };
}

export function remoteDocument(id: string, content: string | null, more: Partial<RemoteDocument> = {}): RemoteDocument {
  return {
    id,
    cloudIds: [`cloud-${id}`],
    className: 'demoNDI',
    name: id,
    content: content === null ? null : { hash: hashOf(content), fileUids: [], bytes: 100 },
    ...more,
  };
}

/** Planning input from words: what is here, there, and was common (both lists of the index, or one list for both). */
export function planInput(
  here: Side | readonly LocalDocument[],
  there: Side | readonly RemoteDocument[],
  common: { local: readonly string[]; remote: readonly string[]; hashes?: Side },
  options: PlanInput['options'],
): PlanInput {
  const local = isList(here) ? here : Object.entries(here).map(([id, content]) => localDocument(id, content));
  const remote = isList(there) ? there : Object.entries(there).map(([id, content]) => remoteDocument(id, content));
  return {
    local: { documents: byId(local), unreadable: new Set(), ownSessionDocuments: new Set() },
    remote: { documents: byId(remote), files: new Map(), withoutId: 0, doubt: null },
    common: commonOf(common),
    options,
  };
}

function commonOf(common: { local: readonly string[]; remote: readonly string[]; hashes?: Side }): CommonState {
  const hashes = Object.entries(common.hashes ?? {}).map(([id, content]) => [id, hashOf(content)] as const);
  return { local: new Set(common.local), remote: new Set(common.remote), hashes: new Map(hashes) };
}

function isList<T>(value: Side | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function byId<T extends { readonly id: string }>(list: readonly T[]): Map<string, T> {
  return new Map(list.map((one) => [one.id, one]));
}
