import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { client } from '../../state/client.ts';
import { keepItem, openPath } from '../../state/items.ts';
import { showMessage } from '../../state/messages.ts';
import { closePanel, usePanel } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import classes from './import.module.css';

/** A session by the set-up of a laboratory, which knows its own files: instead of what the scan proposes. */
export function LabForm({ folder }: { readonly folder: string }) {
  const panel = usePanel();
  const { value: labs = [] } = useAnswer('labs', (signal) => client.imports.labs(undefined, { signal }));
  const [lab, setLab] = useState<string | null>(null);
  const [error, setError] = useState<NdiError | null>(null);
  const [creating, setCreating] = useState(false);
  const create = async () => {
    if (lab === null) return;
    setCreating(true);
    setError(null);
    try {
      const made = await client.imports.create({ sessionDir: folder, reference: basename(folder), lab });
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
          className={classes.input}
        />
        <Button variant="default" disabled={lab === null} loading={creating} onClick={() => void create()}>
          {t('Create session by this set-up')}
        </Button>
      </div>
      {chosen !== undefined && (
        <p className={classes.quiet}>{t('Its DAQ systems: {{systems}}.', { systems: chosen.systems.join(', ') })}</p>
      )}
      {error !== null && (
        <p role="alert" translate="no">
          <strong>{error.message}</strong> {error.recovery}
        </p>
      )}
    </details>
  );
}
