import { useEffect } from 'react';
import { formatQuery } from '../../../../shared/model/query-format.ts';
import type { Query } from '../../../../shared/model/query.ts';
import { useViewState } from '../../../state/cache/use-view-state.ts';

interface SavedQuery {
  readonly name: string;
  readonly text: string;
}

const REMEMBERED = 12;

/** Queries that were given a name, and the last ones that were used, in their readable form. */
export function useKeptQueries(query: Query) {
  const [saved, setSaved] = useViewState<SavedQuery[]>('documents:saved-queries', 1, [], acceptSaved, { follow: true });
  const [history, setHistory] = useViewState<string[]>('documents:query-history', 1, [], acceptTexts);
  const text = formatQuery(query);
  useEffect(() => {
    if (text === '' || history[0] === text) return;
    setHistory([text, ...history.filter((one) => one !== text)].slice(0, REMEMBERED));
  }, [text, history, setHistory]);
  return {
    saved,
    history,
    save: (name: string, next: Query) => {
      const others = saved.filter((one) => one.name !== name);
      setSaved([...others, { name, text: formatQuery(next) }].sort((a, b) => a.name.localeCompare(b.name)));
    },
    forget: (name: string) => {
      setSaved(saved.filter((one) => one.name !== name));
    },
  };
}

function acceptTexts(kept: unknown): string[] | undefined {
  return Array.isArray(kept) && kept.every((one) => typeof one === 'string') ? kept : undefined;
}

function acceptSaved(kept: unknown): SavedQuery[] | undefined {
  const isSaved = (one: unknown): one is SavedQuery =>
    one !== null && typeof one === 'object' && 'name' in one && 'text' in one && typeof one.text === 'string';
  return Array.isArray(kept) && kept.every(isSaved) ? kept : undefined;
}
