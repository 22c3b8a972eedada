import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import { dependencyValue, documentId, listOf, textOf, valueAt } from '../../shared/model/documents.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { type Subject, subjects } from '../ndi/epochs/subjects.ts';
import {
  biologicalSexes,
  type DescribedTerm,
  describedSubject,
  subjectChange,
} from '../ndi/openminds/describe-subject.ts';
import type { Session } from '../ndi/session.ts';
import { readTextTable } from '../ndi/text-table.ts';
import { treatmentsOf } from '../ndi/treatments.ts';
import type { EditService } from './edits/edits.ts';
import type { OntologyService } from './ontology.ts';
import { fullPath, type OpenItems } from './open-items.ts';

type Inputs = CallInputs['subjects'];
type Outputs = CallOutputs['subjects'];
type Place = Inputs['describe'];
type GivenTerm = NonNullable<Inputs['set']['species']>;

/** What subjects are (species, strain, sex as openMINDS documents), and what was done to them. */
export class SubjectsService {
  readonly #items: OpenItems;
  readonly #edits: EditService;
  readonly #ontology: OntologyService;

  constructor(items: OpenItems, edits: EditService, ontology: OntologyService) {
    this.#items = items;
    this.#edits = edits;
    this.#ontology = ontology;
  }

  /** @throws NdiError session.notFound, document.notFound, database.*, path.* */
  describe(place: Place): Outputs['describe'] {
    const { session, subject } = this.#find(place);
    return { ...subject, ...describedSubject(session, subject.id) };
  }

  /** @throws NdiError ontology.* for a term that is not found, usage.invalid, document.*, database.*, path.* */
  async set({ species, strain, sex, ...place }: Inputs['set'], signal?: AbortSignal): Promise<Outputs['set']> {
    const found = {
      species: await this.#term(species, signal),
      strain: await this.#term(strain, signal),
      sex: sex === undefined || sex === null ? sex : { name: sex, term: biologicalSexes[sex] },
    };
    const { session, subject } = this.#find(place);
    return this.#edits.change(
      place,
      subjectChange(session, subject.id, found),
      `Describe the subject ${subject.localIdentifier}`,
    );
  }

  /** @throws NdiError usage.invalid for a column that is missing, format.*, document.notFound, path.* */
  previewTreatments({ file, ...place }: Inputs['previewTreatments']): Outputs['previewTreatments'] {
    const path = fullPath(file);
    const table = readTextTable(path);
    const documents = treatmentsOf(path, table, this.#find(place).subject.id);
    const rowOf = new Map(documents.map((document, at) => [documentId(document), at + 1]));
    return {
      columns: [...table.columns],
      rows: documents.map((document) => ({
        name: textOf(valueAt(document, 'treatment.name')),
        ontologyName: textOf(valueAt(document, 'treatment.ontologyName')),
        numericValue: listOf(valueAt(document, 'treatment.numeric_value')).map(Number),
        stringValue: textOf(valueAt(document, 'treatment.string_value')),
        manipulation: rowOf.get(dependencyValue(document, 'manipulation_id')) ?? null,
      })),
    };
  }

  /** @throws as `previewTreatments`; document.*, database.* */
  async importTreatments({ file, ...place }: Inputs['importTreatments']): Promise<Outputs['importTreatments']> {
    const path = fullPath(file);
    const { subject } = this.#find(place);
    const documents = treatmentsOf(path, readTextTable(path), subject.id);
    if (documents.length === 0) throw noRows(path);
    const title = `Take in ${documents.length} treatments of ${subject.localIdentifier}`;
    return this.#edits.change(place, { add: documents }, title);
  }

  async #term(
    given: GivenTerm | null | undefined,
    signal: AbortSignal | undefined,
  ): Promise<DescribedTerm | null | undefined> {
    if (given === undefined || given === null) return given;
    if (given.name !== undefined && given.name !== '') return { name: given.name, term: given.term };
    const { name, curie } = await this.#ontology.lookup({ term: given.term }, signal);
    return { name, term: curie };
  }

  #find({ path, sessionId, subject }: Place): { session: Session; subject: Subject } {
    const session = this.#items.session(path, sessionId);
    const known = subjects(session);
    const found =
      known.find((one) => one.id === subject) ??
      known.find((one) => one.localIdentifier.toLowerCase() === subject.toLowerCase());
    if (found !== undefined) return { session, subject: found };
    throw new NdiError({
      code: 'document.notFound',
      message: `The session has no subject “${subject}”.`,
      recovery:
        known.length === 0
          ? 'Make a subject first.'
          : `Name one of ${known
              .slice(0, 10)
              .map((one) => one.localIdentifier)
              .join(', ')}.`,
      details: { subject },
    });
  }
}

function noRows(path: string): NdiError {
  return new NdiError({
    code: 'format.empty',
    message: `${path} has a header and no rows.`,
    recovery: 'Choose a table that lists what was done, a row each.',
    details: { path },
  });
}
