import { choosePath } from '../components/path-dialog/choose-path.ts';
import { client } from '../state/client.ts';
import { useCommand } from '../state/commands.ts';
import { showError, showMessage } from '../state/messages.ts';
import { panelPath, usePanels } from '../state/panels.ts';
import { useAnswer } from '../state/use-answer.ts';
import { t } from '../texts/translate.ts';
import { addTo } from './drop/add-dropped.ts';

/** The commands that add recordings and tables to the session or dataset in the focused panel. */
export function useAddCommands(): void {
  const active = usePanels(({ panels, activeId }) => panels.find((panel) => panel.id === activeId));
  const path = active === undefined ? undefined : panelPath(active);
  const { sessionId } = (active?.params ?? {}) as { sessionId?: string };
  const { value: home } = useAnswer(`addition ${path ?? ''}`, (signal) =>
    path === undefined ? Promise.resolve(null) : client.imports.additionHome({ path }, { signal }),
  );
  const reason = reasonAgainst(home?.reason, path, sessionId);
  const options = { enabled: reason === undefined, ...(reason === undefined ? {} : { reason }) };
  useCommand('session.addFolder', () => path !== undefined && void addChosen(path, 'folder'), options);
  useCommand('session.addFile', () => path !== undefined && void addChosen(path, 'file'), options);
}

function reasonAgainst(said: string | null | undefined, path: string | undefined, sessionId: string | undefined) {
  if (path === undefined) return t('The focused panel shows no session or dataset');
  if (sessionId !== undefined) return t('The session lies in the database of its dataset, not in a folder of its own');
  return said ?? undefined;
}

/** Asks for a folder or file and adds it to the session or dataset at a path, as if it had been dropped there. */
export async function addChosen(path: string, kind: 'folder' | 'file'): Promise<void> {
  try {
    const home = await client.imports.additionHome({ path });
    if (home.kind === null || home.reason !== null) {
      showMessage({ tone: 'problem', title: t('Nothing can be added here'), text: home.reason ?? '' });
      return;
    }
    const { name } = home;
    const chosen = await choosePath({
      kind,
      title:
        kind === 'folder'
          ? t('Choose a folder of recordings for {{name}}', { name })
          : t('Choose a recording, or a table of trials, for {{name}}', { name }),
      confirm: t('Look at it'),
    });
    if (chosen !== null) await addTo({ path, kind: home.kind, name }, [chosen]);
  } catch (thrown) {
    showError(thrown);
  }
}
