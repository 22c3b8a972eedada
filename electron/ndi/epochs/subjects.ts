import { type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { newDocument } from '../documents/build.ts';
import type { Session } from '../session.ts';

export interface Subject {
  readonly id: string;
  /** `name@lab`. */
  readonly localIdentifier: string;
  readonly description: string;
}

export function subjects(session: Session): Subject[] {
  return session.documents({ isa: 'subject' }).map((entry) => {
    const document = session.read(entry);
    return {
      id: entry.id,
      localIdentifier: textOf(valueAt(document, 'subject.local_identifier')),
      description: textOf(valueAt(document, 'subject.description')),
    };
  });
}

/** Whether a text can be a subject's own identifier, by NDI's rule: an `@` somewhere, and no space. */
export const isLocalIdentifier = (text: string): boolean => text.includes('@') && !/\s/.test(text);

/**
 * The subject that a text means: by its own identifier where the text can be one, else by the id of its document
 * (daq-epochs-time reference, section 4.5); null where there is none.
 * @throws NdiError document.duplicate where more than one fits
 */
export function findSubject(known: readonly Subject[], text: string): Subject | null {
  const found = known.filter((one) => (isLocalIdentifier(text) ? one.localIdentifier === text : one.id === text));
  if (found.length < 2) return found[0] ?? null;
  throw new NdiError({
    code: 'document.duplicate',
    message: `${found.length} subjects are called ${text}.`,
    recovery: 'Remove all but one of their documents, or give them different identifiers.',
    details: { subject: text, ids: found.map(({ id }) => id) },
  });
}

/**
 * The document of a subject.
 * @throws NdiError usage.invalid for an identifier without `@` or with a space
 */
export function newSubject(localIdentifier: string, description = ''): NdiDocument {
  if (!isLocalIdentifier(localIdentifier)) {
    throw new NdiError({
      code: 'usage.invalid',
      message: `"${localIdentifier}" cannot identify a subject.`,
      recovery: 'Write it as name@laboratory, without spaces.',
      details: { subject: localIdentifier },
    });
  }
  return newDocument('subject', {
    'base.name': localIdentifier,
    'subject.local_identifier': localIdentifier,
    'subject.description': description,
  });
}
