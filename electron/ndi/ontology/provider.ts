import { NdiError } from '../../../shared/model/errors.ts';
import type { Endpoints } from './endpoints.ts';
import type { LookupRequest } from './lookup-text.ts';
import { curieOf } from './lookup-text.ts';
import { ontologies, type OntologyName } from '../../../shared/model/ontologies.ts';
import type { Web } from './web.ts';

/** A term as an ontology has it. */
export interface Term {
  readonly ontology: OntologyName;
  /** As NDI's look-up gives it: with its prefix, save for NDIC, NCIm and PubChem. */
  readonly id: string;
  /** As documents write it: `PREFIX:id`. */
  readonly curie: string;
  readonly name: string;
  readonly definition: string;
  readonly synonyms: readonly string[];
}

/** What a provider needs of the world. */
export interface Reach {
  readonly web: Web;
  readonly endpoints: Endpoints;
}

/** Where the terms of an ontology come from. */
export interface Provider {
  /** Who answers, for people. */
  readonly title: string;
  /**
   * The one term that is meant.
   * @throws NdiError ontology.*
   */
  find(request: LookupRequest, reach: Reach): Promise<Term>;
}

/** @param id with or without its prefix */
export function makeTerm(
  ontology: OntologyName,
  id: string,
  rest: { name: string; definition?: string; synonyms?: readonly string[] },
): Term {
  const curie = curieOf(ontology, id);
  return {
    ontology,
    id: ontologies[ontology].bareId === true ? curie.slice(curie.indexOf(':') + 1) : curie,
    curie,
    name: oneLine(rest.name),
    definition: oneLine(rest.definition ?? ''),
    synonyms: [...new Set((rest.synonyms ?? []).filter((synonym) => synonym !== ''))],
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function termNotFound(request: LookupRequest): NdiError {
  const { title } = ontologies[request.ontology];
  return new NdiError({
    code: 'ontology.termNotFound',
    message:
      request.kind === 'id'
        ? `There is no term with the id “${request.term}” in ${title}.`
        : `There is no term named “${request.term}” in ${title}.`,
    recovery: 'Check how it is written, or search for a part of its name.',
    details: { term: request.text, ontology: request.ontology },
  });
}

/** @param candidates ids or names among which the look-up cannot choose */
export function ambiguous(request: LookupRequest, candidates: readonly string[]): NdiError {
  return new NdiError({
    code: 'ontology.ambiguous',
    message: `“${request.term}” means ${candidates.length} terms of ${ontologies[request.ontology].title}.`,
    recovery: 'Look it up by its id.',
    details: { term: request.text, ontology: request.ontology, candidates: candidates.slice(0, 20) },
  });
}
