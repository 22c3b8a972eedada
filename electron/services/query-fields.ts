import type { CallOutputs } from '../../shared/contract/contract.ts';
import { documentTypeNames, findDocumentType, ancestorsOf } from '../ndi/documents/types.ts';
import type { QuickAnswers } from '../ndi/database/quick-answers.ts';

type Outputs = CallOutputs['documents'];

/** Fields that every document has, first in every list. */
const BASE_FIELDS = ['base.name', 'base.id', 'base.session_id', 'base.datestamp'];

/**
 * Fields that can be asked for: those that documents have, with how many have them, and those of the schemas of the
 * class (of all known classes where none is named).
 */
export function queryFields(quick: QuickAnswers | null, className: string | undefined): Outputs['fields'] {
  const seen = quick?.askPartly((search) => search.fields(className))?.answer ?? new Map<string, number>();
  const known = new Map<string, number>(BASE_FIELDS.map((field) => [field, 0]));
  for (const name of className === undefined ? documentTypeNames : [className, ...ancestorsOf(className)]) {
    for (const field of schemaFields(name)) known.set(field, 0);
  }
  for (const [field, documents] of seen) known.set(field, documents);
  const fields = [...known].map(([field, documents]) => ({ field, documents }));
  // What documents have comes before what they could have.
  return fields.sort((a, b) => b.documents - a.documents || (a.field < b.field ? -1 : 1));
}

/** Fields that the documents of a class have, the commonest first, without those of every document. */
export function fieldsSeen(quick: QuickAnswers | null, className: string): string[] {
  const seen = quick?.askPartly((search) => search.fields(className))?.answer ?? new Map<string, number>();
  return [...seen]
    .filter(([field]) => field.includes('.') && !/^(?:base|files|depends_on)\./.test(field))
    .sort((a, b) => b[1] - a[1])
    .map(([field]) => field);
}

function schemaFields(name: string): string[] {
  const groups = findDocumentType(name)?.schema?.groups ?? {};
  return Object.entries(groups).flatMap(([group, fields]) => Object.keys(fields).map((field) => `${group}.${field}`));
}
