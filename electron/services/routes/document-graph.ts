import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function documentGraphRoutes({ documentGraph }: Services) {
  return {
    documentGraph: {
      around: os.documentGraph.around.handler(({ input }) => documentGraph.around(input)),
      closure: os.documentGraph.closure.handler(({ input }) => documentGraph.closure(input)),
      broken: os.documentGraph.broken.handler(({ input }) => documentGraph.broken(input.path, input.names)),
    },
  };
}
