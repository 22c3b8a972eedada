import { listAt, objectAt, textAt } from '../answers.ts';
import { type LookupRequest, paddedId } from '../lookup-text.ts';
import { ontologies, type OntologyName, ontologyOfPrefix } from '../../../../shared/model/ontologies.ts';
import { ambiguous, makeTerm, type Provider, type Reach, type Term, termNotFound } from '../provider.ts';
import { isMissing, malformed } from '../web.ts';

/** Ontologies of the EBI Ontology Lookup Service: searched by id or label, then read by the IRI of the one found. */
export const olsProvider: Provider = {
  title: 'EBI Ontology Lookup Service',
  async find(request, reach) {
    const iri = await findIri(request, reach);
    return await readTerm(request, iri, reach);
  },
};

async function findIri(request: LookupRequest, reach: Reach): Promise<string> {
  if (request.kind === 'name') return await findByLabel(request, reach);
  const { ontology, term } = request;
  // NDI asks for the digits as they are given; ontologies that fill ids up with zeros would know nothing of short ones.
  for (const id of new Set([term, paddedId(ontology, term)])) {
    const query = `${ontologies[ontology].prefix}:${id}`;
    const found = await searchOls(reach, ontology, { q: query, queryFields: 'obo_id', exact: 'true' });
    if (found.length > 1) throw ambiguous(request, iris(found));
    const [only] = iris(found);
    if (only !== undefined) return only;
  }
  throw termNotFound(request);
}

async function findByLabel(request: LookupRequest, reach: Reach): Promise<string> {
  const label = request.ontology === 'OM' ? omLabel(request.term) : request.term;
  const found = await searchOls(reach, request.ontology, { q: label, queryFields: 'label' });
  const same = found.filter((entry) => textAt(entry, 'label').toLowerCase() === label.toLowerCase());
  const [only, ...others] = iris(same);
  if (only === undefined) throw termNotFound(request);
  if (others.length > 0) throw ambiguous(request, [only, ...others]);
  return only;
}

/** `MolarVolumeUnit` -> `molar volume unit`: OM's identifiers are its labels in camel case. */
function omLabel(component: string): string {
  return component.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** One IRI once, in the order found: an ontology may be listed twice. */
function iris(entries: readonly unknown[]): string[] {
  return [...new Set(entries.map((entry) => textAt(entry, 'iri')).filter((iri) => iri !== ''))];
}

async function searchOls(
  { web, endpoints }: Reach,
  ontology: OntologyName,
  query: Readonly<Record<string, string>>,
): Promise<readonly unknown[]> {
  const url = `${endpoints.ols}/search?${new URLSearchParams({ ...query, ontology: ontology.toLowerCase() }).toString()}`;
  const answer = await web.json(url);
  if (objectAt(answer, 'response') === undefined) throw malformed(url, 'without the list of terms that was asked for');
  return listAt(answer, 'response', 'docs');
}

async function readTerm(request: LookupRequest, iri: string, { web, endpoints }: Reach): Promise<Term> {
  const { ontology } = request;
  const encoded = encodeURIComponent(encodeURIComponent(iri.toWellFormed()));
  const url = `${endpoints.ols}/ontologies/${ontology.toLowerCase()}/terms/${encoded}`;
  let answer: unknown;
  try {
    answer = await web.json(url);
  } catch (error) {
    throw isMissing(error) ? termNotFound(request) : error;
  }
  const name = textAt(answer, 'label');
  if (name === '') throw malformed(url, 'without the name of the term');
  const synonyms = listAt(answer, 'obo_synonym').map((entry) => textAt(entry, 'name') || textAt(entry, 'label'));
  return makeTerm(ontology, idOf(ontology, answer, iri), {
    name,
    definition:
      listAt(answer, 'description')
        .map((one) => textAt(one))
        .find((one) => one !== '') ?? '',
    synonyms,
  });
}

/** `obo_id` where it has the ontology's prefix, else what `short_form` tells, else `obo_id` as it is. */
function idOf(ontology: OntologyName, term: unknown, iri: string): string {
  const prefix = `${ontologies[ontology].prefix.toLowerCase()}:`;
  const oboId = textAt(term, 'obo_id');
  const short = textAt(term, 'short_form').replace('_', ':');
  for (const id of [oboId, short]) if (id.toLowerCase().startsWith(prefix)) return id;
  if (/^\d+$/.test(short)) return short;
  // The terms of OM are named by the end of their address.
  return ontology === 'OM' ? (iri.split(/[/#]/).at(-1) ?? iri) : oboId || iri;
}

/**
 * Terms whose label or synonym holds a text.
 * @param names ontologies to search; those that the service does not have are passed over
 */
export async function searchTerms(
  text: string,
  names: readonly OntologyName[],
  limit: number,
  { web, endpoints }: Reach,
): Promise<Term[]> {
  const query = new URLSearchParams({
    q: text,
    ontology: names.map((name) => name.toLowerCase()).join(','),
    rows: String(limit),
    queryFields: 'label,synonym',
    fieldList: 'iri,label,obo_id,short_form,ontology_prefix,description,synonym',
  });
  const url = `${endpoints.ols}/search?${query.toString()}`;
  const answer = await web.json(url);
  if (objectAt(answer, 'response') === undefined) throw malformed(url, 'without the list of terms that was asked for');
  const terms = listAt(answer, 'response', 'docs').flatMap((entry) => termOfHit(entry, names));
  return terms.filter((term, at) => terms.findIndex((other) => other.curie === term.curie) === at);
}

/** Ontologies import each other's terms: a term belongs to the ontology of its id. */
function termOfHit(entry: unknown, names: readonly OntologyName[]): Term[] {
  const id = textAt(entry, 'obo_id');
  const ontology = ontologyOfPrefix(id.split(':')[0] ?? '');
  const name = textAt(entry, 'label');
  const bare = id.slice(id.indexOf(':') + 1).replace(/^[a-z]+_/i, '');
  if (ontology === undefined || name === '' || bare === '' || !names.includes(ontology)) return [];
  const [definition = ''] = listAt(entry, 'description').map((one) => textAt(one));
  const synonyms = listAt(entry, 'synonym').map((one) => textAt(one));
  return [makeTerm(ontology, bare, { name, definition, synonyms })];
}
