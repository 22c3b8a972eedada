import { documentClass, documentId, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { parseLookup } from '../../ndi/ontology/lookup-text.ts';
import { formOf } from './form-of.ts';

/** Something that NDI would store, though another part of it would stumble over it. */
export interface Advice {
  readonly field: string;
  readonly message: string;
}

/**
 * What to say of a document beyond the rules of its schema.
 * @param others local identifiers of the other subjects, with their ids
 */
export function adviceOn(document: NdiDocument, others: ReadonlyMap<string, string>): Advice[] {
  return [...subjectAdvice(document, others), ...termAdvice(document)];
}

/** NDI's subjects have a local identifier with an `@` and without a space; a second subject of one name is never found. */
function* subjectAdvice(document: NdiDocument, others: ReadonlyMap<string, string>): Generator<Advice> {
  if (documentClass(document) !== 'subject') return;
  const field = 'subject.local_identifier';
  const identifier = textOf(valueAt(document, field));
  if (identifier === '') yield { field, message: 'A subject needs a name, such as mouse12@lab.org.' };
  else if (!identifier.includes('@')) yield { field, message: 'It must have an @, such as mouse12@lab.org.' };
  else if (/\s/.test(identifier)) yield { field, message: 'It must not have spaces.' };
  const same = others.get(identifier);
  if (same !== undefined && same !== documentId(document)) {
    yield { field, message: 'Another subject has this name already.' };
  }
}

/** Terms are written as `PREFIX:id`, with a prefix that NDI knows. */
function* termAdvice(document: NdiDocument): Generator<Advice> {
  const fields = formOf(documentClass(document)).groups.flatMap((group) => group.fields);
  for (const { path, term } of fields) {
    const value = term === null ? '' : textOf(valueAt(document, path));
    for (const one of value === '' ? [] : term === 'list' ? value.split(',') : [value]) {
      const fault = faultOf(one);
      if (fault !== null) yield { field: path, message: fault };
    }
  }
}

function faultOf(term: string): string | null {
  try {
    parseLookup(term);
    return null;
  } catch (error) {
    if (error instanceof NdiError) return error.message;
    throw error;
  }
}
