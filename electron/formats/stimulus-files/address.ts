import { z } from 'zod';

const PREFIX = 'ndi-stimuli:';

const epochSchema = z.object({
  /** Which of the stimulus readers reads it. */
  reader: z.string(),
  /** Paths of the epoch's files. */
  files: z.array(z.string()),
  /** Path of the recording on whose lines the stimuli are marked, or of which they share the clock; null without one. */
  recording: z.string().nullable(),
});

/** What the stimuli of an epoch are read from. */
export type StimulusFiles = z.infer<typeof epochSchema>;

/**
 * Stimuli that laboratories tell by files of their own, several together: opened as a recording whose channels are all
 * events, by an address that names them.
 */
export function stimulusAddress(epoch: StimulusFiles): string {
  return `${PREFIX}${JSON.stringify(epoch)}/stimuli`;
}

export function isStimulusAddress(path: string): boolean {
  return path.startsWith(PREFIX);
}

export function parseStimulusAddress(path: string): StimulusFiles {
  return epochSchema.parse(JSON.parse(path.slice(PREFIX.length, path.lastIndexOf('/'))));
}
