import { Button, TextInput } from '@mantine/core';
import type { ImportChoices } from '../../../../shared/model/import-plan/choices.ts';
import { ProblemList } from '../../../components/problems/problem-list.tsx';
import { t } from '../../../texts/translate.ts';
import classes from '../import.module.css';
import { EditField } from './edit-field.tsx';
import { withEdit, withOwnDevices } from './edit-choices.ts';
import type { Epoch } from './import-rows.ts';
import { RecordingDetails } from './recording-details.tsx';

interface EpochDetailsProps {
  readonly epoch: Epoch;
  readonly choices: ImportChoices;
  readonly onChange: (next: ImportChoices) => void;
  /** Keys of all recordings of the scan by their proposed device. */
  readonly alike: (key: string) => readonly string[];
}

/** What an epoch holds, why it was taken for that, how it begins, and what can be said otherwise. */
export function EpochDetails({ epoch, choices, onChange, alike }: EpochDetailsProps) {
  const [first] = epoch.recordings;
  const keys = epoch.recordings.map(({ found }) => found.key);
  const said = keys.map((key) => choices.recordings[key]?.epochId).find((id) => id !== undefined);
  return (
    <div className={classes.details}>
      <h2 translate="no">{epoch.key}</h2>
      <EditField
        value={said ?? ''}
        onCommit={(text) => {
          const cleared = withEdit(choices, keys, { epochId: undefined });
          onChange(text === '' ? cleared : withEdit(cleared, keys.slice(0, 1), { epochId: text }));
        }}
      >
        {(field) => (
          <TextInput
            {...field}
            label={t('Id of the epoch')}
            placeholder={epoch.epochId ?? t('NDI makes one')}
            maxLength={200}
            className={classes.input}
          />
        )}
      </EditField>
      {new Set(epoch.recordings.map(({ device }) => device)).size < epoch.recordings.length && (
        <div role="note" className={classes.failure}>
          <p>
            {t(
              'NDI reads one recording of a device in an epoch; it does not join files that follow each other. Split the epoch above, or, if they ran side by side:',
            )}
          </p>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() =>
              onChange(
                withOwnDevices(
                  choices,
                  epoch.recordings.map(({ found, device }) => ({ key: found.key, device })),
                ),
              )
            }
          >
            {t('Make them different devices')}
          </Button>
        </div>
      )}
      {epoch.recordings.map((one) => (
        <RecordingDetails key={one.found.key} planned={one} choices={choices} onChange={onChange} alike={alike} />
      ))}
      {first === undefined && <p className={classes.quiet}>{t('No recording of this epoch can be read.')}</p>}
      {epoch.recordings.some(({ found }) => found.problems.length > 0) && (
        <ProblemList problems={epoch.recordings.flatMap(({ found }) => found.problems)} />
      )}
    </div>
  );
}
