import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import {
  type NdiDocument,
  textOf,
  withDependency,
  withNextDependency,
  withValues,
} from '../../../shared/model/documents.ts';
import { makeId } from '../../../shared/model/ids.ts';
import { newDocument } from '../documents/build.ts';
import { isOpenMindsObject, matlabClass, type OpenMindsField, type OpenMindsObject, typeAddress } from './objects.ts';

/** What openMINDS documents may be about: the class that they then have, and the dependency that says so. */
export const openMindsAbout = {
  subject: { class: 'openminds_subject', dependency: 'subject_id' },
  element: { class: 'openminds_element', dependency: 'element_id' },
  stimulus: { class: 'openminds_stimulus', dependency: 'stimulus_element_id' },
} as const;

export interface About {
  readonly kind: keyof typeof openMindsAbout;
  /** Id of the document. */
  readonly id: string;
}

/**
 * Documents of openMINDS objects and of all that they link to, each once (NDI's openMINDSobj2ndi_document): links are
 * `ndi://ID` in the fields and numbered dependencies `openminds_1`, `openminds_2` …; what links to nothing has one that
 * is empty. The objects that were given come first.
 * @param known ids of objects whose documents are there already
 */
export function openMindsDocuments(
  objects: readonly OpenMindsObject[],
  about: About | null = null,
  known: ReadonlyMap<OpenMindsObject, string> = new Map(),
): NdiDocument[] {
  const ids = new Map(objects.map((object) => [object, makeId()]));
  const documents: NdiDocument[] = [];
  // A map gives what is set while it is walked, too: linked objects follow those that link to them.
  for (const [object, id] of ids) documents.push(documentOf({ object, id, about, known }, ids));
  return documents;
}

interface Wanted {
  readonly object: OpenMindsObject;
  readonly id: string;
  readonly about: About | null;
  readonly known: ReadonlyMap<OpenMindsObject, string>;
}

function documentOf({ object, id, about, known }: Wanted, ids: Map<OpenMindsObject, string>): NdiDocument {
  const { type, id: openmindsId, fields: held } = object;
  const links: string[] = [];
  const link = (linked: OpenMindsObject): string => {
    const there = known.get(linked);
    const target = there ?? ids.get(linked) ?? makeId();
    if (there === undefined) ids.set(linked, target);
    links.push(target);
    return `ndi://${target}`;
  };
  const fields: JsonObject = Object.fromEntries(
    Object.entries(held).map(([name, value]) => [name, stored(value, link)]),
  );
  const of = about === null ? null : openMindsAbout[about.kind];
  const document = withValues(newDocument(of?.class ?? 'openminds'), {
    'base.id': id,
    'base.name': nameOf(fields),
    'openminds.openminds_type': typeAddress(type),
    'openminds.matlab_type': matlabClass(type),
    'openminds.openminds_id': openmindsId,
    'openminds.fields': fields,
    ...(object.sessionId === undefined ? {} : { 'base.session_id': object.sessionId }),
  });
  const linked =
    links.length === 0
      ? withDependency(document, 'openminds', '')
      : withNextDependency(document, 'openminds', ...links);
  return of === null || about === null ? linked : withDependency(linked, of.dependency, about.id);
}

/** What people would call the object; lists of documents show it. */
function nameOf(fields: JsonObject): string {
  const person = [fields['givenName'], fields['familyName']].map(textOf).join(' ').trim();
  const names = ['name', 'fullName', 'lookupLabel', 'identifier', 'shortName'].map((field) => textOf(fields[field]));
  return names.find((name) => name !== '') ?? person;
}

/** Links are lists also where there is one only: so NDI finds them. */
function stored(value: OpenMindsField, link: (object: OpenMindsObject) => string): JsonValue {
  if (isOpenMindsObject(value)) return [link(value)];
  if (!Array.isArray(value)) return value as JsonValue;
  return value.map((item: OpenMindsField) => (isOpenMindsObject(item) ? link(item) : (item as JsonValue)));
}
