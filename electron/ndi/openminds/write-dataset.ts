import {
  type DatasetAuthor,
  type DatasetMetadata,
  licenses,
  plainDoi,
} from '../../../shared/model/dataset-metadata.ts';
import { documentId, documentSessionId, textOf, valueAt } from '../../../shared/model/documents.ts';
import { findLicence } from '../../../shared/model/licences.ts';
import type { DocumentChange } from '../database/change.ts';
import { DocumentGraph } from '../document-graph.ts';
import type { Dataset } from '../dataset.ts';
import type { Session } from '../session.ts';
import { documentsOf } from '../tables/source.ts';
import { type DescribedTerm, describedSubject } from './describe-subject.ts';
import { type OpenMindsField, type OpenMindsObject, openMindsObject } from './objects.ts';
import { openMindsDocuments } from './write-documents.ts';
import { ownValue } from '../../../shared/model/own-value.ts';

/**
 * The change that writes a dataset's description as openMINDS documents (NDI's convertFormDataToDocuments): a Dataset
 * with its DatasetVersion, and all that these link to. Documents of earlier Datasets go, with what they alone link to.
 */
export function openMindsChange(holder: Dataset | Session, metadata: DatasetMetadata): DocumentChange {
  return {
    add: openMindsDocuments([datasetObject(metadata, studiedSubjects(holder))]),
    remove: earlierDocuments(holder),
  };
}

/** Earlier Datasets and what they link to, but for documents that something else needs. */
function earlierDocuments(holder: Dataset | Session): string[] {
  const entries = holder.documents();
  const roots = entries
    .filter((entry) => entry.class === 'openminds')
    .filter((entry) => /\/Dataset$/.test(textOf(valueAt(holder.read(entry), 'openminds.openminds_type'))))
    .map(({ id }) => id);
  const graph = new DocumentGraph(entries);
  const goes = new Set([...roots, ...graph.allAntecedents(roots).map(({ id }) => id)]);
  for (const id of goes) if (graph.find(id)?.class !== 'openminds') goes.delete(id);
  // What stays keeps all that it needs.
  for (let changed = true; changed;) {
    changed = false;
    for (const id of goes) {
      if (roots.includes(id) || graph.dependents(id).every((one) => goes.has(one.id))) continue;
      changed = goes.delete(id);
    }
  }
  return [...goes];
}

/** Subjects with what is known of them, as documents of their own sessions. */
function studiedSubjects(holder: Dataset | Session): OpenMindsObject[] {
  return documentsOf(holder, 'subject').map((document) => {
    const session = documentSessionId(document);
    const label = textOf(valueAt(document, 'subject.local_identifier'));
    const { species, strain, sex } = describedSubject(holder, documentId(document));
    const term = (type: string, { name, term: id }: DescribedTerm) =>
      name === '' ? [] : [openMindsObject(type, { name, preferredOntologyIdentifier: id }, session)];
    const kind = term('Species', species);
    const strains =
      strain.name === ''
        ? []
        : [openMindsObject('Strain', { name: strain.name, ontologyIdentifier: strain.term, species: kind }, session)];
    const fields = {
      lookupLabel: label,
      internalIdentifier: label.split('@')[0] ?? '',
      species: strains.length > 0 ? strains : kind,
      biologicalSex: term('BiologicalSex', sex),
    };
    return openMindsObject('Subject', fields, session);
  });
}

function datasetObject(metadata: DatasetMetadata, subjects: readonly OpenMindsObject[]): OpenMindsObject {
  const organisations = onceEach((fullName) => openMindsObject('Organization', { fullName }));
  const people = metadata.authors.map((author) => ({ author, person: personOf(author, organisations) }));
  const custodians = people.filter(({ author }) => author.roles.includes('Custodian')).map(({ person }) => person);
  const shared: Record<string, OpenMindsField> = {
    fullName: metadata.title,
    shortName: metadata.shortName,
    description: metadata.abstract,
    author: people.map(({ person }) => person),
    custodian: custodians,
  };
  const version = openMindsObject('DatasetVersion', {
    ...shared,
    otherContribution: contributionsOf(people),
    funding: metadata.funding.map(({ funder, awardTitle, awardNumber }) =>
      openMindsObject('Funding', { awardTitle, awardNumber, funder: funder === '' ? [] : [organisations(funder)] }),
    ),
    license: licenseOf(metadata.license),
    fullDocumentation: documentationOf(metadata.documentation),
    relatedPublication: metadata.publications
      .filter(({ doi }) => doi !== '')
      .map(({ doi }) => openMindsObject('DOI', { identifier: `https://doi.org/${plainDoi(doi)}` })),
    releaseDate: metadata.releaseDate,
    versionIdentifier: metadata.version,
    versionInnovation: metadata.versionInnovation,
    dataType: metadata.dataTypes.map((name) => openMindsObject('SemanticDataType', { name })),
    experimentalApproach: metadata.approaches.map((name) => openMindsObject('ExperimentalApproach', { name })),
    technique: metadata.techniques.map(techniqueOf),
    studiedSpecimen: subjects,
  });
  return openMindsObject('Dataset', { ...shared, hasVersion: [version] });
}

function onceEach(make: (name: string) => OpenMindsObject): (name: string) => OpenMindsObject {
  const made = new Map<string, OpenMindsObject>();
  return (name) => {
    const object = made.get(name) ?? make(name);
    made.set(name, object);
    return object;
  };
}

function personOf(author: DatasetAuthor, organisation: (name: string) => OpenMindsObject): OpenMindsObject {
  const { givenName, familyName, orcid, email, affiliations } = author;
  return openMindsObject('Person', {
    givenName,
    familyName,
    digitalIdentifier: orcid === '' ? [] : [openMindsObject('ORCID', { identifier: `https://orcid.org/${orcid}` })],
    contactInformation: email === '' ? [] : [openMindsObject('ContactInformation', { email })],
    affiliation: affiliations.map((name) => openMindsObject('Affiliation', { memberOf: [organisation(name)] })),
  });
}

/** Custodians have a field of their own; the other roles are contributions, named as NDI-matlab names them. */
const contributionTypes: Readonly<Record<string, string>> = {
  '1st Author': '1st Author',
  Corresponding: 'point of contact',
};

function contributionsOf(
  people: readonly { readonly author: DatasetAuthor; readonly person: OpenMindsObject }[],
): OpenMindsObject[] {
  const types = onceEach((name) => openMindsObject('ContributionType', { name }));
  return Object.entries(contributionTypes).flatMap(([role, type]) =>
    people
      .filter(({ author }) => author.roles.includes(role))
      .map(({ person }) => openMindsObject('Contribution', { contributor: [person], type: [types(type)] })),
  );
}

function licenseOf(name: string): OpenMindsObject[] {
  if (name === '') return [];
  const shortName = ownValue(licenses, name) ?? name;
  const known = findLicence(name);
  return [openMindsObject('License', { shortName, fullName: shortName, webpage: known === null ? [] : [known.url] })];
}

function documentationOf(given: string): OpenMindsObject[] {
  if (given === '') return [];
  const doi = plainDoi(given);
  if (doi.startsWith('10.')) return [openMindsObject('DOI', { identifier: `https://doi.org/${doi}` })];
  return [openMindsObject('WebResource', { IRI: given })];
}

/** `patch clamp (Technique)` names the type in brackets, as NDI's editor does. */
function techniqueOf(text: string): OpenMindsObject {
  const [, name = text, type = 'Technique'] = /^(.*?)\s*\((\w+)\)$/.exec(text) ?? [];
  return openMindsObject(type, { name });
}
