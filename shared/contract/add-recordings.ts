import { z } from 'zod';
import { pathSchema } from './common.ts';
import { importChoicesSchema, importTableSchema } from './import-choices.ts';

/** Recordings that are to come to a session that is there. */
export const addRecordingsRequestSchema = z.object({
  /** Folder of the session. */
  path: pathSchema,
  /** Folder of recordings: in the session's own folder they stay, from elsewhere they are copied into it. */
  from: pathSchema,
  /** Files of that folder that alone are meant, where it lies elsewhere: nothing else is looked at. */
  only: z.array(pathSchema).optional(),
  choices: importChoicesSchema.optional(),
  /** Local identifier of the subject, `name@lab`. */
  subject: z.string().optional(),
  /** Tables of trials that are kept as stimuli of the epochs of these recordings. */
  tables: z.array(importTableSchema).readonly().default([]),
  /** Keys of scanned recordings to leave out. */
  exclude: z.array(z.string()).readonly().default([]),
  jobId: z.string().optional(),
});
export type AddRecordingsRequest = z.infer<typeof addRecordingsRequestSchema>;

export const addedRecordingsSchema = z.object({
  path: z.string(),
  /** Folder of the copies; null where the recordings lay in the session's folder already. */
  placed: z.string().nullable(),
  epochs: z.array(z.object({ device: z.string(), epochId: z.string() })),
  /** Documents that were added: DAQ systems and subjects. */
  documents: z.number().int(),
  /** Steps of the history that take the documents back. */
  steps: z.number().int(),
});
export type AddedRecordings = z.infer<typeof addedRecordingsSchema>;

/** Where recordings may come: a session, or a dataset that gets a session of them. */
export const additionHomeSchema = z.object({
  kind: z.enum(['session', 'dataset']).nullable(),
  name: z.string(),
  /** Why nothing can be added to it; null where it can. */
  reason: z.string().nullable(),
});
export type AdditionHome = z.infer<typeof additionHomeSchema>;
