import {
  dependencies,
  documentClass,
  documentId,
  documentSessionId,
  type NdiDocument,
} from '../../../shared/model/documents.ts';
import { superclassesOf } from '../documents/types.ts';
import { compileQuery, dependencyNameTest } from '../query/evaluate.ts';
import { compileFreeText } from '../query/free-text.ts';
import type { DocumentFilter } from './select.ts';

/**
 * The filter as a test of whole documents.
 * @throws NdiError query.invalid
 */
export function documentTest(filter: DocumentFilter): (document: NdiDocument) => boolean {
  const { id, sessionId, class: className, isa, dependsOn, query = [], text = '' } = filter;
  const isMeant = dependencyNameTest(dependsOn?.name ?? '');
  const [fulfils, holdsText] = [compileQuery(query), compileFreeText(text)];
  return (document) =>
    (id === undefined || documentId(document) === id) &&
    (sessionId === undefined || documentSessionId(document) === sessionId) &&
    (className === undefined || documentClass(document) === className) &&
    (isa === undefined || documentClass(document) === isa || superclassesOf(document).includes(isa)) &&
    (dependsOn === undefined ||
      dependencies(document).some((one) => one.value === dependsOn.id && isMeant(one.name))) &&
    fulfils(document) &&
    holdsText(document);
}
