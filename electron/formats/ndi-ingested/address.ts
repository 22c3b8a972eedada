import { z } from 'zod';

const PREFIX = 'ndi-ingested:';

const epochSchema = z.object({
  epochId: z.string(),
  /** Of the epoch's first clock, in seconds. */
  t0: z.number(),
  t1: z.number(),
  /** Samples of a segment. */
  analogSegment: z.number().int().min(1),
  digitalSegment: z.number().int().min(1),
  /** Paths of the document's files on this machine, by their names. */
  files: z.record(z.string(), z.string()),
  /** Names of those that may have to be fetched from the cloud before they are there; they come and go. */
  remote: z.array(z.string()).optional(),
});

/** An epoch whose samples were taken into a session's database: what its document says, and where its files lie. */
export type IngestedEpoch = z.infer<typeof epochSchema>;

/**
 * Ingested epochs have no file of their own to be named by: they are opened by an address that says all of it, and ends
 * with the epoch's id.
 */
export function ingestedAddress(epoch: IngestedEpoch): string {
  return `${PREFIX}${JSON.stringify(epoch)}/${epoch.epochId}`;
}

export function isIngestedAddress(path: string): boolean {
  return path.startsWith(PREFIX);
}

export function parseIngestedAddress(path: string): IngestedEpoch {
  return epochSchema.parse(JSON.parse(path.slice(PREFIX.length, path.lastIndexOf('/'))));
}
