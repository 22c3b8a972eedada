import { oc } from '@orpc/contract';
import { z } from 'zod';
import { bytesSchema } from './common.ts';
import { signalSourceSchema } from './recordings.ts';

export const movieSchema = z.object({
  path: z.string(),
  name: z.string(),
  sizeBytes: z.number(),
  /** Media type by the ending of its name, for the player. */
  type: z.string(),
});
export type Movie = z.infer<typeof movieSchema>;

/** As many bytes as one answer may hold. */
export const MOST_PART_BYTES = 8 * 1024 * 1024;

/** Movies that were filmed while a source was recorded. */
export const moviesContract = {
  /** Movie files in the folders of the source's files, those named like one of them first. */
  list: oc.input(z.object({ source: signalSourceSchema })).output(z.array(movieSchema)),
  /** Bytes of one of these movies; fewer than asked for at its end. */
  part: oc
    .input(
      z.object({
        source: signalSourceSchema,
        path: z.string(),
        offset: z.number().int().min(0),
        bytes: z.number().int().min(1).max(MOST_PART_BYTES),
      }),
    )
    .output(bytesSchema),
};
