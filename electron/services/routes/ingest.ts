import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function ingestRoutes({ ingest }: Services) {
  return {
    ingest: {
      status: os.ingest.status.handler(({ input }) => ingest.status(input)),
      ingest: os.ingest.ingest.handler(({ input, signal }) => ingest.ingest(input, signal)),
    },
  };
}
