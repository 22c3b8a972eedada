import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../state/client.ts';
import type { PanelParams } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import shared from './import.module.css';
import classes from './lab-form.module.css';
import { useCreate } from './use-create.ts';

interface LabFormProps {
  readonly folder: string;
  /** A dataset to which the session is linked. */
  readonly into: PanelParams['import']['into'];
}

/** A session by the set-up of a laboratory, which knows its own files: instead of what the scan proposes. */
export function LabForm({ folder, into }: LabFormProps) {
  const { value: labs = [] } = useAnswer('labs', (signal) => client.imports.labs(undefined, { signal }));
  const [lab, setLab] = useState<string | null>(null);
  const { creating, error, create } = useCreate(into);
  const chosen = labs.find(({ name }) => name === lab);
  return (
    <details className={classes.labs}>
      <summary>{t('Or use the set-up of a laboratory')}</summary>
      <div className={classes.labRow}>
        <Select
          label={t('Laboratory')}
          data={labs.map(({ name }) => name)}
          value={lab}
          onChange={setLab}
          searchable
          className={shared.input}
        />
        <Button
          variant="default"
          disabled={lab === null}
          loading={creating}
          onClick={() => {
            if (lab !== null) void create({ sessionDir: folder, reference: basename(folder), lab });
          }}
        >
          {t('Create session by this set-up')}
        </Button>
      </div>
      {chosen !== undefined && (
        <p className={shared.quiet}>{t('Its DAQ systems: {{systems}}.', { systems: chosen.systems.join(', ') })}</p>
      )}
      {error !== null && (
        <p role="alert" translate="no">
          <strong>{error.message}</strong> {error.recovery}
        </p>
      )}
    </details>
  );
}
