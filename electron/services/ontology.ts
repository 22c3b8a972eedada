import { join } from 'node:path';
import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { endpointsOf } from '../ndi/ontology/endpoints.ts';
import { ontologyNames } from '../../shared/model/ontologies.ts';
import { Ontology } from '../ndi/ontology/ontology.ts';
import type { SettingsService } from './settings.ts';

type Inputs = CallInputs['ontology'];
type Outputs = CallOutputs['ontology'];

/** Names a server that stands for all ontology servers: a lab's mirror, or a test's. */
const SERVER_VARIABLE = 'NDI_ONTOLOGY_SERVER';

/** Ontology terms, as the settings allow: with or without asking servers. */
export class OntologyService {
  readonly #ontology: Ontology;
  readonly #settings: SettingsService;

  constructor(dataFolder: string, settings: SettingsService) {
    const server = (process.env[SERVER_VARIABLE] ?? '').replace(/\/+$/, '');
    this.#ontology = new Ontology({
      cachePath: join(dataFolder, 'ontology-cache.sqlite'),
      endpoints: endpointsOf(server),
    });
    this.#settings = settings;
  }

  /** @throws NdiError ontology.* */
  async lookup(request: Inputs['lookup'], signal?: AbortSignal): Promise<Outputs['lookup']> {
    const online = this.#settings.get().ontologyOnline;
    const found = await this.#ontology.lookup(request.term, { online, refresh: request.refresh === true, signal });
    return { ...found, synonyms: [...found.synonyms] };
  }

  /** A term as far as it is known without asking a server, or null. */
  async known(term: string): Promise<{ curie: string; name: string } | null> {
    try {
      const { curie, name } = await this.#ontology.lookup(term, { online: false });
      return { curie, name };
    } catch (error) {
      if (error instanceof NdiError) return null;
      throw error;
    }
  }

  /** Names of ontologies that are not known are passed over. */
  async search(request: Inputs['search'], signal?: AbortSignal): Promise<Outputs['search']> {
    const { terms, problem } = await this.#ontology.search(request.text, {
      among: request.among === undefined ? undefined : ontologyNames.filter((name) => request.among?.includes(name)),
      limit: request.limit ?? 20,
      online: request.online !== false && this.#settings.get().ontologyOnline,
      signal,
    });
    return {
      terms: terms.map((term) => ({ ...term, synonyms: [...term.synonyms] })),
      problem: problem === null ? null : { ...problem, details: { ...problem.details } },
    };
  }

  clearCache(): Outputs['clearCache'] {
    this.#ontology.clearCache();
    return { cleared: true };
  }

  close(): void {
    this.#ontology.close();
  }
}
