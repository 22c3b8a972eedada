import type { OntologyTerm } from '../../../shared/contract/ontology.ts';
import { client } from '../../state/client.ts';
import { useAnswer, type Answer } from '../../state/use-answer.ts';

/** Terms that were looked up on this page; a chip that comes again has its name at once. */
const known = new Map<string, OntologyTerm>();
const MOST_KNOWN = 2000;

/** What a term means; asked for only when it is `wanted`. */
export function useTerm(term: string, wanted: boolean): Answer<OntologyTerm> {
  const asked = wanted ? term : '';
  const answer = useAnswer(asked, async (signal) => {
    const found = known.get(asked);
    if (found !== undefined || asked === '') return found ?? none;
    const term = await client.ontology.lookup({ term: asked }, { signal });
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(asked, term);
    return term;
  });
  const atHand = known.get(term);
  if (atHand !== undefined) return { status: 'ready', value: atHand, stale: false, reload: answer.reload };
  return asked === '' ? { status: 'loading', reload: answer.reload } : answer;
}

const none: OntologyTerm = {
  id: '',
  curie: '',
  name: '',
  ontology: '',
  definition: '',
  synonyms: [],
  source: 'offline table',
  provider: '',
  retrievedAt: null,
};
