import { type LookupRequest, paddedId } from '../lookup-text.ts';
import { readOwl } from '../owl.ts';
import { ambiguous, makeTerm, type Provider, type Reach, type Term, termNotFound } from '../provider.ts';
import { isMissing, malformed } from '../web.ts';

type OwlOntology = 'EMPTY' | 'EDAM' | 'IAO';

/** How the address of a class tells its number. */
const addresses: Readonly<Record<OwlOntology, RegExp>> = {
  EMPTY: /EMPTY_(\d+)$/,
  EDAM: /edamontology\.org\/[a-z]+_(\d+)$/,
  IAO: /IAO_(\d+)$/,
};

/** Files that were read in this process, by their address: megabytes that do not change while it runs. */
const read = new Map<string, readonly Term[]>();

/**
 * An ontology that is had as a whole file. Where several addresses stand for it, the later ones are asked when the
 * first cannot be had or does not hold the term: for EMPTY that is the branch under development.
 */
export function owlProvider(ontology: OwlOntology, title: string): Provider {
  return {
    title,
    async find(request, reach) {
      const key = ontology.toLowerCase() as 'empty' | 'edam' | 'iao';
      let fault: unknown = termNotFound(request);
      for (const url of reach.endpoints[key]) {
        try {
          return choose(request, await termsOf(ontology, url, reach));
        } catch (error) {
          // “Not in the released one” must not hide that it could not be read, nor the other way round.
          if (!isMissing(error)) fault = error;
        }
      }
      throw fault;
    },
  };
}

function choose(request: LookupRequest, terms: readonly Term[]): Term {
  const wanted = request.term.toLowerCase();
  const ids = [request.term, paddedId(request.ontology, request.term)].map((id) => `${request.ontology}:${id}`);
  const found = terms.filter((term) =>
    request.kind === 'id' ? ids.includes(term.curie) : term.name.toLowerCase() === wanted,
  );
  const [only, ...others] = found;
  if (only === undefined) throw termNotFound(request);
  if (others.length > 0)
    throw ambiguous(
      request,
      found.map((term) => term.curie),
    );
  return only;
}

async function termsOf(ontology: OwlOntology, url: string, reach: Reach): Promise<readonly Term[]> {
  const terms = read.get(url) ?? (await readTerms(ontology, url, reach));
  read.set(url, terms);
  return terms;
}

async function readTerms(ontology: OwlOntology, url: string, { web }: Reach): Promise<Term[]> {
  const terms = readOwl(await web.text(url)).flatMap(({ iri, label, definition, synonyms }) => {
    const id = addresses[ontology].exec(iri)?.[1];
    return id === undefined ? [] : [makeTerm(ontology, id, { name: label, definition, synonyms })];
  });
  if (terms.length === 0) throw malformed(url, 'in which there are no terms');
  return terms;
}
