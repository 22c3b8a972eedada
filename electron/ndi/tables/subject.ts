import { documentId, documentSessionId, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import type { KnownTerms } from './names.ts';
import { OpenMinds } from './openminds.ts';
import { byDependency, documentsOf, type TableSource } from './source.ts';
import { PivotRow } from './table.ts';
import { Treatments } from './treatment.ts';

export const subjectColumns = ['SessionIdentifier', 'SubjectDocumentIdentifier', 'SubjectLocalIdentifier'];

/** A row a subject: who it is, its species, strain and sex, and what was done to it. */
export async function subjectRows(
  source: TableSource,
  subjects: readonly NdiDocument[],
  terms: KnownTerms,
): Promise<PivotRow[]> {
  const openMinds = new OpenMinds(documentsOf(source, 'openminds'));
  const metadata = byDependency(source, 'openminds', 'subject_id');
  const treatments = new Treatments(source, terms);
  const measured = byDependency(source, 'subjectmeasurement', 'subject_id');
  const rows = subjects.map(subjectRow);
  for (const row of rows) {
    const id = row.id ?? '';
    const documents = metadata(id);
    // A strain tells its species.
    if (!openMinds.describe(row, 'Strain', documents)) openMinds.describe(row, 'Species', documents);
    openMinds.describe(row, 'BiologicalSex', documents);
    await treatments.describe(row, id);
    for (const document of measured(id)) {
      const field = (name: string) => valueAt(document, `subjectmeasurement.${name}`);
      row.add(textOf(field('measurement')) || 'Measurement', field('value'));
    }
  }
  return rows;
}

/** A row a subject: what was done to it and measured of it. */
export async function treatmentRows(
  source: TableSource,
  subjects: readonly NdiDocument[],
  terms: KnownTerms,
): Promise<PivotRow[]> {
  const treatments = new Treatments(source, terms);
  const rows = subjects.map(subjectRow);
  for (const row of rows) await treatments.describe(row, row.id ?? '');
  return rows.filter((row) => row.columns().length > subjectColumns.length);
}

function subjectRow(document: NdiDocument): PivotRow {
  const id = documentId(document);
  return new PivotRow(id, {
    SessionIdentifier: documentSessionId(document),
    SubjectDocumentIdentifier: id,
    SubjectLocalIdentifier: textOf(valueAt(document, 'subject.local_identifier')),
  });
}
