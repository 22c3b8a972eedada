import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function documentRoutes({ documents }: Services) {
  return {
    documents: {
      classes: os.documents.classes.handler(({ input, signal }) =>
        documents.classes(input.path, input.sessionId, signal),
      ),
      shape: os.documents.shape.handler(({ input, signal }) => documents.shape(input, signal)),
      list: os.documents.list.handler(({ input, signal }) => documents.list(input, signal)),
      names: os.documents.names.handler(({ input }) => documents.names(input)),
      full: os.documents.full.handler(({ input, signal }) => documents.full(input, signal)),
      export: os.documents.export.handler(({ input, signal }) => documents.export(input, signal)),
      download: os.documents.download.handler(({ input, signal }) => documents.download(input, signal)),
      fields: os.documents.fields.handler(({ input }) => documents.fields(input.path, input.class)),
      values: os.documents.values.handler(({ input }) => documents.values(input)),
      get: os.documents.get.handler(({ input }) => documents.get(input)),
      file: os.documents.file.handler(({ input, signal }) => documents.file(input, signal)),
    },
  };
}
