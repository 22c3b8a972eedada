import table from '../../../assets/ontology/terms.json' with { type: 'json' };
import { type LookupRequest, paddedId } from './lookup-text.ts';
import { ontologies, type OntologyName, ontologyOfPrefix } from '../../../shared/model/ontologies.ts';
import { ambiguous, makeTerm, type Term } from './provider.ts';

/** The terms that come with the application (`assets/ontology/README.md`). */
export const offlineTerms: readonly Term[] = Object.entries(table as Record<string, readonly unknown[]>).map(
  ([curie, [name, definition, synonyms]]) => {
    const ontology = ontologyOfPrefix(curie.split(':')[0] ?? '') as OntologyName;
    return makeTerm(ontology, curie, {
      name: name as string,
      definition: (definition as string | undefined) ?? '',
      synonyms: (synonyms as string[] | undefined) ?? [],
    });
  },
);

const byCurie = new Map(offlineTerms.map((term) => [term.curie.toLowerCase(), term]));

/**
 * The offline term that is meant, or null. Names match whatever their case, synonyms do not: NDI's rule.
 * @throws NdiError ontology.ambiguous
 */
export function findOffline(request: LookupRequest): Term | null {
  const { ontology, term } = request;
  const { prefix } = ontologies[ontology];
  for (const id of [term, paddedId(ontology, term)]) {
    const found = byCurie.get(`${prefix}:${id}`.toLowerCase());
    if (found !== undefined) return found;
  }
  const name = term.toLowerCase();
  const named = offlineTerms.filter((one) => one.ontology === ontology && one.name.toLowerCase() === name);
  if (named.length > 1)
    throw ambiguous(
      request,
      named.map((one) => one.curie),
    );
  return named[0] ?? null;
}
