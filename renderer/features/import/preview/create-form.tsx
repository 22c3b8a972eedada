import { Button, Checkbox, Progress, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { Job } from '../../../../shared/contract/application.ts';
import type { ScanResult } from '../../../../shared/contract/imports.ts';
import type { NdiError } from '../../../../shared/model/errors.ts';
import { learnRecipe, type ImportRecipe } from '../../../../shared/model/import-plan/recipe.ts';
import type { ImportChoices } from '../../../../shared/model/import-plan/choices.ts';
import { client } from '../../../state/client.ts';
import { openPath } from '../../../state/items.ts';
import { cancelJob } from '../../../state/jobs.ts';
import { showError } from '../../../state/messages.ts';
import type { PanelParams } from '../../../state/panels.ts';
import { basename } from '../../../state/paths.ts';
import { plural, t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import classes from './create-form.module.css';
import { useCreate } from '../use-create.ts';
import { type TableUses, wantedTables } from '../tables/table-use.ts';
import type { Plan } from './import-rows.ts';
import { RecordingsChoice, type Way } from './recordings-choice.tsx';
import { isSubjectIdentifier } from './subject.ts';

interface CreateFormProps {
  readonly scan: ScanResult;
  readonly plan: Plan;
  readonly choices: ImportChoices;
  /** The recipe that the import began with. */
  readonly recipe: ImportRecipe | null;
  /** Tables that are kept as stimuli. */
  readonly tables: TableUses;
  readonly way: Way;
  readonly onWay: (way: Way) => void;
  /** A dataset to which the new session is linked. */
  readonly into: PanelParams['import']['into'];
}

/** Name and subject of the session, what happens to the recordings, and the one button that writes it. */
export function CreateForm({ scan, plan, choices, recipe, tables, way, onWay, into }: CreateFormProps) {
  const [reference, setReference] = useState(basename(scan.folder));
  const [subject, setSubject] = useState('');
  const [target, setTarget] = useState('');
  const [remembers, setRemembers] = useState(true);
  const { creating, job, error, create } = useCreate(into);
  const epochs = plan.sessions.reduce((sum, session) => sum + session.epochs.length, 0);
  const taken = plan.sessions.flatMap((session) =>
    session.epochs.flatMap((epoch) => epoch.recordings.map(({ found }) => found)),
  );
  const blocked = plan.problems.some(({ grade }) => grade === 'blocks');
  const badSubject = subject.trim() !== '' && !isSubjectIdentifier(subject.trim());
  const lacksTarget = way === 'copy' && target === '';
  const ready = epochs > 0 && reference.trim() !== '' && !badSubject && !blocked && !lacksTarget && !creating;
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!ready) return;
    const { exclude, ...rest } = choices;
    const made = await create({
      sessionDir: way === 'copy' ? target : scan.folder,
      from: scan.folder,
      reference: reference.trim(),
      recordings: way,
      exclude,
      choices: rest,
      tables: wantedTables(tables, new Set(taken.map(({ key }) => key))),
      ...(subject.trim() === '' ? {} : { subject: subject.trim() }),
    });
    if (made && remembers) await remember(scan, choices, recipe, way);
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} aria-label={t('New session')}>
      <TextInput
        className={shared.input}
        label={plan.sessions.length > 1 ? t('Name of the dataset') : t('Name of the session')}
        value={reference}
        maxLength={250}
        required
        error={reference.trim() === '' ? t('The session needs a name.') : undefined}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      <TextInput
        className={shared.input}
        label={t('Subject (optional)')}
        placeholder={t('mouse12@lab.org')}
        value={subject}
        error={badSubject ? t('Write name@lab, without blanks.') : undefined}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!ready && !creating} loading={creating} className={shared.submit}>
        {buttonWords(epochs, plan.sessions.length)}
      </Button>
      <Checkbox
        className={classes.remember}
        label={t('Remember for this rig')}
        checked={remembers}
        onChange={(event) => setRemembers(event.currentTarget.checked)}
      />
      <RecordingsChoice
        recordings={taken}
        folder={scan.folder}
        way={way}
        onWay={onWay}
        target={target}
        onTarget={setTarget}
      />
      {lacksTarget && <p className={shared.quiet}>{t('Choose a new or empty folder for the copy.')}</p>}
      {into !== undefined && (
        <p className={shared.quiet}>
          {plan.sessions.length > 1
            ? t('They are a dataset of their own, which is not linked to the dataset {{name}}.', { name: into.name })
            : t('It is then linked to the dataset {{name}}.', { name: into.name })}
        </p>
      )}
      {job !== undefined && <CreateProgress job={job} />}
      {error !== null && <CreateFailure error={error} folder={scan.folder} />}
    </form>
  );
}

function buttonWords(epochs: number, sessions: number): string {
  if (epochs === 0) return t('No epoch is taken in');
  if (sessions < 2) return plural(epochs, 'Create session ({{count}} epoch)', 'Create session ({{count}} epochs)');
  return t('Create {{sessions}} sessions ({{epochs}})', {
    sessions,
    epochs: plural(epochs, '{{count}} epoch', '{{count}} epochs'),
  });
}

/** Keeps what was chosen for the rig's next drop; under the name that the rig has already. */
async function remember(
  { recordings }: ScanResult,
  choices: ImportChoices,
  recipe: ImportRecipe | null,
  way: Way,
): Promise<void> {
  try {
    const known = recipe === null ? null : (await client.imports.recipes()).find(({ id }) => id === recipe.id);
    const learnt = learnRecipe(recordings, choices, {
      id: recipe?.id ?? crypto.randomUUID(),
      usedAt: new Date().toISOString(),
      recordings: way,
      name: known?.name,
    });
    await client.imports.keepRecipe(learnt);
  } catch (thrown) {
    showError(thrown);
  }
}

/** How far the copy or the ingestion is, and the way to stop it: then nothing is left of it. */
export function CreateProgress({ job }: { readonly job: Job }) {
  return (
    <div className={shared.way} aria-busy="true">
      <Progress
        value={(job.fraction ?? 1) * 100}
        animated={job.fraction === null}
        aria-label={t('Progress of the creation')}
        className={classes.creation}
      />
      <span className={shared.quiet} role="status" translate="no">
        {job.detail}
      </span>
      <Button variant="default" size="compact-sm" onClick={() => void cancelJob(job.id)}>
        {t('Cancel')}
      </Button>
    </div>
  );
}

export function CreateFailure({ error, folder }: { readonly error: NdiError; readonly folder: string }) {
  return (
    <div role="alert" className={shared.failure}>
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
