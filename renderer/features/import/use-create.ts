import { useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { CallInputs } from '../../../shared/contract/contract.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { client } from '../../state/client.ts';
import { takeCreationBack } from '../../state/creations.ts';
import { keepItem, openPath } from '../../state/items.ts';
import { useJobs } from '../../state/jobs.ts';
import { showMessage } from '../../state/messages.ts';
import { linkSession } from '../../state/link-session.ts';
import { closePanel, usePanel, type PanelParams } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';

type Request = CallInputs['imports']['create'];

/**
 * Makes a session and shows it in place of the import; a failure stays with the form that caused it.
 * @param into a dataset to which it is linked
 */
export function useCreate(into?: PanelParams['import']['into']) {
  const panel = usePanel();
  const [creating, setCreating] = useState(false);
  const [jobId, setJobId] = useState('');
  const job = useJobs(({ jobs }) => jobs.find(({ id }) => id === jobId));
  const [error, setError] = useState<NdiError | null>(null);
  const create = async (request: Request): Promise<boolean> => {
    const id = crypto.randomUUID();
    setJobId(id);
    setCreating(true);
    setError(null);
    try {
      const made = await client.imports.create({ ...request, jobId: id });
      keepItem(made);
      await openPath(made.path);
      const name = made.reference;
      showMessage({
        tone: 'success',
        title:
          made.kind === 'session'
            ? t('Created the session {{name}}', { name })
            : t('Created the dataset {{name}} of {{n}} sessions', { name, n: made.sessions.length }),
        actions: [{ label: t('Undo'), run: () => void takeCreationBack(made.path, request.from) }],
      });
      if (panel !== null) closePanel(panel.id);
      if (into !== undefined && made.kind === 'session') await linkSession(into.path, made.path);
      return true;
    } catch (thrown) {
      const failure = toNdiError(thrown);
      if (failure.code !== 'app.cancelled') setError(failure);
      return false;
    } finally {
      setCreating(false);
    }
  };
  return { creating, job: creating ? job : undefined, error, create };
}
