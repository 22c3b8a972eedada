import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function datasetRoutes({ datasets, copies }: Services) {
  return {
    datasets: {
      create: os.datasets.create.handler(({ input }) => datasets.create(input)),
      add: os.datasets.add.handler(({ input }) => datasets.add(input)),
      content: os.datasets.content.handler(({ input }) => datasets.content(input.path, input.sessionId)),
      convert: os.datasets.convert.handler(({ input }) => datasets.convert(input)),
      remove: os.datasets.remove.handler(({ input }) =>
        datasets.remove(input.path, input.sessionId, input.deleteDocuments),
      ),
    },
    copies: {
      copy: os.copies.copy.handler(({ input, signal }) => copies.copy(input, signal)),
    },
  };
}
