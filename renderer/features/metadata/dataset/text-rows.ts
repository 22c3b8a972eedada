import { licenses, type DatasetMetadata } from '../../../../shared/model/dataset-metadata.ts';
import { t } from '../../../texts/translate.ts';

type TextName = { [K in keyof DatasetMetadata]: DatasetMetadata[K] extends string ? K : never }[keyof DatasetMetadata];
type ListName = 'dataTypes' | 'approaches' | 'techniques';

/** A field of the description that is one text, or a list of texts with commas between them. */
export type TextRowFacts = {
  readonly section: 'overview' | 'details' | 'experiment';
  readonly label: string;
  readonly help: string;
  readonly required?: true;
} & (
  | { readonly kind: 'text' | 'long'; readonly name: TextName }
  | { readonly kind: 'choice'; readonly name: TextName; readonly choices: readonly { value: string; label: string }[] }
  | { readonly kind: 'list'; readonly name: ListName }
);

/** The fields in the order of NDI's editor. */
export function textRows(): TextRowFacts[] {
  return [
    {
      section: 'overview',
      kind: 'text',
      name: 'title',
      label: t('Title'),
      help: t('The full name of the dataset.'),
      required: true,
    },
    {
      section: 'overview',
      kind: 'text',
      name: 'shortName',
      label: t('Short name'),
      help: t('Two or three words.'),
      required: true,
    },
    {
      section: 'overview',
      kind: 'long',
      name: 'abstract',
      label: t('Abstract'),
      help: t('What was done and what the data hold.'),
      required: true,
    },
    {
      section: 'overview',
      kind: 'long',
      name: 'comments',
      label: t('Comments'),
      help: t('For yourself; not published.'),
    },
    {
      section: 'details',
      kind: 'choice',
      name: 'license',
      label: t('License'),
      help: t('What others may do with the data. CC BY lets them do anything as long as they name you.'),
      required: true,
      choices: Object.entries(licenses).map(([value, label]) => ({ value, label })),
    },
    {
      section: 'details',
      kind: 'text',
      name: 'version',
      label: t('Version'),
      help: t('Such as 1.0.0.'),
      required: true,
    },
    {
      section: 'details',
      kind: 'long',
      name: 'versionInnovation',
      label: t('What is new in it'),
      help: t('For a first version: This is the first version.'),
    },
    { section: 'details', kind: 'text', name: 'releaseDate', label: t('Release date'), help: t('Such as 2025-12-31.') },
    {
      section: 'details',
      kind: 'text',
      name: 'documentation',
      label: t('Full documentation'),
      help: t('A web address or a DOI.'),
    },
    {
      section: 'experiment',
      kind: 'list',
      name: 'dataTypes',
      label: t('Data types'),
      help: t('openMINDS’ terms with commas between them, such as rawData, derivedData.'),
    },
    {
      section: 'experiment',
      kind: 'list',
      name: 'approaches',
      label: t('Experimental approaches'),
      help: t('Such as electrophysiology, optogenetics.'),
    },
    {
      section: 'experiment',
      kind: 'list',
      name: 'techniques',
      label: t('Techniques'),
      help: t('Such as extracellularElectrophysiology (Technique).'),
    },
  ];
}
