import {
  dependencyValue,
  documentId,
  listOf,
  type NdiDocument,
  textOf,
  valueAt,
} from '../../../shared/model/documents.ts';
import type { KnownTerms } from './names.ts';
import { fieldsOf, ontologyOf } from './openminds.ts';
import { byDependency, type TableSource } from './source.ts';
import { PivotRow } from './table.ts';

export const elementColumns = ['subject_id', 'element_id', 'element_name', 'element_type', 'element_reference'];
export const probeColumns = [
  'SubjectDocumentIdentifier',
  'ProbeDocumentIdentifier',
  'ProbeName',
  'ProbeType',
  'ProbeReference',
];

/** A row a probe: whose it is, where it sits, and the kinds of cells that it reads. */
export function probeRows(source: TableSource, probes: readonly NdiDocument[]): PivotRow[] {
  const places = byDependency(source, 'probe_location', 'probe_id');
  const metadata = byDependency(source, 'openminds_element', 'element_id');
  return probes.map((probe) => {
    const id = documentId(probe);
    const row = new PivotRow(id, {
      SubjectDocumentIdentifier: dependencyValue(probe, 'subject_id'),
      ProbeDocumentIdentifier: id,
      ProbeName: valueAt(probe, 'element.name') ?? null,
      ProbeType: valueAt(probe, 'element.type') ?? null,
      ProbeReference: valueAt(probe, 'element.reference') ?? null,
    });
    addPlaces(row, places(id));
    for (const document of metadata(id).filter((one) => /CellType$/.test(typeOf(one)))) {
      row.add('CellTypeName', fieldsOf(document)['name']);
      row.add('CellTypeOntology', ontologyOf(fieldsOf(document)));
    }
    return row;
  });
}

/** A row an element, probes among them, with the metadata that depend on it. */
export async function elementRows(
  source: TableSource,
  elements: readonly NdiDocument[],
  terms: KnownTerms,
): Promise<PivotRow[]> {
  const places = byDependency(source, 'probe_location', 'probe_id');
  const positions = byDependency(source, 'position_metadata', 'element_id');
  const distances = byDependency(source, 'distance_metadata', 'element_id');
  const metadata = byDependency(source, 'openminds_element', 'element_id');
  const rows: PivotRow[] = [];
  for (const element of elements) {
    const id = documentId(element);
    const row = new PivotRow(id, {
      subject_id: dependencyValue(element, 'subject_id'),
      element_id: id,
      element_name: valueAt(element, 'element.name') ?? null,
      element_type: valueAt(element, 'element.type') ?? null,
      element_reference: valueAt(element, 'element.reference') ?? null,
    });
    const nodes = (documents: readonly NdiDocument[], ...fields: string[]) =>
      documents.flatMap((one) => fields.map((field) => textOf(valueAt(one, field))));
    await addTerms(row, 'Position', nodes(positions(id), 'position_metadata.ontologyNode'), terms);
    const ends = ['distance_metadata.ontologyNode_A', 'distance_metadata.ontologyNode_B'];
    await addTerms(row, 'Distance', nodes(distances(id), ...ends), terms);
    addPlaces(row, places(id));
    for (const document of metadata(id)) {
      row.add('OpenmindsElementName', fieldsOf(document)['name']);
      row.add('OpenmindsElementOntology', ontologyOf(fieldsOf(document)));
    }
    rows.push(row);
  }
  return rows;
}

function addPlaces(row: PivotRow, places: readonly NdiDocument[]): void {
  for (const place of places) {
    for (const name of listOf(valueAt(place, 'probe_location.name'))) row.add('ProbeLocationName', name);
    for (const node of listOf(valueAt(place, 'probe_location.ontology_name'))) row.add('ProbeLocationOntology', node);
  }
}

async function addTerms(row: PivotRow, column: string, nodes: readonly string[], terms: KnownTerms): Promise<void> {
  for (const node of nodes) {
    const term = await terms(node);
    row.add(`${column}Name`, term?.name);
    row.add(`${column}Ontology`, term?.curie ?? node);
  }
}

function typeOf(document: NdiDocument): string {
  return textOf(valueAt(document, 'openminds.openminds_type'));
}
