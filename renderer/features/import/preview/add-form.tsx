import { Button, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { ScanResult } from '../../../../shared/contract/imports.ts';
import type { ImportChoices } from '../../../../shared/model/import-plan/choices.ts';
import type { PanelParams } from '../../../state/panels.ts';
import { isWithin } from '../../../state/paths.ts';
import { plural, t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import { type TableUses, wantedTables } from '../tables/table-use.ts';
import { useAdd } from '../use-add.ts';
import classes from './create-form.module.css';
import { CreateFailure, CreateProgress } from './create-form.tsx';
import type { Plan } from './import-rows.ts';
import { Space } from './recordings-choice.tsx';
import { isSubjectIdentifier } from './subject.ts';

interface AddFormProps {
  readonly scan: ScanResult;
  readonly plan: Plan;
  readonly choices: ImportChoices;
  /** Tables that are kept as stimuli. */
  readonly tables: TableUses;
  readonly into: NonNullable<PanelParams['import']['into']>;
  readonly only: PanelParams['import']['only'];
}

/** The one button that adds what was found to a session, and what becomes of the files. */
export function AddForm({ scan, plan, choices, tables, into, only }: AddFormProps) {
  const [subject, setSubject] = useState('');
  const { adding, job, error, add } = useAdd();
  const epochs = plan.sessions.reduce((sum, session) => sum + session.epochs.length, 0);
  const taken = plan.sessions.flatMap((session) =>
    session.epochs.flatMap((epoch) => epoch.recordings.map(({ found }) => found)),
  );
  const blocked = plan.problems.some(({ grade }) => grade === 'blocks');
  const badSubject = subject.trim() !== '' && !isSubjectIdentifier(subject.trim());
  const isMany = choices.sessions === 'each';
  const ready = epochs > 0 && !badSubject && !blocked && !isMany && !adding;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!ready) return;
    const { exclude, ...rest } = choices;
    void add({
      ...{ path: into.path, from: scan.folder, exclude, choices: rest },
      tables: wantedTables(tables, new Set(taken.map(({ key }) => key))),
      ...(subject.trim() === '' ? {} : { subject: subject.trim() }),
      ...(only === undefined ? {} : { only: [...only] }),
    });
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label={t('Add to {{name}}', { name: into.name })}>
      <TextInput
        className={shared.input}
        label={t('Subject (optional)')}
        placeholder={t('mouse12@lab.org')}
        value={subject}
        error={badSubject ? t('Write name@lab, without blanks.') : undefined}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!ready && !adding} loading={adding} className={shared.submit}>
        {epochs === 0
          ? t('No epoch is taken in')
          : plural(epochs, 'Add {{count}} epoch to {{name}}', 'Add {{count}} epochs to {{name}}', { name: into.name })}
      </Button>
      <div className={shared.way}>
        {isWithin(scan.folder, into.path) ? (
          <span className={shared.quiet}>{t('They lie in the folder of the session and stay where they are.')}</span>
        ) : (
          <>
            <span className={shared.quiet}>
              {t('They are copied into the folder of the session, where NDI finds them.')}
            </span>
            <Space folder={into.path} recordings={taken} way="copy" />
          </>
        )}
        {isMany && (
          <span className={shared.tight}>
            {t('They are added to one session: choose “One session” for the paths.')}
          </span>
        )}
      </div>
      {job !== undefined && <CreateProgress job={job} />}
      {error !== null && <CreateFailure error={error} folder={scan.folder} />}
    </form>
  );
}
