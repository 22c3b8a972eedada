import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function metadataRoutes({ metadata }: Services) {
  return {
    metadata: {
      get: os.metadata.get.handler(({ input }) => metadata.get(input)),
      set: os.metadata.set.handler(({ input }) => metadata.set(input)),
      writeOpenMinds: os.metadata.writeOpenMinds.handler(({ input }) => metadata.writeOpenMinds(input)),
      addOpenMinds: os.metadata.addOpenMinds.handler(({ input }) => metadata.addOpenMinds(input)),
    },
  };
}
