import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, problemSchema } from './common.ts';
import { sessionInfoSchema } from './sessions.ts';

export const scannedRecordingSchema = z.object({
  format: z.string(),
  formatName: z.string(),
  version: z.string(),
  /** The file or folder by which it is opened (`recordings.describe`, `signals.view`). */
  path: pathSchema,
  files: z.array(z.string()),
  /** Why it is this format, in sentences; and what else it looked like. */
  why: z.array(z.string()),
  /** Key of the epoch it belongs to (`epochs[].key`). */
  epoch: z.string(),
  /** Proposed DAQ system. */
  device: z.string(),
  channels: z.number(),
  sampleRate: z.number().nullable(),
  /** Seconds. */
  duration: z.number(),
  clocks: z.array(z.object({ type: z.string(), t0: z.number(), t1: z.number() })),
  problems: z.array(problemSchema),
});
export type ScannedRecording = z.infer<typeof scannedRecordingSchema>;

export const scannedEpochSchema = z.object({
  key: z.string(),
  /** Folder that holds it. */
  folder: z.string(),
  device: z.string(),
  files: z.array(z.string()),
  duration: z.number(),
});
export type ScannedEpoch = z.infer<typeof scannedEpochSchema>;

export const scanResultSchema = z.object({
  folder: z.string(),
  recordings: z.array(scannedRecordingSchema),
  epochs: z.array(scannedEpochSchema),
  /** Files left out; many of one kind are one entry, whose path is the folder that holds them all. */
  skipped: z.array(z.object({ path: z.string(), why: z.string(), files: z.number().int() })),
  problems: z.array(problemSchema),
  filesSeen: z.number(),
  elapsedMs: z.number(),
});
export type ScanResult = z.infer<typeof scanResultSchema>;

export const createSessionRequestSchema = z.object({
  /** Folder that becomes the session. */
  sessionDir: pathSchema,
  reference: z.string().trim().min(1).max(250),
  /** Folder of recordings that was scanned; it must be the session folder or lie in it. */
  from: pathSchema.optional(),
  /** Local identifier of the subject, `name@lab`. */
  subject: z.string().optional(),
  /** Laboratory whose set-up finds the recordings instead of a scan (`labs`). */
  lab: z.string().optional(),
  /** Keys of scanned epochs to leave out. */
  exclude: z.array(z.string()).default([]),
});
export type CreateSessionRequest = z.infer<typeof createSessionRequestSchema>;

export const importsContract = {
  /** Looks at every file of a folder and its folders. Writes nothing. A job: progress and cancel in `jobs`. */
  scan: oc.input(z.object({ folder: pathSchema, jobId: z.string().optional() })).output(scanResultSchema),
  /** Laboratories whose way of keeping recordings is known, with the names of their DAQ systems. */
  labs: oc.output(z.array(z.object({ name: z.string(), systems: z.array(z.string()) }))),
  /** Makes a session; from a scan, if asked. The recordings stay where they are. */
  create: oc.input(createSessionRequestSchema).output(sessionInfoSchema),
};

/** What the demonstration session planted, so that every view can be checked against it. */
export const demoTruthSchema = z.record(z.string(), z.unknown());

export const demoContract = {
  /** Writes the sample session into an empty or new folder. A job. */
  make: oc
    .input(z.object({ folder: pathSchema, seed: z.number().int().default(1) }))
    .output(z.object({ info: sessionInfoSchema, truth: demoTruthSchema })),
  /** The folder that is proposed when nobody names one. */
  suggestFolder: oc.output(z.object({ folder: z.string() })),
};
