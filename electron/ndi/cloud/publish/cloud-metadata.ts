import type { DatasetMetadata as Description } from '../../../../shared/model/dataset-metadata.ts';
import { listOf as textsOf, textOf, valueAt } from '../../../../shared/model/documents.ts';
import { findLicence } from '../../../../shared/model/licences.ts';
import { orcidAddress } from '../../../../shared/model/orcid.ts';
import type { Dataset as LocalDataset } from '../../dataset.ts';
import { readDatasetMetadata } from '../../metadata/dataset-metadata.ts';
import type { Session } from '../../session.ts';
import { type Dataset, type DatasetMetadata, listOf, orcidOf } from '../api/shapes.ts';

/**
 * A description as NDI Cloud's record of a dataset holds it (cloud reference, section 5.1): with `orcid` where NDI-matlab
 * writes `orchid`, an entry for each funder, and no placeholder of a DOI. What is empty is left out, so that it does not
 * overwrite what the cloud has.
 */
export function cloudMetadata(description: Description): DatasetMetadata {
  const { title, shortName, abstract, license, authors, funding, publications } = description;
  const people = authors.map((author) => ({
    firstName: author.givenName,
    lastName: author.familyName,
    orcid: orcidAddress(author.orcid) ?? author.orcid,
    // Addresses of people are for those who want to be written to.
    ...(author.roles.includes('Corresponding') && author.email !== '' ? { contact: author.email } : {}),
  }));
  const corresponding = people.filter((_, at) => authors[at]?.roles.includes('Corresponding') === true);
  const funders = [...new Set(funding.map(({ funder }) => funder.trim()))].filter((funder) => funder !== '');
  const metadata: DatasetMetadata = {
    name: title,
    branchName: shortName,
    abstract,
    license: findLicence(license)?.id ?? license,
    contributors: people,
    correspondingAuthors: corresponding.map(({ firstName, lastName, orcid }) => ({ firstName, lastName, orcid })),
    funding: funders.map((source) => ({ source })),
    associatedPublications: publications.map(({ doi, title: named, pmid, pmcid }) => ({
      DOI: doi,
      title: named,
      PMID: pmid,
      PMCID: pmcid,
    })),
  };
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => !isEmpty(value)));
}

/** What a dataset or session here says of itself, as its record in the cloud holds it. */
export function localRecord(holder: LocalDataset | Session): DatasetMetadata {
  return { ...cloudMetadata(readDatasetMetadata(holder).metadata), ...animalsOf(holder) };
}

/** What the documents of a dataset say of its animals. */
function animalsOf(holder: LocalDataset | Session): Pick<DatasetMetadata, 'species' | 'numberOfSubjects'> {
  const numberOfSubjects = holder.documents({ isa: 'subject' }).length;
  const names = holder
    .documents({ isa: 'openminds' })
    .map((entry) => holder.read(entry))
    .filter((document) => textOf(valueAt(document, 'openminds.openminds_type')).endsWith('/Species'))
    .flatMap((document) => textsOf(valueAt(document, 'openminds.fields.name')).map(textOf));
  const species = [...new Set(names)].filter((name) => name !== '').join(', ');
  return { ...(numberOfSubjects > 0 ? { numberOfSubjects } : {}), ...(species === '' ? {} : { species }) };
}

/** Names of the fields in which the record in the cloud says something else than the description here. */
export function differingFields(record: Dataset, wanted: DatasetMetadata): (keyof DatasetMetadata)[] {
  const fields = Object.keys(wanted) as (keyof DatasetMetadata)[];
  return fields.filter(
    (field) => JSON.stringify(comparable(field, record[field])) !== JSON.stringify(comparable(field, wanted[field])),
  );
}

/** The many spellings of a value as one: others write lists of one as the thing itself, and names of licences freely. */
function comparable(field: keyof DatasetMetadata, value: unknown): unknown {
  switch (field as string) {
    case 'contributors':
    case 'correspondingAuthors':
      return listOf(value as DatasetMetadata['contributors']).map((one) => [
        (one.firstName ?? '').trim(),
        (one.lastName ?? '').trim(),
        bareOrcid(orcidOf(one)),
      ]);
    case 'funding':
      // NDI-matlab joins the names of all funders.
      return listOf(value as DatasetMetadata['funding']).flatMap(({ source = '' }) => source.split(', '));
    case 'associatedPublications':
      return listOf(value as DatasetMetadata['associatedPublications']).map(
        ({ DOI = '', title = '', PMID = '', PMCID = '' }) => [DOI, title, PMID, PMCID],
      );
    case 'license':
      return findLicence(textFrom(value))?.id ?? textFrom(value);
    default:
      return typeof value === 'number' ? value : textFrom(value);
  }
}

function textFrom(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function bareOrcid(orcid: string): string {
  return (orcidAddress(orcid) ?? orcid).replace('https://orcid.org/', '');
}

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}
