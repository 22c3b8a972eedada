import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import { namingColumns } from '../../../shared/model/naming-fields.ts';
import { client } from '../../state/client.ts';
import { rowName } from '../../state/document-names.ts';
import { useOpened } from '../../state/opened.ts';
import { openPanel, panelPath, usePanels } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';
import type { PaletteHit } from './palette-hits.ts';

const MOST_HITS = 30;
const TYPING_PAUSE_MS = 150;

interface DocumentHits {
  readonly hits: readonly PaletteHit[];
  /** What to say when there are none. */
  readonly nothing: string;
}

interface Answer extends DocumentHits {
  /** What they answer: the text, and where it was looked for. */
  readonly text: string | null;
  readonly path: string | undefined;
}

/** Documents of the item in front (else of the one opened last) that hold the text, or an earlier one (`isLate`); null asks for none. */
export function useDocumentHits(text: string | null): DocumentHits & { readonly isLate: boolean } {
  const path = useItemInFront();
  const [settled] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const [answer, setAnswer] = useState<Answer>({ hits: [], nothing: '', text: null, path: undefined });
  useEffect(() => {
    if (settled === null || path === undefined) return;
    const controller = new AbortController();
    find(path, settled, controller.signal)
      .then((found) => setAnswer({ ...found, text: settled, path }))
      .catch((thrown: unknown) => {
        if (!controller.signal.aborted)
          setAnswer({ hits: [], nothing: toNdiError(thrown).message, text: settled, path });
      });
    return () => {
      controller.abort();
    };
  }, [settled, path]);
  if (path === undefined) return { hits: [], nothing: t('Open a session to find its documents'), isLate: false };
  return { ...answer, isLate: answer.text !== text || answer.path !== path };
}

async function find(path: string, text: string, signal: AbortSignal): Promise<DocumentHits> {
  const { documents } = await client.documents.list(
    { path, limit: MOST_HITS, columns: [...namingColumns], ...(text === '' ? {} : { text }) },
    { signal },
  );
  const hits = documents.map((document) => {
    const name = rowName(document);
    return {
      id: `document:${document.id}`,
      title: name === '' ? document.class : name,
      detail: name === '' ? document.id : `${document.class} · ${document.id}`,
      shortcut: '',
      data: true,
      run: () => openPanel('documents', { path, documentId: document.id }),
    };
  });
  return { hits, nothing: t('No document holds this text') };
}

function useItemInFront(): string | undefined {
  const active = usePanels(({ panels, activeId }) => panels.find((panel) => panel.id === activeId));
  const opened = useOpened((state) => state.paths.at(-1));
  return (active === undefined ? undefined : panelPath(active)) ?? opened;
}
