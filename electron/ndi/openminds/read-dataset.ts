import {
  type DatasetAuthor,
  type DatasetMetadata,
  emptyMetadata,
  licenses,
  plainOrcid,
} from '../../../shared/model/dataset-metadata.ts';
import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import {
  documentDatestamp,
  listOf,
  type NdiDocument,
  objectOf,
  textOf,
  valueAt,
} from '../../../shared/model/documents.ts';

/** The fields of an openMINDS object, or null where a document holds none. */
type Resolve = (id: string) => JsonObject | null;

/**
 * What the openMINDS documents of a dataset say of it: those that NDI makes of the editor's form (a DatasetVersion with
 * links `ndi://ID` to persons, funding, license …). Null where there is no DatasetVersion.
 */
export function fromOpenminds(
  documents: readonly NdiDocument[],
  read: (id: string) => NdiDocument | null,
): DatasetMetadata | null {
  const versions = documents.filter((one) =>
    textOf(valueAt(one, 'openminds.openminds_type')).endsWith('/DatasetVersion'),
  );
  const newest = versions.sort((a, b) => (documentDatestamp(a) < documentDatestamp(b) ? 1 : -1))[0];
  const version = newest === undefined ? null : objectOf(valueAt(newest, 'openminds.fields'));
  if (version === null) return null;
  const resolve: Resolve = (id) => {
    const found = read(id);
    return found === null ? null : objectOf(valueAt(found, 'openminds.fields'));
  };
  const linked = (holder: JsonObject, name: string): JsonObject[] =>
    links(holder[name])
      .map(resolve)
      .filter((one) => one !== null);
  const names = (name: string) =>
    linked(version, name)
      .map((one) => textOf(one['name']))
      .filter((one) => one !== '');
  return {
    ...emptyMetadata,
    title: textOf(version['fullName']),
    shortName: textOf(version['shortName']),
    abstract: textOf(version['description']),
    authors: readAuthors(version, resolve),
    license: readLicense(linked(version, 'license')[0]),
    funding: linked(version, 'funding').map((one) => ({
      funder: textOf(linked(one, 'funder')[0]?.['fullName']),
      awardTitle: textOf(one['awardTitle']),
      awardNumber: textOf(one['awardNumber']),
    })),
    publications: linked(version, 'relatedPublication').map((one) => ({
      title: '',
      doi: textOf(one['identifier']),
      pmid: '',
      pmcid: '',
    })),
    documentation:
      linked(version, 'fullDocumentation').map((one) => textOf(one['IRI']) || textOf(one['identifier']))[0] ?? '',
    version: textOf(version['versionIdentifier']),
    versionInnovation: textOf(version['versionInnovation']),
    releaseDate: textOf(version['releaseDate']).slice(0, 10),
    dataTypes: names('dataType'),
    approaches: names('experimentalApproach'),
    techniques: names('technique'),
  };
}

/** Ids of the documents that `ndi://ID` texts point to. */
function links(value: JsonValue | undefined): string[] {
  return listOf(value).flatMap((one) => /^ndi:\/\/(.+)$/.exec(textOf(one))?.[1] ?? []);
}

/** Roles as NDI's editor names them: custodians are listed apart, the others are contributions of a type. */
function readAuthors(version: JsonObject, resolve: Resolve): DatasetAuthor[] {
  const custodians = new Set(links(version['custodian']));
  const contributions = links(version['otherContribution']).flatMap((id) => {
    const contribution = resolve(id);
    if (contribution === null) return [];
    const [type] = links(contribution['type']).map((one) => textOf(resolve(one)?.['name']));
    const role = type === 'point of contact' ? 'Corresponding' : (type ?? '');
    return links(contribution['contributor']).map((person) => ({ person, role }));
  });
  return links(version['author']).flatMap((id) => {
    const person = resolve(id);
    if (person === null) return [];
    const first = (name: string) => links(person[name]).map((one) => resolve(one))[0] ?? null;
    const roles = contributions.filter((one) => one.person === id).map((one) => one.role);
    return [
      {
        givenName: textOf(person['givenName']),
        familyName: textOf(person['familyName']),
        orcid: plainOrcid(textOf(first('digitalIdentifier')?.['identifier'])),
        email: textOf(first('contactInformation')?.['email']),
        roles: [...new Set([...roles, ...(custodians.has(id) ? ['Custodian'] : [])])].filter((role) => role !== ''),
        affiliations: links(person['affiliation']).flatMap((one) =>
          links(resolve(one)?.['memberOf']).map((organisation) => textOf(resolve(organisation)?.['fullName'])),
        ),
      },
    ];
  });
}

/** openMINDS' own name for a license where its short name is among the known ones. */
function readLicense(license: JsonObject | undefined): string {
  const name = textOf(license?.['shortName']) || textOf(license?.['fullName']);
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return Object.entries(licenses).find(([, words]) => plain(words) === plain(name))?.[0] ?? name;
}
