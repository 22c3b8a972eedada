import { type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import type { Query } from '../../../shared/model/query.ts';
import type { Epoch } from '../epochs/epoch.ts';
import type { Session } from '../session.ts';
import { addDocuments, isAbout } from './document.ts';
import { elementColumns, elementRows, probeColumns, probeRows } from './element.ts';
import { epochColumns, epochRows } from './epoch.ts';
import type { KnownTerms } from './names.ts';
import { byAnyDependency, byEpoch, documentsOf, type TableSource } from './source.ts';
import { subjectColumns, subjectRows, treatmentRows } from './subject.ts';
import { ontologyRowColumns, ontologyRows } from './ontology-rows.ts';
import { openMindsColumns, openMindsRows, openMindsTypes } from './openminds.ts';
import { type PivotRow, type PivotTable, stacked } from './table.ts';

export interface PivotQuestion {
  readonly by: 'subject' | 'probe' | 'epoch' | 'element' | 'treatment' | 'openminds' | 'ontologyTableRow';
  /** Of openMINDS documents: the type; of ontology table rows: their variables. All rows where it is left out. */
  readonly kind?: string | undefined;
  /** What the subject, probe or element of a row must fulfil. */
  readonly where?: Query | undefined;
  /** Classes whose documents, where they depend on what a row is about, add their fields as columns. */
  readonly classes: readonly string[];
}

export interface PivotWorld {
  readonly source: TableSource;
  readonly terms: KnownTerms;
  /** Sessions with their epochs; asked for where the table is one of epochs. */
  readonly epochs: () => Promise<readonly { readonly session: Session; readonly epochs: readonly Epoch[] }[]>;
}

/**
 * Documents as a table by what they are about, with the columns of NDI's tables (NDI core reference, section 9.2).
 * Terms that are not known on this computer show as their documents name them.
 * @throws NdiError query.invalid, database.*, path.*
 */
export async function pivotTable({ by, kind, where, classes }: PivotQuestion, world: PivotWorld): Promise<PivotTable> {
  const { source, terms } = world;
  const find = (isa: string): NdiDocument[] =>
    source.documents({ isa, ...(where === undefined ? {} : { query: where }) }).map((entry) => source.read(entry));
  switch (by) {
    case 'subject':
      return stacked(withDocuments(await subjectRows(source, find('subject'), terms), source, classes), subjectColumns);
    case 'treatment': {
      const rows = await treatmentRows(source, find('subject'), terms);
      return stacked(withDocuments(rows, source, classes), subjectColumns);
    }
    case 'element': {
      const rows = await elementRows(source, find('element'), terms);
      return stacked(withDocuments(rows, source, classes), elementColumns);
    }
    case 'openminds': {
      const documents = find('openminds');
      const types = kind === undefined ? openMindsTypes(documents).map(({ type }) => type) : [kind];
      const all = where === undefined ? documents : documentsOf(source, 'openminds');
      const rows = types.flatMap((type) => openMindsRows(documents, all, type));
      return stacked(withDocuments(rows, source, classes), openMindsColumns);
    }
    case 'ontologyTableRow':
      return stacked(withDocuments(ontologyRows(find('ontologyTableRow'), kind), source, classes), ontologyRowColumns);
    case 'probe':
      return stacked(withDocuments(probeRows(source, find('element').filter(isProbe)), source, classes), probeColumns);
    case 'epoch': {
      const sessions = await world.epochs();
      const rows = sessions.flatMap(({ session, epochs }) => epochRows(source, session, epochs));
      const meant = where === undefined ? null : new Set(find('element').map((one) => textOf(valueAt(one, 'base.id'))));
      const shown = meant === null ? rows : rows.filter(({ id }) => id !== null && meant.has(id));
      return stacked(withEpochDocuments(shown, source, classes), epochColumns);
    }
  }
}

function withDocuments(rows: PivotRow[], source: TableSource, classes: readonly string[]): PivotRow[] {
  for (const name of classes) {
    const related = byAnyDependency(source, name);
    for (const row of rows) addDocuments(row, related(row.id ?? ''));
  }
  return rows;
}

function withEpochDocuments(rows: PivotRow[], source: TableSource, classes: readonly string[]): PivotRow[] {
  const probeIds = new Set(rows.flatMap(({ id }) => (id === null ? [] : [id])));
  for (const name of classes) {
    const related = byEpoch(source, name);
    for (const row of rows) {
      const ofEpoch = related(String(row.cell('EpochDocumentIdentifier')).toLowerCase());
      addDocuments(
        row,
        ofEpoch.filter((document) => isAbout(document, row.id, probeIds)),
      );
    }
  }
  return rows;
}

/** Probes are elements whose class says so. */
const isProbe = (document: NdiDocument): boolean =>
  /probe/i.test(textOf(valueAt(document, 'element.ndi_element_class')));
