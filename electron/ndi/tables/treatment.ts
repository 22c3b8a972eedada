import type { JsonValue } from '../../../shared/model/document-json.ts';
import { documentClass, listOf, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import { readMixture } from './mixtures.ts';
import { type KnownTerms, variableName } from './names.ts';
import { byDependency, type TableSource } from './source.ts';
import type { PivotRow } from './table.ts';

/** What was done to subjects and measured of them. */
export class Treatments {
  readonly #classes: readonly { readonly name: string; readonly of: (subject: string) => readonly NdiDocument[] }[];
  readonly #terms: KnownTerms;

  constructor(source: TableSource, terms: KnownTerms) {
    this.#terms = terms;
    const names = ['treatment', 'treatment_drug', 'virus_injection', 'measurement'];
    this.#classes = names.map((name) => ({ name, of: byDependency(source, name, 'subject_id') }));
  }

  /** Puts the treatments of a subject into its row. */
  async describe(row: PivotRow, subjectId: string): Promise<void> {
    for (const { name, of } of this.#classes) {
      for (const document of of(subjectId)) {
        if (name === 'treatment_drug') addDrug(row, document);
        else if (name === 'virus_injection') addVirus(row, document);
        else await this.#addTermed(row, document, name);
      }
    }
  }

  /** A value whose meaning is a term: the column has the term's name (`treatment` and `measurement` are alike). */
  async #addTermed(row: PivotRow, document: NdiDocument, group: string): Promise<void> {
    const field = (name: string) => valueAt(document, `${group}.${name}`);
    const term = await this.#terms(textOf(field('ontologyName')));
    const label = term?.name ?? (textOf(field('name')) || textOf(field('ontologyName')));
    const column = variableName(label) || variableName(documentClass(document));
    const number = listOf(field('numeric_value')).length === 0 ? null : (field('numeric_value') ?? null);
    const text = textOf(field('string_value'));
    const meant = text.includes(':') ? await this.#terms(text) : null;
    if (meant !== null) {
      row.add(`${column}Name`, meant.name);
      row.add(`${column}Ontology`, meant.curie);
      if (number !== null) row.add(`${column}Number`, number);
    } else if (number !== null && text !== '') {
      row.add(`${column}Number`, number);
      row.add(`${column}String`, text);
    } else {
      row.add(column, number ?? text);
    }
  }
}

/** The mixture's rows have columns of their own; its text as a whole is left out, as NDI does unless asked. */
function addDrug(row: PivotRow, document: NdiDocument): void {
  const add = (column: string, ...fields: string[]) => {
    const found = fields.map((name) => valueAt(document, `treatment_drug.${name}`)).find(isGiven);
    row.add(`DrugTreatment${column}`, found);
  };
  add('LocationName', 'location_name');
  // Definition and schema name the field differently.
  add('LocationOntology', 'location_ontologyName', 'location_ontologyNode');
  add('OnsetTime', 'administration_onset_time');
  add('OffsetTime', 'administration_offset_time');
  add('Duration', 'administration_duration');
  for (const ingredient of readMixture(valueAt(document, 'treatment_drug.mixture_table'))) {
    row.add('DrugTreatmentMixtureName', ingredient['name'] ?? null);
    const unit = ingredient['unitName'] ?? '';
    row.add('DrugTreatmentMixtureQuantity', `${ingredient['value'] ?? ''} ${unit}`.trim());
    row.add('DrugTreatmentMixtureOntology', ingredient['ontologyName'] ?? null);
  }
}

function isGiven(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function addVirus(row: PivotRow, document: NdiDocument): void {
  const columns = {
    Name: 'virus_name',
    Ontology: 'virus_OntologyName',
    LocationName: 'virusLocation_name',
    LocationOntology: 'virusLocation_OntologyName',
    AdministrationDate: 'virus_AdministrationDate',
    AdministrationPND: 'virus_AdministrationPND',
    Dilution: 'dilution',
    DiluentName: 'diluent_name',
    DiluentOntology: 'diluent_OntologyName',
  };
  for (const [column, field] of Object.entries(columns)) {
    row.add(`VirusInjection${column}`, valueAt(document, `virus_injection.${field}`));
  }
}
