import { documentId, type NdiDocument, textOf, valueAt, withValues } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { DocumentChange } from '../database/change.ts';
import { fieldsOf, ontologyOf, typeOf } from '../tables/openminds.ts';
import { documentsOf, type TableSource } from '../tables/source.ts';
import { type OpenMindsObject, openMindsObject } from './objects.ts';
import { openMindsAbout, openMindsDocuments } from './write-documents.ts';

/** What a subject is: terms as documents hold them, empty where nothing is known. */
export interface SubjectDescription {
  readonly species: DescribedTerm;
  readonly strain: DescribedTerm;
  readonly sex: DescribedTerm;
}

export interface DescribedTerm {
  readonly name: string;
  /** `NCBITaxon:9669`; empty where there is none. */
  readonly term: string;
}

/** What is to be changed; what is left out stays, null takes away. */
export interface SubjectChange {
  readonly species?: DescribedTerm | null | undefined;
  readonly strain?: DescribedTerm | null | undefined;
  readonly sex?: DescribedTerm | null | undefined;
}

/** Sexes that NDI knows, with their terms. */
export const biologicalSexes = {
  male: 'PATO:0000384',
  female: 'PATO:0000383',
  hermaphrodite: 'PATO:0001340',
  notDetectable: '',
} as const;

const none: DescribedTerm = { name: '', term: '' };

/** The openMINDS documents that describe a subject. */
function subjectDocuments(source: TableSource, subjectId: string): NdiDocument[] {
  const { class: isa, dependency } = openMindsAbout.subject;
  return source.documents({ isa, dependsOn: { name: dependency, id: subjectId } }).map((entry) => source.read(entry));
}

export function describedSubject(source: TableSource, subjectId: string): SubjectDescription {
  const documents = subjectDocuments(source, subjectId);
  const all = [...documents, ...documentsOf(source, 'openminds')];
  const of = (type: string): DescribedTerm => {
    const found = documents.find((document) => typeOf(document) === type);
    if (found === undefined) return none;
    const fields = fieldsOf(found);
    return { name: textOf(fields['name']), term: textOf(ontologyOf(fields) ?? '') };
  };
  const species = of('Species');
  return { species: species === none ? speciesOfStrain(all) : species, strain: of('Strain'), sex: of('BiologicalSex') };
}

/** Older writers store the species of a strain with the strain alone. */
function speciesOfStrain(documents: readonly NdiDocument[]): DescribedTerm {
  const strain = documents.find((document) => typeOf(document) === 'Strain');
  const [link] = [strain === undefined ? null : valueAt(strain, 'openminds.fields.species')].flat();
  const id = /^ndi:\/\/(.+)$/.exec(textOf(link))?.[1];
  const found = documents.find((document) => documentId(document) === id);
  if (found === undefined) return none;
  return { name: textOf(fieldsOf(found)['name']), term: textOf(ontologyOf(fieldsOf(found)) ?? '') };
}

/** Types of openMINDS that describe a subject, and the field of each that holds its term. */
const typeOfPart = {
  species: { type: 'Species', term: 'preferredOntologyIdentifier' },
  strain: { type: 'Strain', term: 'ontologyIdentifier' },
  sex: { type: 'BiologicalSex', term: 'preferredOntologyIdentifier' },
} as const;
const parts = ['species', 'strain', 'sex'] as const;

/**
 * The change of documents by which a subject gets its species, strain and sex as NDI writes them (makeSpeciesStrainSex):
 * `openminds_subject` documents. Those that there are keep their ids, since others may link to them.
 * @throws NdiError usage.invalid for a strain without a species, document.hasDependents where others need what goes
 */
export function subjectChange(source: TableSource, subjectId: string, change: SubjectChange): DocumentChange {
  const before = describedSubject(source, subjectId);
  const stored = subjectDocuments(source, subjectId);
  const chosen = (part: keyof SubjectDescription): DescribedTerm => {
    const given = change[part];
    return given === undefined ? before[part] : (given ?? none);
  };
  if (chosen('strain').name !== '' && chosen('species').name === '') throw strainAlone(chosen('strain').name);
  const known = new Map<OpenMindsObject, string>();
  const added: OpenMindsObject[] = [];
  const replaced: { id: string; edit: (document: NdiDocument) => NdiDocument }[] = [];
  const removed: string[] = [];
  let species: OpenMindsObject | null = null;
  for (const part of parts) {
    const { name, term } = chosen(part);
    const { type, term: field } = typeOfPart[part];
    const existing = stored.filter((document) => typeOf(document) === type);
    if (name === '') {
      removed.push(...existing.map(documentId));
      continue;
    }
    const links = part === 'strain' && species !== null ? { species: [species] } : {};
    const object = openMindsObject(type, { name, [field]: term, ...links });
    if (part === 'species') species = object;
    const [first, ...others] = existing;
    removed.push(...others.map(documentId));
    if (first === undefined) {
      added.push(object);
      continue;
    }
    known.set(object, documentId(first));
    const isSame = before[part].name === name && before[part].term === term;
    const values = { 'openminds.fields.name': name, [`openminds.fields.${field}`]: term };
    if (!isSame) replaced.push({ id: documentId(first), edit: (document) => withValues(document, values) });
  }
  refuseDependents(source, removed);
  return {
    add: openMindsDocuments(added, { kind: 'subject', id: subjectId }, known),
    replace: replaced,
    remove: removed,
  };
}

function refuseDependents(source: TableSource, removed: readonly string[]): void {
  for (const id of removed) {
    const [dependent] = source
      .documents({ dependsOn: { name: '*', id } })
      .filter((entry) => !removed.includes(entry.id));
    if (dependent === undefined) continue;
    throw new NdiError({
      code: 'document.hasDependents',
      message: `The ${dependent.class} document ${dependent.name || dependent.id} needs what describes the subject now.`,
      recovery: 'Change the species, strain or sex instead of taking it away. Nothing was written.',
      details: { dependents: [dependent.id] },
    });
  }
}

function strainAlone(strain: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `The strain “${strain}” needs a species.`,
    recovery: 'Choose the species of the subject too. Nothing was written.',
    details: { strain },
  });
}
