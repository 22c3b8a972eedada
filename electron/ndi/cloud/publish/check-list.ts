import type { PublishCheck } from '../../../../shared/contract/cloud-publish.ts';
import { findLicence } from '../../../../shared/model/licences.ts';
import { orcidAddress } from '../../../../shared/model/orcid.ts';
import { type Dataset, type DatasetMetadata, listOf, orcidOf } from '../api/shapes.ts';
import { differingFields } from './cloud-metadata.ts';

/** What publishing needs, item by item. */
export type CheckItem = Readonly<PublishCheck>;

/** NDI-matlab writes this into every dataset; it is no DOI (cloud reference, section 5.1). */
export const PLACEHOLDER_DOI = 'https://doi.org://10.1000/123456789';

/**
 * The record of a dataset, held against what publication and a DOI ask for.
 * @param wanted the description here as a record would hold it: it says whether a gap is filled in by sending it
 */
export function checkList(dataset: Dataset, wanted: DatasetMetadata = {}): CheckItem[] {
  const people = listOf(dataset.contributors);
  const nameless = people.filter(({ lastName = '' }) => lastName.trim() === '').length;
  const orcids = people.map(orcidOf);
  const wrong = orcids.findIndex((orcid) => orcid !== '' && orcidAddress(orcid) === null);
  const without = orcids.filter((orcid) => orcid === '').length;
  const licence = (dataset.license ?? '').trim();
  const funders = listOf(dataset.funding).filter(({ source = '' }) => source.trim() !== '');
  const sendable = new Set<string>(differingFields(dataset, wanted));
  const bad = (
    code: CheckItem['code'],
    state: 'missing' | 'advice',
    message: string,
    at: [string, string],
  ): CheckItem =>
    sendable.has(at[0])
      ? { code, state, message: `${message} The description here has it.`, mend: 'sendDescription', field: null }
      : { code, state, message, mend: 'describe', field: at[1] };
  return [
    (dataset.name ?? '').trim() === ''
      ? bad('title', 'missing', 'It has no title.', ['name', 'title'])
      : good('title', dataset.name ?? ''),
    (dataset.abstract ?? '').trim() === ''
      ? bad('abstract', 'missing', 'It has no abstract.', ['abstract', 'abstract'])
      : good('abstract', `${(dataset.abstract ?? '').trim().split(/\s+/).length} words`),
    licence === ''
      ? bad('licence', 'missing', 'It has no license.', ['license', 'license'])
      : findLicence(licence) === null
        ? bad('licence', 'missing', `The license “${licence}” is not known.`, ['license', 'license'])
        : good('licence', findLicence(licence)?.id ?? licence),
    people.length === 0
      ? bad('authors', 'missing', 'It names no author.', ['contributors', 'authors'])
      : nameless > 0
        ? bad('authors', 'missing', `${nameless} of ${people.length} authors have no surname.`, [
            'contributors',
            'authors',
          ])
        : good(
            'authors',
            people.map(({ firstName = '', lastName = '' }) => `${firstName} ${lastName}`.trim()).join(', '),
          ),
    wrong >= 0
      ? bad('orcid', 'missing', `${orcids[wrong]} is no valid ORCID.`, ['contributors', `authors.${wrong}.orcid`])
      : without > 0 || people.length === 0
        ? bad(
            'orcid',
            'advice',
            people.length === 0
              ? 'No author is named who could have one.'
              : `${without} of ${people.length} authors have no ORCID.`,
            ['contributors', `authors.${Math.max(0, orcids.indexOf(''))}.orcid`],
          )
        : good('orcid', 'All authors have one, and its check digit is right.'),
    funders.length === 0
      ? bad('funding', 'advice', 'No funding is named.', ['funding', 'funding'])
      : good('funding', funders.map(({ source }) => source).join(', ')),
    doiItem((dataset.doi ?? '').trim()),
  ];
}

function doiItem(doi: string): CheckItem {
  if (doi === PLACEHOLDER_DOI) {
    const message = 'Its DOI is a placeholder that NDI-matlab has written; no DOI can be registered beside it.';
    return { code: 'doi', state: 'missing', message, mend: 'removePlaceholder', field: null };
  }
  if (doi !== '') return good('doi', doi);
  return { code: 'doi', state: 'advice', message: 'It has no DOI yet.', mend: 'registerDoi', field: null };
}

export function good(code: CheckItem['code'], message: string): CheckItem {
  return { code, state: 'good', message, mend: null, field: null };
}
