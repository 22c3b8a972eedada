import type { DatasetMetadata } from '../../../shared/model/dataset-metadata.ts';
import { plainOrcid } from '../../../shared/model/dataset-metadata.ts';
import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { listOf, objectOf, textOf } from '../../../shared/model/documents.ts';

/**
 * The structure that NDI's metadata editor keeps in a `metadata_editor` document (fields as its
 * `convertDatasetInfoToDocument` writes them). Lists of texts are joined by `, ` there; one-element lists of objects
 * may stand as the object alone.
 */
export function fromStructure(structure: JsonObject): DatasetMetadata {
  const text = (name: string) => joined(structure[name], '\n');
  return {
    title: text('DatasetFullName'),
    shortName: text('DatasetShortName'),
    abstract: text('Description'),
    comments: text('Comments'),
    authors: objectsOf(structure['Author']).map((author) => ({
      givenName: textOf(author['givenName']),
      familyName: textOf(author['familyName']),
      orcid: plainOrcid(textOf(objectOf(author['digitalIdentifier'])?.['identifier'])),
      email: textOf(objectOf(author['contactInformation'])?.['email']),
      roles: textsOf(author['authorRole']),
      affiliations: objectsOf(author['affiliation']).flatMap((one) =>
        objectsOf(one['memberOf']).map((organisation) => textOf(organisation['fullName'])),
      ),
    })),
    license: text('License'),
    funding: objectsOf(structure['Funding']).map((one) => ({
      funder: textOf(one['funder']),
      awardTitle: textOf(one['awardTitle']),
      awardNumber: plainText(one['awardNumber']),
    })),
    publications: objectsOf(structure['RelatedPublication']).map((one) => ({
      title: textOf(one['Publication']),
      doi: textOf(one['DOI']),
      pmid: plainText(one['PMID']),
      pmcid: plainText(one['PMCID']),
    })),
    documentation: text('FullDocumentation'),
    version: plainText(structure['VersionIdentifier']),
    versionInnovation: text('VersionInnovation'),
    releaseDate: isoDate(text('ReleaseDate')),
    dataTypes: textsOf(structure['DataType']),
    approaches: textsOf(structure['ExperimentalApproach']),
    techniques: textsOf(structure['TechniquesEmployed']),
  };
}

/** @param before the structure that is replaced: fields that this application does not edit (subjects, probes) stay */
export function toStructure(metadata: DatasetMetadata, before: JsonObject): JsonObject {
  const oldAuthors = objectsOf(before['Author']);
  return {
    ...before,
    DatasetFullName: metadata.title,
    DatasetShortName: metadata.shortName,
    Description: metadata.abstract,
    Comments: metadata.comments,
    Author: metadata.authors.map((author) => ({
      ...oldAuthors.find((old) => sameAuthor(old, author)),
      givenName: author.givenName,
      familyName: author.familyName,
      authorRole: author.roles.join(', '),
      digitalIdentifier: { identifier: author.orcid === '' ? '' : `https://orcid.org/${author.orcid}` },
      contactInformation: { email: author.email },
      affiliation: author.affiliations.map((fullName) => ({ memberOf: { fullName } })),
    })),
    License: metadata.license,
    Funding: metadata.funding.map((one) => ({ ...one })),
    RelatedPublication: metadata.publications.map(({ title, doi, pmid, pmcid }) => ({
      Publication: title,
      DOI: doi,
      PMID: pmid,
      PMCID: pmcid,
    })),
    FullDocumentation: metadata.documentation,
    VersionIdentifier: metadata.version,
    VersionInnovation: metadata.versionInnovation,
    ReleaseDate: metadata.releaseDate,
    DataType: metadata.dataTypes.join(', '),
    ExperimentalApproach: metadata.approaches.join(', '),
    TechniquesEmployed: metadata.techniques.join(', '),
  };
}

function sameAuthor(old: JsonObject, author: DatasetMetadata['authors'][number]): boolean {
  return old['givenName'] === author.givenName && old['familyName'] === author.familyName;
}

function objectsOf(value: JsonValue | undefined): JsonObject[] {
  return listOf(value)
    .map(objectOf)
    .filter((one) => one !== null);
}

function textsOf(value: JsonValue | undefined): string[] {
  const texts = listOf(value).flatMap((one) => textOf(one).split(', '));
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

function joined(value: JsonValue | undefined, separator: string): string {
  return listOf(value).map(textOf).join(separator);
}

function plainText(value: JsonValue | undefined): string {
  return typeof value === 'number' ? String(value) : textOf(value);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** MATLAB writes dates as `31-Dec-2025`, with a time behind it or not. Anything else stays as it is. */
function isoDate(text: string): string {
  const [, day, month, year] = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})/.exec(text) ?? [];
  const number = months.indexOf((month ?? '').toLowerCase()) + 1;
  if (number === 0) return /^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 10) : text;
  return `${year}-${String(number).padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
}
