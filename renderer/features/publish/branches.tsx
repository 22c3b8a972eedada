import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { CopyableText } from '../../components/elided-text.tsx';
import { client } from '../../state/client.ts';
import { showError } from '../../state/messages.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import classes from './publish.module.css';

/** Branches of a dataset in the cloud: copies on which others can go on while this one stays as it is. */
export function Branches({ path }: { readonly path: string }) {
  const answer = useAnswer(`cloudPublish.branches ${path}`, (signal) =>
    client.cloudPublish.branches({ path }, { signal }),
  );
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    try {
      await client.cloudPublish.branch({ path, name });
      setName('');
      answer.reload();
    } catch (thrown) {
      showError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={classes.section} aria-label={t('Branches')}>
      <h2>{t('Branches')}</h2>
      {answer.status === 'loading' && <LoadingState lines={1} />}
      {answer.status === 'failed' && <ErrorState error={answer.error} onRetry={answer.reload} inline />}
      {answer.status === 'ready' && answer.value.length === 0 && <p className={classes.quiet}>{t('None yet.')}</p>}
      {answer.status === 'ready' && answer.value.length > 0 && (
        <ul className={classes.branches}>
          {answer.value.map((branch) => (
            <li key={branch.id}>
              <span translate="no">{branch.name}</span> <CopyableText text={branch.id} what={t('ID')} />
            </li>
          ))}
        </ul>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Group gap="xs" align="end">
          <TextInput
            label={t('Name of a new branch')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            w={260}
          />
          <Button type="submit" variant="default" loading={busy} disabled={name.trim() === ''}>
            {t('Make a branch')}
          </Button>
        </Group>
      </form>
    </section>
  );
}
