import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function cloudFileRoutes({ cloud: { files } }: Services) {
  return {
    cloudFiles: {
      usage: os.cloudFiles.usage.handler(() => files.cache.usage()),
      clear: os.cloudFiles.clear.handler(() => {
        files.cache.clear();
        return files.cache.usage();
      }),
    },
  };
}
