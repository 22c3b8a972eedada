import { z } from 'zod';

/** Name of the file that says what NDI's own format has no place for; kept in a `generic_file` document beside. */
export const notesFile = 'ndi-desktop-epoch.json';

/**
 * What NDI's format of ingested epochs cannot say, or says in an encoding that is not public: labels and units of the
 * channels, where time jumps, and events. Ours to read; epochs without it are read by NDI's files alone.
 */
export const notesSchema = z.object({
  version: z.literal(1),
  startedAt: z.string().nullable(),
  device: z.string(),
  channels: z.record(z.string(), z.object({ label: z.string(), units: z.string() })),
  /** Stretches without a gap, by `<prefix>_<group>`: index of the first sample, samples, time of the first in seconds. */
  runs: z.record(z.string(), z.array(z.tuple([z.int().min(0), z.int().min(1), z.number()]))),
  events: z.array(
    z.object({
      channel: z.string(),
      time: z.number(),
      value: z.union([z.number(), z.string()]),
      duration: z.number().optional(),
    }),
  ),
  /** What each metadata reader told of the stimuli, as JSON: written by versions that did not write NDI’s own document. */
  metadata: z.array(z.string().nullable()).optional(),
});

export type EpochNotes = z.infer<typeof notesSchema>;
