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

/**
 * The document of a subject.
 * @throws NdiError usage.invalid for an identifier without `@` or with a space
 */
export function newSubject(localIdentifier: string, description = ''): NdiDocument {
  if (!localIdentifier.includes('@') || /\s/.test(localIdentifier)) {
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
