import { modals } from '../../components/modals.ts';
import { TextTabs } from '../../components/text-tabs/text-tabs.tsx';
import { t } from '../../texts/translate.ts';

/** Shows the few lines with which other programs open a dataset of NDI Cloud. */
export function showUseData(id: string): void {
  const form = (name: string, text: string, fileName: string) => ({
    name,
    label: t('Lines for {{program}}', { program: name }),
    text,
    fileName,
  });
  modals.open({
    title: t('Use this data'),
    size: 'lg',
    closeButtonProps: { 'aria-label': t('Close') },
    children: (
      <TextTabs
        label={t('Program')}
        forms={[
          form('MATLAB', matlab(id), 'open_dataset.m'),
          form('Python', python(id), 'open_dataset.py'),
          form(t('Command line'), `ndi cloud download ${id} ndi-datasets\n`, 'open-dataset.sh'),
        ]}
      />
    ),
  });
}

/** `ndi.cloud.downloadDataset` and `ndi.dataset.dir` of NDI-matlab: the dataset gets a folder of its id's name. */
function matlab(id: string): string {
  return [
    `cloudDatasetId = '${id}';`,
    `dataPath = fullfile(userpath, 'ndi-datasets');`,
    `datasetPath = fullfile(dataPath, cloudDatasetId);`,
    `if isfolder(datasetPath)`,
    `    dataset = ndi.dataset.dir(datasetPath);`,
    `else`,
    `    if ~isfolder(dataPath), mkdir(dataPath); end`,
    `    dataset = ndi.cloud.downloadDataset(cloudDatasetId, dataPath);`,
    `end`,
    '',
  ].join('\n');
}

/** The same with NDI-python, which signs in by the environment variables that NDI shares. */
function python(id: string): string {
  return [
    'import os',
    'import ndi.dataset',
    'from ndi.cloud import downloadDataset',
    'from ndi.cloud.auth import login',
    'from ndi.cloud.client import CloudClient',
    '',
    `cloud_dataset_id = "${id}"`,
    'data_path = os.path.expanduser("~/ndi-datasets")',
    'dataset_path = os.path.join(data_path, cloud_dataset_id)',
    'if os.path.exists(dataset_path):',
    '    dataset = ndi.dataset.Dataset(dataset_path)',
    'else:',
    '    config = login(os.environ["NDI_CLOUD_USERNAME"], os.environ["NDI_CLOUD_PASSWORD"])',
    '    dataset = downloadDataset(cloud_dataset_id, data_path, client=CloudClient(config))',
    '',
  ].join('\n');
}
