import { z } from 'zod';
import { pathSchema } from './common.ts';
import { tableMappingSchema } from './stimuli.ts';

/** A probe without device and subject: NDI's row of a probe map. */
export const probeChoiceSchema = z.object({
  name: z.string(),
  reference: z.number().int(),
  type: z.string(),
  /** As in a device string: `ai1-16;di2`. */
  channels: z.string(),
});

export const readerChoiceSchema = z.object({
  readerClass: z.string(),
  /** For NDI's class of NDR readers: which of them. */
  readerArgument: z.string().optional(),
});

const recordingEditSchema = z.object({
  device: z.string().optional(),
  reader: readerChoiceSchema.optional(),
  /** Of the epoch that it belongs to. */
  epochId: z.string().optional(),
  subject: z.string().optional(),
  probes: z.array(probeChoiceSchema).readonly().optional(),
});

/** What somebody says of the recordings of a scan; they are named by their keys. See `shared/model/import-plan`. */
export const importChoicesSchema = z.object({
  /** Recordings of different devices that are one epoch. */
  merges: z.array(z.array(z.string()).min(2).readonly()).readonly().default([]),
  /** Recordings that are epochs of their own, although the pattern puts them together with others. */
  alone: z.array(z.string()).readonly().default([]),
  recordings: z.record(z.string(), recordingEditSchema).default({}),
  /** How paths tell subject, session, date and epoch: `{subject}/{date:0000-00-00}/{epoch}/**`. */
  pattern: z.string().optional(),
  /** Whether each subject, date and session of the pattern is a session of its own. */
  sessions: z.enum(['one', 'each']).default('one'),
  /** Added to the subjects of the pattern. */
  subjectLab: z.string().optional(),
});

/** A table of trials that is kept as stimuli of a recording's epoch. */
export const importTableSchema = z.object({
  file: pathSchema,
  sheet: z.string().optional(),
  mapping: tableMappingSchema,
  /** Key of the recording on whose clock the times are. */
  recording: z.string(),
  /** Name of the stimulator. */
  probe: z.string().trim().min(1),
});
export type ImportTable = z.infer<typeof importTableSchema>;
