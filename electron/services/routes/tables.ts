import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function tableRoutes({ tables }: Services) {
  return {
    tables: {
      get: os.tables.get.handler(({ input, signal }) => tables.get(input, signal)),
      export: os.tables.export.handler(({ input, signal }) => tables.export(input, signal)),
      download: os.tables.download.handler(({ input, signal }) => tables.download(input, signal)),
    },
  };
}
