import { oc } from '@orpc/contract';
import { z } from 'zod';
import { sessionPlace } from './common.ts';

const sessionSchema = z.object(sessionPlace);

export const ingestResultSchema = z.object({
  path: z.string(),
  /** Epochs that were taken in. */
  epochs: z.number(),
  /** Epochs that were in the database before. */
  already: z.number(),
  failed: z.array(z.object({ device: z.string(), epochId: z.string(), reason: z.string() })),
  /** Ids of the documents that were written. */
  ids: z.array(z.string()),
});
export type IngestResult = z.infer<typeof ingestResultSchema>;

export const ingestContract = {
  /** How much of a session works without its raw files. */
  status: oc
    .input(sessionSchema)
    .output(z.object({ epochs: z.number(), ingested: z.number(), unreadable: z.number() })),
  /** Takes the recordings of a session into its database. The raw files are not touched. */
  ingest: oc.input(sessionSchema).output(ingestResultSchema),
};
