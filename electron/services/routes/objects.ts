import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function objectRoutes({ objects }: Services) {
  return {
    objects: {
      ofDocument: os.objects.ofDocument.handler(({ input }) => objects.ofDocument(input)),
      ownerOfFile: os.objects.ownerOfFile.handler(({ input }) => objects.ownerOfFile(input)),
      findFiles: os.objects.findFiles.handler(({ input, signal }) => objects.findFiles(input, signal)),
      readSamples: os.objects.readSamples.handler(({ input, signal }) => objects.readSamples(input, signal)),
      addEpoch: os.objects.addEpoch.handler(({ input, signal }) => objects.addEpoch(input, signal)),
    },
  };
}
