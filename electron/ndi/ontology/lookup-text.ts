import { NdiError } from '../../../shared/model/errors.ts';
import { ontologies, ontologyNames, type OntologyName, ontologyOfPrefix } from '../../../shared/model/ontologies.ts';

/** What `PREFIX:term` asks for. */
export interface LookupRequest {
  /** As it was given, without white space around it. */
  readonly text: string;
  readonly ontology: OntologyName;
  /** An id in the form that its ontology writes (no prefix), or a name. */
  readonly term: string;
  readonly kind: 'id' | 'name';
}

/**
 * Reads `PREFIX:term`: the prefix ends at the first colon and ignores case; the rest is an id or a name.
 * @throws NdiError ontology.termInvalid, ontology.prefixUnknown
 */
export function parseLookup(text: string): LookupRequest {
  const given = text.trim().toWellFormed();
  const colon = given.indexOf(':');
  if (colon < 0) throw invalid(given, 'has no colon');
  const prefix = given.slice(0, colon).trim();
  if (prefix === '') throw invalid(given, 'has nothing before its colon');
  const ontology = ontologyOfPrefix(prefix);
  if (ontology === undefined) throw unknownPrefix(prefix);
  const term = withoutPrefix(given.slice(colon + 1).trim(), ontologies[ontology].prefix);
  if (term === '') throw invalid(given, 'has nothing after its colon');
  if (ontology === 'OM' && /^\d+$/.test(term)) throw numericOm(given);
  const kind = ontologies[ontology].idForm.test(term) ? 'id' : 'name';
  return { text: given, ontology, term: kind === 'id' ? plainId(ontology, term) : term, kind };
}

/** Terms are met with their prefix written twice (`CL:CL:0000540`). */
function withoutPrefix(term: string, prefix: string): string {
  return term.toLowerCase().startsWith(`${prefix.toLowerCase()}:`) ? term.slice(prefix.length + 1).trim() : term;
}

function plainId(ontology: OntologyName, term: string): string {
  if (ontology === 'PubChem') return term.replace(/^cid\s*/i, '');
  if (ontology === 'WBStrain') return term.replace(/^WBStrain/i, '');
  if (ontology === 'EDAM') return term.replace(/^[a-z]+_/i, '');
  return ontology === 'NCIT' || ontology === 'NCIm' ? term.toUpperCase() : term;
}

/** What documents write for a term: the prefix of its ontology and its id. */
export function curieOf(ontology: OntologyName, id: string): string {
  const { prefix } = ontologies[ontology];
  return id.toLowerCase().startsWith(`${prefix.toLowerCase()}:`) ? id : `${prefix}:${id}`;
}

/** An id filled up with zeros to the length that its ontology writes; the same where it does not. */
export function paddedId(ontology: OntologyName, id: string): string {
  return id.padStart(ontologies[ontology].digits ?? 0, '0');
}

function invalid(given: string, fault: string): NdiError {
  return new NdiError({
    code: 'ontology.termInvalid',
    message: `“${given}” ${fault}.`,
    recovery: 'Write a prefix, a colon and an id or a name, such as PATO:0000384 or UBERON:heart.',
    details: { term: given },
  });
}

function unknownPrefix(prefix: string): NdiError {
  const known = ontologyNames.map((name) => ontologies[name].prefix);
  return new NdiError({
    code: 'ontology.prefixUnknown',
    message: `“${prefix}” is the prefix of no ontology that NDI knows.`,
    recovery: `Use one of ${known.join(', ')}.`,
    details: { prefix, known },
  });
}

function numericOm(given: string): NdiError {
  return new NdiError({
    code: 'ontology.termInvalid',
    message: `The ontology of units (OM) has names only, so “${given}” cannot be looked up.`,
    recovery: 'Write the name of the quantity or unit, such as OM:Acidity.',
    details: { term: given },
  });
}
