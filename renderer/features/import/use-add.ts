import { useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { CallInputs } from '../../../shared/contract/contract.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { client } from '../../state/client.ts';
import { turnBack, undoAction } from '../../state/edits.ts';
import { openPath, reloadItem } from '../../state/items.ts';
import { useJobs } from '../../state/jobs.ts';
import { showError, showMessage } from '../../state/messages.ts';
import { closePanel, usePanel } from '../../state/panels.ts';
import { plural, t } from '../../texts/translate.ts';

/** Adds recordings to a session and shows it in place of the import; a failure stays with the form that caused it. */
export function useAdd() {
  const panel = usePanel();
  const [adding, setAdding] = useState(false);
  const [jobId, setJobId] = useState('');
  const job = useJobs(({ jobs }) => jobs.find(({ id }) => id === jobId));
  const [error, setError] = useState<NdiError | null>(null);
  const add = async (request: CallInputs['imports']['add']): Promise<void> => {
    const id = crypto.randomUUID();
    setJobId(id);
    setAdding(true);
    setError(null);
    try {
      const { path, placed, epochs, steps } = await client.imports.add({ ...request, jobId: id });
      await openPath(path);
      // Ids of epochs that stayed where they were are no harm without the devices.
      const canUndo = placed !== null || steps > 0;
      showMessage({
        tone: 'success',
        title: plural(epochs.length, '{{count}} epoch was added', '{{count}} epochs were added'),
        actions: canUndo ? [undoAction(path, (newest) => void takeBack(path, placed, steps, newest))] : [],
      });
      if (panel !== null) closePanel(panel.id);
    } catch (thrown) {
      const failure = toNdiError(thrown);
      if (failure.code !== 'app.cancelled') setError(failure);
    } finally {
      setAdding(false);
    }
  };
  return { adding, job: adding ? job : undefined, error, add };
}

/** @param newest of its steps: where others have come after it, nothing is taken back */
async function takeBack(path: string, placed: string | null, steps: number, newest: string | undefined): Promise<void> {
  for (let at = 1; at <= steps; at++) {
    const quiet = placed !== null || at < steps;
    if (!(await turnBack(path, 'undo', at === 1 ? { quiet, step: newest } : { quiet }))) return;
  }
  if (placed === null) return;
  try {
    await client.imports.undoCreate({ path: placed });
    showMessage({ title: t('What was added was taken back; the originals are as they were') });
  } catch (thrown) {
    showError(thrown);
  }
  reloadItem(path);
}
