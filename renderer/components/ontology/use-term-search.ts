import { useEffect, useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { OntologyTerm } from '../../../shared/contract/ontology.ts';
import { client } from '../../state/client.ts';

/** Servers are asked when the typing pauses; what is known here is searched at once. */
const ONLINE_AFTER_MS = 350;
const LEAST_LETTERS = 2;

export interface TermSearch {
  readonly terms: readonly OntologyTerm[];
  readonly searching: boolean;
  /** Why servers gave nothing; empty where they did, or were not asked. */
  readonly problem: string;
}

const nothing: TermSearch = { terms: [], searching: false, problem: '' };

/** Terms for what is being typed: those known here first, those of servers when they come. */
export function useTermSearch(text: string, wanted: boolean): TermSearch {
  const asked = wanted && text.trim().length >= LEAST_LETTERS ? text.trim() : '';
  const [found, setFound] = useState<TermSearch & { readonly text: string }>({ ...nothing, text: '' });
  useEffect(() => {
    if (asked === '') return;
    const controller = new AbortController();
    const { signal } = controller;
    const search = async (online: boolean) => {
      try {
        const { terms, problem } = await client.ontology.search({ text: asked, limit: 30, online }, { signal });
        setFound({ text: asked, terms, searching: !online, problem: problem?.message ?? '' });
      } catch (thrown) {
        if (!signal.aborted) setFound({ ...nothing, text: asked, problem: toNdiError(thrown).message });
      }
    };
    void search(false);
    const timer = setTimeout(() => void search(true), ONLINE_AFTER_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [asked]);
  if (asked === '') return nothing;
  return found.text === asked ? found : { terms: found.terms, searching: true, problem: '' };
}
