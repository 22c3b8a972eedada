import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function objectRoutes({ objects }: Services) {
  return {
    objects: {
      ofDocument: os.objects.ofDocument.handler(({ input }) => objects.ofDocument(input)),
      ownerOfFile: os.objects.ownerOfFile.handler(({ input }) => objects.ownerOfFile(input)),
      addEpoch: os.objects.addEpoch.handler(({ input }) => objects.addEpoch(input)),
    },
  };
}
