import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { DoiState, PublishState } from '../../../shared/contract/cloud-publish.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { CopyableText } from '../../components/elided-text.tsx';
import { confirm } from '../../components/confirm.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { saveFile } from '../../components/save-file.ts';
import { client } from '../../state/client.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import classes from './publish.module.css';

interface DoiSectionProps {
  readonly path: string;
  readonly state: PublishState;
  /** The record has changed. */
  readonly onChanged: () => void;
}

type Act = 'xml' | 'test' | 'production' | 'check';

/** The DOI of a dataset: what keeps one from being registered, its deposit with Crossref, and what became of it. */
export function DoiSection({ path, state, onChanged }: DoiSectionProps) {
  const answer = useAnswer(
    `cloudPublish.doi ${path} ${state.state} ${state.doi} ${state.checks.map((check) => check.state).join()}`,
    (signal) => client.cloudPublish.doi({ path }, { signal }),
    { keepLast: true },
  );
  const [email, setEmail] = useState('');
  const [busy, setBusy] = useState<Act | null>(null);
  const [error, setError] = useState<NdiError | null>(null);
  const run = async (act: Act) => {
    setBusy(act);
    setError(null);
    try {
      if (act === 'xml') {
        const { xml } = await client.cloudPublish.doiXml({ path, email });
        saveFile(new Blob([xml], { type: 'application/xml' }), 'crossref-deposit.xml');
      } else if (act === 'check') await client.cloudPublish.checkDeposit({ path });
      else await client.cloudPublish.deposit({ path, email, system: act });
    } catch (thrown) {
      setError(toNdiError(thrown));
    } finally {
      setBusy(null);
      answer.reload();
      onChanged();
    }
  };
  const register = async () => {
    const agreed = await confirm({
      title: t('Register a DOI for good?'),
      text: t('A DOI cannot be taken back: it leads to this dataset for ever, and a fee is due for it.'),
      agree: t('Register'),
      grave: true,
    });
    if (agreed) await run('production');
  };
  return (
    <section className={classes.section} aria-label={t('DOI')}>
      <h2>{t('DOI')}</h2>
      {answer.status === 'loading' && <LoadingState lines={2} />}
      {answer.status === 'failed' && <ErrorState error={answer.error} onRetry={answer.reload} inline />}
      {answer.status === 'ready' && (
        <>
          <Registration doi={answer.value} />
          {error !== null && <ErrorState error={error} inline />}
          {answer.value.doi === '' && (
            <DoiForm
              doi={answer.value}
              email={email}
              busy={busy}
              onEmail={setEmail}
              onRun={(act) => void (act === 'production' ? register() : run(act))}
            />
          )}
        </>
      )}
    </section>
  );
}

function Registration({ doi: { doi, obstacles, registration } }: { readonly doi: DoiState }) {
  if (doi !== '') {
    return (
      <p>
        <CopyableText text={`https://doi.org/${doi}`} what={t('DOI')} />
      </p>
    );
  }
  return (
    <>
      {obstacles.length > 0 && (
        <ul className={classes.obstacles} aria-label={t('What keeps a DOI from being registered')}>
          {obstacles.map((obstacle) => (
            <li key={obstacle} translate="no">
              {obstacle}
            </li>
          ))}
        </ul>
      )}
      {registration !== null && (
        <p role="status">
          {registrationText(registration)}
          {registration.message !== '' && (
            <span translate="no"> {t('Crossref says: {{message}}', { message: registration.message })}</span>
          )}
        </p>
      )}
    </>
  );
}

function registrationText({ doi, state, system }: NonNullable<DoiState['registration']>): string {
  switch (state) {
    case 'prepared':
      return t('{{doi}} is chosen for it.', { doi });
    case 'deposited':
      return system === 'test'
        ? t('{{doi}} waits at Crossref’s test system.', { doi })
        : t('{{doi}} waits at Crossref.', { doi });
    case 'tested':
      return t('Crossref’s test system took {{doi}}; it can be registered.', { doi });
    case 'registered':
      return t('{{doi}} is registered, but does not stand in the dataset’s record yet.', { doi });
    case 'written':
      return t('{{doi}} was written into the record.', { doi });
    case 'failed':
      return t('Crossref did not take {{doi}}.', { doi });
  }
}

interface DoiFormProps {
  readonly doi: DoiState;
  readonly email: string;
  readonly busy: Act | null;
  readonly onEmail: (email: string) => void;
  readonly onRun: (act: Act) => void;
}

function DoiForm({ doi: { obstacles, registration }, email, busy, onEmail, onRun }: DoiFormProps) {
  const isReady = obstacles.length === 0 && /^\S+@\S+\.\S+$/.test(email);
  const waits = registration?.state === 'deposited' || registration?.state === 'registered';
  return (
    <>
      <TextInput
        label={t('E-mail address of the depositor')}
        description={t('Crossref writes to it what became of the deposit.')}
        type="email"
        value={email}
        onChange={(event) => onEmail(event.currentTarget.value)}
        maw={360}
        mb="xs"
      />
      <Group gap="xs">
        {waits && (
          <Button loading={busy === 'check'} onClick={() => onRun('check')}>
            {t('Ask what became of it')}
          </Button>
        )}
        <Button variant="default" disabled={!isReady} loading={busy === 'xml'} onClick={() => onRun('xml')}>
          {t('Save the deposit')}
        </Button>
        <Button variant="default" disabled={!isReady} loading={busy === 'test'} onClick={() => onRun('test')}>
          {t('Try it at the test system')}
        </Button>
        <Button
          variant="default"
          disabled={!isReady || registration?.state === 'registered'}
          loading={busy === 'production'}
          onClick={() => onRun('production')}
        >
          {t('Register the DOI…')}
        </Button>
      </Group>
    </>
  );
}
