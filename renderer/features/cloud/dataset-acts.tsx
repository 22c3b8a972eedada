import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RemoteDataset } from '../../../shared/contract/cloud.ts';
import { submits, useSubmit } from '../../components/account/use-submit.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { modals } from '../../components/modals.ts';
import { client } from '../../state/client.ts';
import { showMessage } from '../../state/messages.ts';
import { t } from '../../texts/translate.ts';

/** Brings a deleted dataset back. */
export async function restoreDataset({ id }: RemoteDataset): Promise<void> {
  const { name } = await client.cloudCopies.restore({ datasetId: id });
  showMessage({ tone: 'success', title: t('“{{name}}” is back among your datasets.', { name }) });
}

/** Asks for the name of a dataset and deletes it in the cloud. @param onDeleted it is deleted */
export function deleteDataset(dataset: RemoteDataset, onDeleted: () => void): void {
  const id = modals.open({
    title: t('Delete “{{name}}” in NDI Cloud?', { name: dataset.name }),
    closeButtonProps: { 'aria-label': t('Close') },
    children: (
      <DeleteForm
        dataset={dataset}
        onEnd={(deleted) => {
          modals.close(id);
          if (deleted) onDeleted();
        }}
      />
    ),
  });
}

interface DeleteFormProps {
  readonly dataset: RemoteDataset;
  readonly onEnd: (deleted: boolean) => void;
}

function DeleteForm({ dataset: { id, name, documents, linkedPath }, onEnd }: DeleteFormProps) {
  const [typed, setTyped] = useState('');
  const { busy, error, submit } = useSubmit();
  const remove = async () => {
    await client.cloudCopies.remove({ datasetId: id, name: typed });
    showMessage({
      title: t('“{{name}}” was deleted in NDI Cloud.', { name }),
      text: t('It can be restored for seven days, from the list of deleted ones.'),
    });
    onEnd(true);
  };
  return (
    <form onSubmit={submits(() => submit(remove))}>
      <p>
        {documents === null
          ? t('All its documents and files go from the cloud, for everybody.')
          : t('Its {{count}} documents and all their files go from the cloud, for everybody.', {
              count: documents,
            })}{' '}
        {t('For seven days it can be restored.')}{' '}
        {linkedPath !== null && t('The copy on this computer stays as it is.')}
      </p>
      <TextInput
        label={t('To agree, type the name of the dataset: {{name}}', { name })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {error !== null && <ErrorState error={error} inline />}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" data-autofocus onClick={() => onEnd(false)}>
          {t('Cancel')}
        </Button>
        <Button type="submit" color="red" disabled={typed !== name} loading={busy}>
          {t('Delete in the cloud')}
        </Button>
      </Group>
    </form>
  );
}
