import { Button, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import type { ScanResult } from '../../../../shared/contract/imports.ts';
import type { NdiError } from '../../../../shared/model/errors.ts';
import { client } from '../../../state/client.ts';
import { keepItem, openPath } from '../../../state/items.ts';
import { showMessage } from '../../../state/messages.ts';
import { closePanel, usePanel } from '../../../state/panels.ts';
import { basename } from '../../../state/paths.ts';
import { plural, t } from '../../../texts/translate.ts';
import classes from '../import.module.css';
import { isSubjectIdentifier } from './subject.ts';

interface CreateFormProps {
  readonly scan: ScanResult;
  readonly excluded: ReadonlySet<string>;
}

/** Name and subject of the session, and the one button that writes it. A failure stays here, beside what caused it. */
export function CreateForm({ scan, excluded }: CreateFormProps) {
  const [reference, setReference] = useState(basename(scan.folder));
  const [subject, setSubject] = useState('');
  const { creating, error, create } = useCreate(scan);
  const epochs = scan.epochs.length - excluded.size;
  const badSubject = subject.trim() !== '' && !isSubjectIdentifier(subject.trim());
  const ready = epochs > 0 && reference.trim() !== '' && !badSubject && !creating;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!ready) return;
    void create(reference.trim(), subject.trim(), [...excluded]);
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label={t('New session')}>
      <TextInput
        className={classes.input}
        label={t('Name of the session')}
        value={reference}
        maxLength={250}
        required
        error={reference.trim() === '' ? t('The session needs a name.') : undefined}
        onChange={(event) => {
          setReference(event.currentTarget.value);
        }}
      />
      <TextInput
        className={classes.input}
        label={t('Subject (optional)')}
        placeholder={t('mouse12@lab.org')}
        value={subject}
        error={badSubject ? t('Write name@lab, without blanks.') : undefined}
        onChange={(event) => {
          setSubject(event.currentTarget.value);
        }}
      />
      <Button type="submit" disabled={!ready && !creating} loading={creating} className={classes.submit}>
        {epochs === 0
          ? t('No epoch is taken in')
          : plural(epochs, 'Create session ({{count}} epoch)', 'Create session ({{count}} epochs)')}
      </Button>
      {error !== null && <CreateFailure error={error} folder={scan.folder} />}
    </form>
  );
}

function CreateFailure({ error, folder }: { readonly error: NdiError; readonly folder: string }) {
  return (
    <div role="alert" className={classes.failure}>
      <p translate="no">
        <strong>{error.message}</strong> {error.recovery}
      </p>
      {error.code === 'session.exists' && (
        <Button variant="default" onClick={() => void openPath(folder)}>
          {t('Open it')}
        </Button>
      )}
    </div>
  );
}

function useCreate(scan: ScanResult) {
  const panel = usePanel();
  const [creating, setCreating] = useState(false);
  const [error, setError] = useState<NdiError | null>(null);
  const create = async (reference: string, subject: string, exclude: string[]) => {
    setCreating(true);
    setError(null);
    try {
      const { folder } = scan;
      const made = await client.imports.create({
        sessionDir: folder,
        from: folder,
        reference,
        exclude,
        ...(subject === '' ? {} : { subject }),
      });
      keepItem(made);
      await openPath(made.path);
      showMessage({ tone: 'success', title: t('Created the session {{name}}', { name: made.reference }) });
      if (panel !== null) closePanel(panel.id);
    } catch (thrown) {
      setError(toNdiError(thrown));
    } finally {
      setCreating(false);
    }
  };
  return { creating, error, create };
}
