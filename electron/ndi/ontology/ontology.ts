import { type ErrorReport, NdiError } from '../../../shared/model/errors.ts';
import { cacheKey, type CachedTerm, TermCache } from './cache.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { type LookupRequest, parseLookup } from './lookup-text.ts';
import { findOffline, offlineTerms } from './offline-table.ts';
import { ontologies, ontologyNames, type OntologyName } from '../../../shared/model/ontologies.ts';
import type { Term } from './provider.ts';
import { searchTerms } from './providers/ols.ts';
import { providers } from './providers/providers.ts';
import { Web, type WebLimits } from './web.ts';

/** A term, and how it is known. */
export interface FoundTerm extends Term {
  readonly source: 'offline table' | 'cache' | 'provider';
  /** Who answered, for people; empty for the offline table. */
  readonly provider: string;
  /** When it was asked for (ISO 8601); null for the offline table. */
  readonly retrievedAt: string | null;
}

export interface LookupOptions {
  /** Whether servers may be asked; without them only the offline table and the cache answer. */
  readonly online: boolean;
  /** Ask the server though the term is known. */
  readonly refresh?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface SearchOptions extends Omit<LookupOptions, 'refresh'> {
  /** All where it is left out. */
  readonly among?: readonly OntologyName[] | undefined;
  readonly limit: number;
}

export interface OntologyOptions {
  /** Where looked-up terms are kept; null for memory only. */
  readonly cachePath: string | null;
  readonly endpoints?: Endpoints;
  readonly limits?: Partial<WebLimits>;
}

/** Older answers are asked for again where that can be done. */
const FRESH_DAYS = 90;
/** Faults after which an old answer is better than none. */
const serverFaults: readonly string[] = ['unreachable', 'timeout', 'busy', 'denied', 'malformed'].map(
  (one) => `ontology.${one}`,
);

/** Looks up ontology terms: first in the table that comes with the application, then in the cache, then at a server. */
export class Ontology {
  readonly #cache: TermCache;
  readonly #endpoints: Endpoints;
  readonly #limits: Partial<WebLimits>;

  constructor(options: OntologyOptions) {
    this.#cache = new TermCache(options.cachePath);
    this.#endpoints = options.endpoints ?? endpointsOf('');
    this.#limits = options.limits ?? {};
  }

  /**
   * The one term that `PREFIX:id` or `PREFIX:name` means.
   * @throws NdiError ontology.*
   */
  async lookup(text: string, options: LookupOptions): Promise<FoundTerm> {
    const request = parseLookup(text);
    const offline = findOffline(request);
    if (offline !== null && options.refresh !== true) return fromTable(offline);
    const key = cacheKey(request.ontology, request.term);
    const cached = this.#cache.get(key);
    if (cached !== null && options.refresh !== true && isFresh(cached)) return fromCache(cached);
    if (request.ontology === 'NDIC' || !options.online) return this.#withoutServer(request, offline, cached);
    try {
      const web = new Web(this.#limits, options.signal);
      const term = await providers[request.ontology].find(request, { web, endpoints: this.#endpoints });
      const retrievedAt = new Date().toISOString();
      this.#cache.put(key, term, retrievedAt);
      return { ...term, source: 'provider', provider: providers[term.ontology].title, retrievedAt };
    } catch (error) {
      options.signal?.throwIfAborted();
      const mayPass = error instanceof NdiError && serverFaults.includes(error.code);
      if (mayPass && cached !== null) return fromCache(cached);
      if (mayPass && offline !== null) return fromTable(offline);
      throw error;
    }
  }

  /**
   * Terms whose name or synonym holds a text, the closest first. Servers add theirs where they may be asked; where they
   * cannot be reached, `problem` says so and what is known here is still given.
   */
  async search(text: string, options: SearchOptions): Promise<{ terms: FoundTerm[]; problem: ErrorReport | null }> {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return { terms: [], problem: null };
    const among = options.among ?? ontologyNames;
    const known = [
      ...offlineTerms.filter((term) => holds(term, wanted)).map(fromTable),
      ...this.#cache.search(wanted, options.limit).map(fromCache),
    ];
    let problem: ErrorReport | null = null;
    if (options.online) {
      try {
        known.push(...(await this.#searchServer(text.trim(), among, options)));
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!(error instanceof NdiError)) throw error;
        problem = error.toReport();
      }
    }
    const inScope = known.filter((term) => among.includes(term.ontology));
    const unique = inScope.filter((term, at) => inScope.findIndex((other) => other.curie === term.curie) === at);
    const ranked = unique.map((term) => ({ term, rank: rankOf(term, wanted) }));
    ranked.sort((a, b) => a.rank - b.rank || a.term.name.length - b.term.name.length);
    return { terms: ranked.slice(0, options.limit).map(({ term }) => term), problem };
  }

  close(): void {
    this.#cache.close();
  }

  clearCache(): void {
    this.#cache.clear();
  }

  async #searchServer(text: string, among: readonly OntologyName[], options: SearchOptions): Promise<FoundTerm[]> {
    const names = among.filter((name) => !['NDIC', 'RRID', 'WBStrain', 'SchemaOrg', 'PubChem', 'EMPTY'].includes(name));
    if (names.length === 0) return [];
    const web = new Web({ attempts: 2, ...this.#limits }, options.signal);
    const terms = await searchTerms(text, names, options.limit, { web, endpoints: this.#endpoints });
    const retrievedAt = new Date().toISOString();
    const { title } = providers.CL;
    return terms.map((term) => ({ ...term, source: 'provider', provider: title, retrievedAt }));
  }

  #withoutServer(request: LookupRequest, offline: Term | null, cached: CachedTerm | null): FoundTerm {
    if (cached !== null) return fromCache(cached);
    if (offline !== null) return fromTable(offline);
    const { title } = ontologies[request.ontology];
    if (request.ontology === 'NDIC') {
      throw new NdiError({
        code: 'ontology.termNotFound',
        message: `There is no term “${request.term}” in ${title}.`,
        recovery: 'Its terms are numbered from 1 to 27; search for a part of the name.',
        details: { term: request.text, ontology: request.ontology },
      });
    }
    throw new NdiError({
      code: 'ontology.offline',
      message: `“${request.text}” is not among the terms known here, and looking up online is switched off.`,
      recovery: `Switch it on in the settings to ask ${title}, or write the term by hand.`,
      details: { term: request.text, ontology: request.ontology },
    });
  }
}

function fromTable(term: Term): FoundTerm {
  return { ...term, source: 'offline table', provider: '', retrievedAt: null };
}

function fromCache({ term, retrievedAt }: CachedTerm): FoundTerm {
  return { ...term, source: 'cache', provider: providers[term.ontology].title, retrievedAt };
}

function isFresh({ retrievedAt }: CachedTerm): boolean {
  return Date.now() - Date.parse(retrievedAt) < FRESH_DAYS * 86_400_000;
}

function holds(term: Term, wanted: string): boolean {
  return [term.name, term.curie, ...term.synonyms].some((text) => text.toLowerCase().includes(wanted));
}

/** The name itself, then what begins with the text, then a word that does, then the rest. */
function rankOf(term: Term, wanted: string): number {
  const name = term.name.toLowerCase();
  if (name === wanted || term.curie.toLowerCase() === wanted) return 0;
  if (term.synonyms.some((synonym) => synonym.toLowerCase() === wanted)) return 1;
  if (name.startsWith(wanted)) return 2;
  return name.includes(` ${wanted}`) ? 3 : 4;
}
