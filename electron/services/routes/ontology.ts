import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function ontologyRoutes({ ontology }: Services) {
  return {
    ontology: {
      lookup: os.ontology.lookup.handler(({ input, signal }) => ontology.lookup(input, signal)),
      search: os.ontology.search.handler(({ input, signal }) => ontology.search(input, signal)),
      clearCache: os.ontology.clearCache.handler(() => ontology.clearCache()),
    },
  };
}
