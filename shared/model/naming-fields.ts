/**
 * Fields that tell documents of a class apart, the most telling first. NDI leaves the name of nearly all documents
 * empty (`base.name`): an element has a name and a reference of its own, an epoch's documents the id of their epoch.
 */
export const namingFields = [
  'subject.local_identifier',
  'element.name',
  'session.reference',
  'session_in_a_dataset.session_reference',
  'ontologyTableRow.names',
  'probe_location.name',
  'treatment.name',
  'measurement.name',
  'ensemble.ensemble_name',
  'pyraview.label',
  'openminds.openminds_type',
  'filter.label',
  'app.name',
  'epochid.epochid',
] as const;

/** Stands behind an element's name, as NDI writes the two: `cortex | 1`. */
const ELEMENT_REFERENCE = 'element.reference';

/** What a list asks for beside its columns to name what has no name. */
export const namingColumns: readonly string[] = [...namingFields, ELEMENT_REFERENCE];

/** @param cells values of `namingColumns` @returns empty where nothing names the document */
export function nameFromFields(cells: readonly (string | number | boolean | null)[]): string {
  const at = namingFields.findIndex((_, index) => (cells[index] ?? '') !== '');
  if (at < 0) return '';
  const reference = cells[namingFields.length] ?? '';
  const name = String(cells[at]);
  return namingFields[at] === 'element.name' && reference !== '' ? `${name} | ${String(reference)}` : name;
}
