import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import type { NdiError } from '../../../../shared/model/errors.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { modals } from '../../../components/modals.ts';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';

/** Asks for one of the account's datasets and links a copy to it; tells whether it was linked. */
export function chooseAndLink(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const id = modals.open({
      title: t('Link to a dataset in NDI Cloud'),
      onClose: () => resolve(false),
      closeButtonProps: { 'aria-label': t('Close') },
      children: (
        <LinkForm
          path={path}
          onEnd={(linked) => {
            resolve(linked);
            modals.close(id);
          }}
        />
      ),
    });
  });
}

interface LinkFormProps {
  readonly path: string;
  readonly onEnd: (linked: boolean) => void;
}

function LinkForm({ path, onEnd }: LinkFormProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<NdiError | null>(null);
  const answer = useAnswer('cloud.datasets to link', (signal) => client.cloud.datasets({ list: 'mine' }, { signal }));
  if (answer.status === 'loading') return <LoadingState what={t('Asking NDI Cloud…')} lines={3} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} inline />;
  const { datasets } = answer.value;
  if (datasets.length === 0) return <EmptyState title={t('Your organization has no datasets in the cloud yet.')} />;
  const link = async (datasetId: string) => {
    setBusy(true);
    try {
      await client.cloudCopies.link({ path, datasetId });
      onEnd(true);
    } catch (thrown) {
      setError(toNdiError(thrown));
      setBusy(false);
    }
  };
  return (
    <>
      <p>
        {t(
          'This folder then belongs to the chosen dataset, and to no other. Nothing is sent, fetched or deleted; the plan shows how the two are apart.',
        )}
      </p>
      <Select
        label={t('Dataset')}
        data={datasets.map(({ id, name }) => ({ value: id, label: `${name} · ${id}` }))}
        value={chosen}
        onChange={setChosen}
        nothingFoundMessage={t('No dataset is called so')}
        searchable
        data-autofocus
      />
      {error !== null && <ErrorState error={error} inline />}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => onEnd(false)}>
          {t('Cancel')}
        </Button>
        <Button disabled={chosen === null} loading={busy} onClick={() => chosen !== null && void link(chosen)}>
          {t('Link')}
        </Button>
      </Group>
    </>
  );
}
