import { oc } from '@orpc/contract';
import { z } from 'zod';
import { addedRecordingsSchema, additionHomeSchema, addRecordingsRequestSchema } from './add-recordings.ts';
import { pathSchema, problemSchema } from './common.ts';
import { matrixDescriptionSchema } from './raw-matrix.ts';
import { importChoicesSchema, importTableSchema, probeChoiceSchema, readerChoiceSchema } from './import-choices.ts';
import { datasetInfoSchema, sessionInfoSchema } from './sessions.ts';

export const scannedRecordingSchema = z.object({
  /** Its path below the scanned folder, with forward slashes: by it choices name it. */
  key: z.string(),
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
  /** Make, model or serial number of the device, as the file tells it. */
  make: z.string(),
  /** By which class NDI reads it. */
  reader: readerChoiceSchema,
  channels: z.number(),
  /** All channels, as in a device string: `ai1-64;di1-16`. */
  channelList: z.string(),
  /** What a session supposes that was recorded. */
  probes: z.array(probeChoiceSchema),
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
  /** Tables that may list trials or events: CSV, TSV, .xlsx, .mat. They are not opened. */
  tables: z.array(z.object({ key: z.string(), path: z.string() })),
  /** Files left out; many of one kind are one entry, whose path is the folder that holds them all. */
  skipped: z.array(z.object({ path: z.string(), why: z.string(), files: z.number().int() })),
  problems: z.array(problemSchema),
  /** Recordings that the session to which they are to be added has already; they are not among those above. */
  known: z.number().int(),
  filesSeen: z.number(),
  elapsedMs: z.number(),
});
export type ScanResult = z.infer<typeof scanResultSchema>;

export const createSessionRequestSchema = z.object({
  /** Folder that becomes the session; of several sessions the folder of the dataset that links them. */
  sessionDir: pathSchema,
  reference: z.string().trim().min(1).max(250),
  /** Folder of recordings that was scanned; unless they are copied it must be the session folder or lie in it. */
  from: pathSchema.optional(),
  /**
   * What happens to the recordings: they stay where they are; they are copied to the session folder, which must be new or
   * empty, each copy checked by its hash; or they stay and all their samples are also taken into the database.
   */
  recordings: z.enum(['reference', 'copy', 'ingest']).default('reference'),
  /** What somebody says of the recordings, other than what the scan proposes. */
  choices: importChoicesSchema.optional(),
  /** Local identifier of the subject, `name@lab`. */
  subject: z.string().optional(),
  /** Laboratory whose set-up finds the recordings instead of a scan (`labs`). */
  lab: z.string().optional(),
  /** Tables of trials that are kept as stimuli of the epochs of these recordings. */
  tables: z.array(importTableSchema).readonly().default([]),
  /** Keys of scanned recordings to leave out. */
  exclude: z.array(z.string()).readonly().default([]),
  jobId: z.string().optional(),
});
export type CreateSessionRequest = z.infer<typeof createSessionRequestSchema>;

/** What was chosen for one rig, for its next recordings. */
export const importRecipeSchema = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(100),
  /** ISO 8601. */
  usedAt: z.string(),
  devices: z
    .array(
      z.object({
        /** How its recordings are known again: format, make, channels and rate. */
        layout: z.string(),
        device: z.string(),
        reader: readerChoiceSchema.optional(),
        probes: z.array(probeChoiceSchema).readonly().optional(),
      }),
    )
    .readonly(),
  pattern: z.string().optional(),
  sessions: z.enum(['one', 'each']).default('one'),
  subjectLab: z.string().optional(),
  recordings: z.enum(['reference', 'copy', 'ingest']).default('reference'),
});

/** A session, or where a pattern told several apart a dataset that links them. */
const createdSchema = z.discriminatedUnion('kind', [sessionInfoSchema, datasetInfoSchema]);
export type Created = z.infer<typeof createdSchema>;

/** What copying or ingesting would need, in bytes. */
const spaceSchema = z.object({
  /** Free on the disk that holds the folder, or would hold it. */
  freeBytes: z.number(),
  /** Of the files of the recordings. */
  fileBytes: z.number(),
});

export const importsContract = {
  /** Looks at every file of a folder and its folders. Writes nothing. A job: progress and cancel in `jobs`. */
  scan: oc
    .input(
      z.object({
        folder: pathSchema,
        /** A session to which they are to be added: what it has already is left out. */
        into: pathSchema.optional(),
        /** Files of the folder that alone were meant: nothing else is looked at. */
        only: z.array(pathSchema).optional(),
        jobId: z.string().optional(),
      }),
    )
    .output(scanResultSchema),
  /** Laboratories whose way of keeping recordings is known, with the names of their DAQ systems. */
  labs: oc.output(z.array(z.object({ name: z.string(), systems: z.array(z.string()) }))),
  /** Makes a session; from a scan, if asked. The recordings are never changed. A job. */
  create: oc.input(createSessionRequestSchema).output(createdSchema),
  /** Adds the recordings of a folder to a session. A job. */
  add: oc.input(addRecordingsRequestSchema).output(addedRecordingsSchema),
  /** Whether recordings can be added to what lies at a path. Writes nothing. */
  additionHome: oc.input(z.object({ path: pathSchema })).output(additionHomeSchema),
  /** Takes back what `create` wrote (by the folder of the session), or the copies of `add` (by their folder), and only that; refused when anything of it was changed since. */
  undoCreate: oc
    .input(z.object({ path: pathSchema }))
    .output(z.object({ path: z.string(), removed: z.number().int() })),
  /** What is remembered of rigs, the one used last first. */
  recipes: oc.output(z.array(importRecipeSchema)),
  /** Remembers a recipe; one of the same id is replaced. */
  keepRecipe: oc.input(importRecipeSchema).output(z.array(importRecipeSchema)),
  forgetRecipe: oc.input(z.object({ id: z.string() })).output(z.array(importRecipeSchema)),
  /** How much room there is for a copy in a folder, which need not be there yet. */
  space: oc.input(z.object({ folder: pathSchema, files: z.array(z.string()) })).output(spaceSchema),
  /** What is known of a file as a raw matrix: its size, and the description beside it, if there is one. */
  matrix: oc
    .input(z.object({ file: pathSchema }))
    .output(z.object({ file: z.string(), sizeBytes: z.number(), description: matrixDescriptionSchema.nullable() })),
  /**
   * Says what raw matrices hold, in a text beside each of them; null takes that text away. The files are not touched.
   * All or none. `before` is what was said until now.
   */
  describeMatrix: oc
    .input(z.object({ files: z.array(pathSchema).min(1).max(10_000), description: matrixDescriptionSchema.nullable() }))
    .output(z.object({ texts: z.array(z.string()), before: z.array(matrixDescriptionSchema.nullable()) })),
  /** NDI's readers that can read a recording, the proposed one first, with the clocks that each of them tells. */
  readers: oc
    .input(z.object({ path: pathSchema }))
    .output(z.array(readerChoiceSchema.extend({ name: z.string(), clocks: scannedRecordingSchema.shape.clocks }))),
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
