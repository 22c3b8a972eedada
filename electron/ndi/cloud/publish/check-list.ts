import { findLicence } from '../../../../shared/model/licences.ts';
import { orcidAddress } from '../../../../shared/model/orcid.ts';
import { type Dataset, listOf } from '../api/shapes.ts';

/** What publishing needs, item by item. */
export interface CheckItem {
  readonly code: 'title' | 'abstract' | 'licence' | 'authors' | 'orcid' | 'funding' | 'doi';
  /** `missing` stops publishing; `advice` does not. */
  readonly state: 'good' | 'missing' | 'advice';
  readonly message: string;
}

/** NDI-matlab writes this into every dataset; it is no DOI (cloud reference, section 5.1). */
export const PLACEHOLDER_DOI = 'https://doi.org://10.1000/123456789';

/** The record of a dataset, held against what publication and a DOI ask for. */
export function checkList(dataset: Dataset): CheckItem[] {
  const people = listOf(dataset.contributors);
  const nameless = people.filter(({ lastName = '' }) => lastName.trim() === '').length;
  const orcids = people.map(({ orcid = '' }) => orcid.trim());
  const wrong = orcids.filter((orcid) => orcid !== '' && orcidAddress(orcid) === null);
  const without = orcids.filter((orcid) => orcid === '').length;
  const licence = (dataset.license ?? '').trim();
  const funders = listOf(dataset.funding).filter(({ source = '' }) => source.trim() !== '');
  const doi = (dataset.doi ?? '').trim();
  return [
    item('title', (dataset.name ?? '').trim() !== '', 'A title', 'It has no title.'),
    item('abstract', (dataset.abstract ?? '').trim() !== '', 'An abstract', 'It has no abstract.'),
    licence === ''
      ? item('licence', false, '', 'It has no licence.')
      : item('licence', findLicence(licence) !== null, `Licence ${licence}`, `The licence “${licence}” is not known.`),
    people.length === 0
      ? item('authors', false, '', 'It names no author.')
      : item('authors', nameless === 0, `${people.length} authors`, `${nameless} authors have no surname.`),
    wrong.length > 0
      ? item('orcid', false, '', `No valid ORCID: ${wrong.join(', ')}.`)
      : {
          code: 'orcid',
          ...(without > 0 ? advice(`${without} authors have no ORCID.`) : good('ORCIDs of all authors')),
        },
    { code: 'funding', ...(funders.length === 0 ? advice('No funding is named.') : good('Funding')) },
    doiItem(doi),
  ];
}

function doiItem(doi: string): CheckItem {
  if (doi === '') return { code: 'doi', ...advice('It has no DOI yet.') };
  if (doi === PLACEHOLDER_DOI) {
    return { code: 'doi', state: 'missing', message: 'Its DOI is a placeholder: remove the placeholder.' };
  }
  return { code: 'doi', ...good(`DOI ${doi}`) };
}

const good = (message: string) => ({ state: 'good', message }) as const;
const advice = (message: string) => ({ state: 'advice', message }) as const;

function item(code: CheckItem['code'], holds: boolean, goodMessage: string, badMessage: string): CheckItem {
  return { code, state: holds ? 'good' : 'missing', message: holds ? goodMessage : badMessage };
}
