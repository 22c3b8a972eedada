import {
  authorRoles,
  type DatasetAuthor,
  type DatasetFunding,
  type DatasetPublication,
} from '../../../../shared/model/dataset-metadata.ts';
import { t } from '../../../texts/translate.ts';

/** One part of an entry: a text, or a list of texts (some of given ones, or any with commas between them). */
export interface EntryField<T> {
  readonly name: keyof T & string;
  readonly label: string;
  readonly kind: 'text' | 'texts' | 'choices';
  readonly choices?: readonly string[];
  readonly placeholder?: string;
}

/** A list of entries of the description, whose order counts. */
export interface EntryList<T> {
  readonly name: 'authors' | 'funding' | 'publications';
  readonly title: string;
  readonly add: string;
  readonly one: string;
  readonly blank: T;
  readonly fields: readonly EntryField<T>[];
}

export const authorList = (): EntryList<DatasetAuthor> => ({
  name: 'authors',
  title: t('Authors, in the order of the publication'),
  add: t('Add an author'),
  one: t('author'),
  blank: { givenName: '', familyName: '', orcid: '', email: '', roles: [], affiliations: [] },
  fields: [
    { name: 'givenName', label: t('Given name'), kind: 'text' },
    { name: 'familyName', label: t('Family name'), kind: 'text' },
    { name: 'orcid', label: t('ORCID'), kind: 'text', placeholder: '0000-0002-1825-0097' },
    { name: 'email', label: t('E-mail'), kind: 'text' },
    { name: 'affiliations', label: t('Affiliations'), kind: 'texts' },
    { name: 'roles', label: t('Roles'), kind: 'choices', choices: authorRoles },
  ],
});

export const fundingList = (): EntryList<DatasetFunding> => ({
  name: 'funding',
  title: t('Funding'),
  add: t('Add a grant'),
  one: t('grant'),
  blank: { funder: '', awardTitle: '', awardNumber: '' },
  fields: [
    { name: 'funder', label: t('Funder'), kind: 'text' },
    { name: 'awardTitle', label: t('Award title'), kind: 'text' },
    { name: 'awardNumber', label: t('Award number'), kind: 'text' },
  ],
});

export const publicationList = (): EntryList<DatasetPublication> => ({
  name: 'publications',
  title: t('Related publications'),
  add: t('Add a publication'),
  one: t('publication'),
  blank: { title: '', doi: '', pmid: '', pmcid: '' },
  fields: [
    { name: 'title', label: t('Title'), kind: 'text' },
    { name: 'doi', label: t('DOI'), kind: 'text', placeholder: '10.1000/182' },
    { name: 'pmid', label: t('PMID'), kind: 'text' },
    { name: 'pmcid', label: t('PMCID'), kind: 'text' },
  ],
});
