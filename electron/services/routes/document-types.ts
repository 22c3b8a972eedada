import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function documentTypeRoutes({ documentTypes }: Services) {
  return {
    documentTypes: {
      list: os.documentTypes.list.handler(() => documentTypes.list()),
      blank: os.documentTypes.blank.handler(({ input }) => documentTypes.blank(input.class)),
      use: os.documentTypes.use.handler(({ input }) => documentTypes.use(input.folder)),
    },
  };
}
