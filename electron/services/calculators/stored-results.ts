import type { JsonObject } from '../../../shared/model/document-json.ts';
import { valueAt } from '../../../shared/model/documents.ts';
import type { Query } from '../../../shared/model/query.ts';
import { isEqual } from '../../ndi/app-document.ts';
import type { Session } from '../../ndi/session.ts';

/** Ids of the documents of a class that depend on all of these documents. */
export function dependingOn(session: Session, className: string, inputs: Readonly<Record<string, string>>) {
  const query: Query = Object.entries(inputs).map(([name, id]) => {
    return { field: '', operation: 'depends_on', param1: name, param2: id };
  });
  return session.documents({ isa: className, query });
}

/** Of those, the ones that were computed with the same parameters (`calculator.search_for_calculator_docs`). */
export function storedResults(
  session: Session,
  className: string,
  inputs: Readonly<Record<string, string>>,
  parameters: JsonObject,
): string[] {
  return dependingOn(session, className, inputs)
    .filter((entry) => isEqual(valueAt(session.read(entry), `${className}.input_parameters`), parameters))
    .map(({ id }) => id);
}
