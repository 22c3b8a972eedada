import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, problemGradeSchema } from './common.ts';

/** Something that a check found in a session or dataset. */
export const checkProblemSchema = z.object({
  /** `area.reason`. */
  code: z.string(),
  grade: problemGradeSchema,
  message: z.string(),
  /** Document, file, session or table that it is about; empty where it is the whole. */
  id: z.string(),
  /** What a repair does about it; null where it takes a person to decide. */
  fix: z.string().nullable(),
});
export type CheckProblem = z.infer<typeof checkProblemSchema>;

export const checkReportSchema = z.object({
  ok: z.boolean(),
  problems: z.array(checkProblemSchema),
  /** How many were found of each code; `problems` lists at most 500 of each. */
  counts: z.record(z.string(), z.number()),
});
export type CheckReport = z.infer<typeof checkReportSchema>;

export const backupSchema = z.object({
  path: z.string(),
  createdAt: z.string(),
  of: z.string(),
  id: z.string(),
  reference: z.string(),
  /** `repair`, `restore` or `asked for`. */
  why: z.string(),
  databaseBytes: z.number(),
  files: z.number(),
  fileBytes: z.number(),
});
export type Backup = z.infer<typeof backupSchema>;

export const sizesSchema = z.object({
  databaseBytes: z.number(),
  /** Of the database: what compacting gives back. */
  freeBytes: z.number(),
  files: z.number(),
  fileBytes: z.number(),
  backups: z.number(),
  /** Besides the bytes that backups share with the stored files. */
  backupBytes: z.number(),
});
export type Sizes = z.infer<typeof sizesSchema>;

/** What a folder holds of NDI. */
export const itemContentSchema = z.object({
  /** Null where it holds nothing (any more), or what cannot be opened. */
  kind: z.enum(['session', 'dataset']).nullable(),
  reference: z.string(),
  id: z.string(),
  documents: z.number(),
  files: z.number(),
  fileBytes: z.number(),
  backups: z.number(),
  /** Sessions that a dataset links to: their folders stay as they are. */
  linked: z.number(),
  /** Deleted data that are kept in the folder, the newest first. */
  deleted: z.array(z.string()),
});
export type ItemContent = z.infer<typeof itemContentSchema>;

/** Files of documents that are not on this computer, though they should be. */
export const missingFilesSchema = z.object({
  /** Documents that may have files. */
  documents: z.number(),
  /** Files that were looked for; null where there are more documents than were wanted. */
  looked: z.number().nullable(),
  missing: z.number(),
  /** Whether too many lie outside of the store to look for all of them: more may be missing. */
  more: z.boolean(),
  /** The first of them: document and name of the file. */
  first: z.array(z.object({ id: z.string(), name: z.string() })),
});

const itemSchema = z.object({ path: pathSchema });

export const maintenanceContract = {
  sizes: oc.input(itemSchema).output(sizesSchema),
  /** Looks everything through; reads only. */
  check: oc.input(itemSchema).output(checkReportSchema),
  /** Counts files of documents that are not here, unless more than `mostDocuments` documents have files. */
  missingFiles: oc
    .input(itemSchema.extend({ sessionId: z.string().optional(), mostDocuments: z.number().min(0).optional() }))
    .output(missingFilesSchema),
  /** Repairs what needs no decision, after a backup. `problems` are those that are left. */
  repair: oc.input(itemSchema).output(
    checkReportSchema.extend({
      repaired: z.array(checkProblemSchema),
      /** Restoring it undoes the repair; null where nothing had to be changed. */
      backup: backupSchema.nullable(),
    }),
  ),
  /** Backups kept with the item, the newest first. */
  backups: oc.input(itemSchema).output(z.array(backupSchema)),
  /** Makes a backup; without `target` it is kept with the item and takes little room. */
  backUp: oc.input(itemSchema.extend({ target: pathSchema.optional() })).output(backupSchema),
  /** Puts the item back to a backup; what was there is kept as a backup too. */
  restore: oc
    .input(itemSchema.extend({ backup: pathSchema }))
    .output(z.object({ restored: backupSchema, previous: backupSchema.nullable() })),
  /** What goes when NDI's data are deleted, and whether something deleted can be brought back. Changes nothing. */
  content: oc.input(itemSchema).output(itemContentSchema),
  /**
   * Takes NDI's data out of a folder; recordings stay. They are put aside in the folder, for `undelete`, unless they go
   * for good. `reference` must be that of the item: the consent of whoever deletes it.
   */
  delete: oc
    .input(itemSchema.extend({ reference: z.string(), forGood: z.boolean().default(false) }))
    .output(z.object({ kept: z.string().nullable() })),
  /** Brings back what was deleted last. */
  undelete: oc.input(itemSchema).output(z.object({ path: z.string() })),
  /** Gives the empty pages of the database back to the disk. */
  compact: oc.input(itemSchema).output(z.object({ beforeBytes: z.number(), afterBytes: z.number() })),
};
