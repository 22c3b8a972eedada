import { t } from '../texts/translate.ts';

/** A setting as people see it. `kind` says which control changes it. */
export type SettingItem = {
  readonly title: string;
  readonly description: string;
  /** Where it holds: everything of this person, or this machine's data process. */
  readonly scope: string;
} & (
  | {
      readonly kind: 'choice';
      readonly id: 'theme' | 'language' | 'reduceMotion' | 'traceRenderer';
      readonly choices: readonly { readonly value: string; readonly label: string }[];
    }
  | {
      readonly kind: 'number';
      readonly id: 'cacheBudgetMb' | 'overviewBudgetMb' | 'cloudFileBudgetMb';
      readonly least: number;
      readonly most: number;
      readonly step: number;
      readonly unit: string;
    }
  | { readonly kind: 'switch'; readonly id: 'ontologyOnline' | 'continueTransfers'; readonly label: string }
  | { readonly kind: 'lines'; readonly id: 'documentTypeFolders'; readonly placeholder: string }
  | { readonly kind: 'hints'; readonly id: 'dismissedHints' }
  | { readonly kind: 'shortcuts'; readonly id: 'shortcuts' }
);

/** All settings in their order, in the current language. */
export function settingItems(): SettingItem[] {
  const everywhere = t('All windows and doors');
  return [
    {
      id: 'theme',
      kind: 'choice',
      title: t('Theme'),
      description: t('Light or dark colours, or as the system has them.'),
      scope: everywhere,
      choices: [
        { value: 'system', label: t('System') },
        { value: 'light', label: t('Light') },
        { value: 'dark', label: t('Dark') },
      ],
    },
    {
      id: 'language',
      kind: 'choice',
      title: t('Language'),
      description: t(
        'Language of the texts. The pseudo-language stretches every text, to check that the layout holds.',
      ),
      scope: everywhere,
      choices: [
        { value: 'en', label: t('English') },
        { value: 'pseudo', label: t('Pseudo') },
      ],
    },
    {
      id: 'reduceMotion',
      kind: 'choice',
      title: t('Reduce motion'),
      description: t('Leaves out animations, as the system wishes or always.'),
      scope: everywhere,
      choices: [
        { value: 'system', label: t('System') },
        { value: 'on', label: t('On') },
        { value: 'off', label: t('Off') },
      ],
    },
    {
      id: 'traceRenderer',
      kind: 'choice',
      title: t('Drawing of traces'),
      description: t(
        'By the graphics card (WebGL) where the machine has one, else by canvas 2D, which is quicker without. Both draw the same.',
      ),
      scope: everywhere,
      choices: [
        { value: 'auto', label: t('As the machine is') },
        { value: 'canvas', label: t('Canvas 2D') },
        { value: 'webgl', label: t('WebGL') },
      ],
    },
    {
      id: 'cacheBudgetMb',
      kind: 'number',
      title: t('Cache budget'),
      description: t(
        'Memory that the data process may use to keep what was read. More makes going back in a recording faster.',
      ),
      scope: t('The data process on this machine'),
      least: 64,
      most: 65_536,
      step: 64,
      unit: 'MB',
    },
    {
      id: 'ontologyOnline',
      kind: 'switch',
      title: t('Ontology terms online'),
      description: t(
        'Asks the public servers of the ontologies about terms that are not known here. What was looked up once is kept and works without a network.',
      ),
      scope: everywhere,
      label: t('Ask ontology servers'),
    },
    {
      id: 'overviewBudgetMb',
      kind: 'number',
      title: t('Overviews on the disk'),
      description: t(
        'Space that overviews of long recordings may take in the application’s folder: about a fortieth of a recording each. Those not used for longest are removed first.',
      ),
      scope: t('The data process on this machine'),
      least: 0,
      most: 1_048_576,
      step: 1024,
      unit: 'MB',
    },
    {
      id: 'cloudFileBudgetMb',
      kind: 'number',
      title: t('Files of NDI Cloud'),
      description: t(
        'Space in the application’s folder for files that lie in NDI Cloud and were needed once: they show without a network then. Those not used for longest are removed first.',
      ),
      scope: t('The data process on this machine'),
      least: 0,
      most: 10_485_760,
      step: 1024,
      unit: 'MB',
    },
    {
      id: 'continueTransfers',
      kind: 'switch',
      title: t('Transfers after a restart'),
      description: t(
        'Uploads, downloads and syncs that were running when the application ended go on by themselves when it starts, as the same account. Those that were paused, and those that delete, wait until you continue them.',
      ),
      scope: t('The data process on this machine'),
      label: t('Go on with interrupted transfers'),
    },
    {
      id: 'documentTypeFolders',
      kind: 'lines',
      title: t('Own document types'),
      description: t(
        'Folders with definitions and schemas of document types of your own, one a line: database_documents and schema_documents, as NDI keeps them.',
      ),
      scope: t('The data process on this machine'),
      placeholder: '/home/lab/ndi_common',
    },
    {
      id: 'dismissedHints',
      kind: 'hints',
      title: t('Hints of the tour'),
      description: t('Hints that were dismissed for good stay away until they are reset here.'),
      scope: everywhere,
    },
    {
      id: 'shortcuts',
      kind: 'shortcuts',
      title: t('Keyboard shortcuts'),
      description: t(
        'Press the button of a command and then the keys that it shall have. Delete takes the shortcut away, Escape leaves it as it is.',
      ),
      scope: everywhere,
    },
  ];
}
