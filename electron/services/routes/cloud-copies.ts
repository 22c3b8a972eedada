import type { Services } from '../services.ts';
import { os } from './implementer.ts';

/** Copies and their datasets beside the syncs: comparing, repairing, links, the life of a dataset in the cloud. */
export function cloudCopiesRoutes({ cloud: { copies, datasets } }: Services) {
  return {
    cloudCopies: {
      compare: os.cloudCopies.compare.handler(({ input, signal }) =>
        copies.compare(input.path, input.contents, signal),
      ),
      repair: os.cloudCopies.repair.handler(({ input, signal }) =>
        copies.repair(input.path, input.yes, input.dryRun, signal),
      ),
      link: os.cloudCopies.link.handler(({ input, signal }) => copies.link(input.path, input.datasetId, signal)),
      unlink: os.cloudCopies.unlink.handler(({ input }) => copies.unlink(input.path, input.datasetId)),
      restore: os.cloudCopies.restore.handler(({ input, signal }) => datasets.restore(input.datasetId, signal)),
      remove: os.cloudCopies.remove.handler(({ input, signal }) => datasets.remove(input, signal)),
    },
  };
}
