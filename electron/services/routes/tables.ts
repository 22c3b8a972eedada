import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function tableRoutes({ tables }: Services) {
  return {
    tables: {
      get: os.tables.get.handler(({ input, signal }) => tables.get(input, signal)),
      kinds: os.tables.kinds.handler(({ input }) => tables.kinds(input)),
      export: os.tables.export.handler(({ input, signal }) => tables.export(input, signal)),
      download: os.tables.download.handler(({ input, signal }) => tables.download(input, signal)),
    },
  };
}
