import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function maintenanceRoutes({ maintenance, missingFiles }: Services) {
  return {
    maintenance: {
      sizes: os.maintenance.sizes.handler(({ input }) => maintenance.sizes(input.path)),
      check: os.maintenance.check.handler(({ input, signal }) => maintenance.check(input.path, signal)),
      missingFiles: os.maintenance.missingFiles.handler(({ input, signal }) => missingFiles.find(input, signal)),
      repair: os.maintenance.repair.handler(({ input, signal }) => maintenance.repair(input.path, signal)),
      backups: os.maintenance.backups.handler(({ input }) => maintenance.backups(input.path)),
      backUp: os.maintenance.backUp.handler(({ input, signal }) =>
        maintenance.backUp(input.path, input.target, signal),
      ),
      restore: os.maintenance.restore.handler(({ input, signal }) =>
        maintenance.restore(input.path, input.backup, signal),
      ),
      content: os.maintenance.content.handler(({ input }) => maintenance.content(input.path)),
      delete: os.maintenance.delete.handler(({ input }) => maintenance.delete(input)),
      undelete: os.maintenance.undelete.handler(({ input }) => maintenance.undelete(input.path)),
      compact: os.maintenance.compact.handler(({ input }) => maintenance.compact(input.path)),
    },
  };
}
