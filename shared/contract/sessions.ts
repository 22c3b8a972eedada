import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, problemSchema, sessionPlace } from './common.ts';
import { recordingInfoSchema } from './recordings.ts';

export const clockSpanSchema = z.object({
  /** Clock type of NDI: `dev_local_time`, `utc`, ... */
  type: z.string(),
  t0: z.number().nullable(),
  t1: z.number().nullable(),
});

export const probeSchema = z.object({
  name: z.string(),
  reference: z.number(),
  type: z.string(),
  /** Local identifier of the subject. */
  subject: z.string(),
  /** Number of epochs in which the probe was recorded. */
  epochs: z.number(),
  /** Id of the element document; null while the probe is known from epoch probe maps only. */
  id: z.string().nullable(),
});
export type Probe = z.infer<typeof probeSchema>;

export const epochSchema = z.object({
  epochId: z.string(),
  /** 1-based position in its DAQ system's epoch table. */
  number: z.number().int(),
  device: z.string(),
  files: z.array(z.string()),
  clocks: z.array(clockSpanSchema),
  /** `name | reference` of each probe in the epoch probe map, with its device string. */
  probes: z.array(z.object({ name: z.string(), reference: z.number(), type: z.string(), deviceString: z.string() })),
  /** It is a series of frames (`images`), not of samples. */
  images: z.boolean().optional(),
  problems: z.array(problemSchema),
});
export type Epoch = z.infer<typeof epochSchema>;

const documentCountsSchema = z.object({ total: z.number(), byClass: z.record(z.string(), z.number()) });

export const sessionInfoSchema = z.object({
  kind: z.literal('session'),
  id: z.string(),
  reference: z.string(),
  path: z.string(),
  documents: documentCountsSchema,
  daqSystems: z.array(z.object({ name: z.string(), reader: z.string(), id: z.string(), epochs: z.number() })),
  subjects: z.array(z.object({ id: z.string(), localIdentifier: z.string(), description: z.string() })),
  probes: z.array(probeSchema),
  epochs: z.array(epochSchema),
  problems: z.array(problemSchema),
});
export type SessionInfo = z.infer<typeof sessionInfoSchema>;

export const datasetInfoSchema = z.object({
  kind: z.literal('dataset'),
  id: z.string(),
  reference: z.string(),
  path: z.string(),
  sessions: z.array(
    z.object({ id: z.string(), reference: z.string(), linked: z.boolean(), path: z.string(), documents: z.number() }),
  ),
  documents: documentCountsSchema,
  problems: z.array(problemSchema),
});
export type DatasetInfo = z.infer<typeof datasetInfoSchema>;

/** A folder that is neither a session nor a recording: what an import could look at. */
export const folderInfoSchema = z.object({
  kind: z.literal('folder'),
  path: z.string(),
  entries: z.number(),
  problems: z.array(problemSchema),
});

export const itemInfoSchema = z.discriminatedUnion('kind', [
  sessionInfoSchema,
  datasetInfoSchema,
  recordingInfoSchema,
  folderInfoSchema,
]);
export type ItemInfo = z.infer<typeof itemInfoSchema>;

export const recentSchema = z.object({
  path: z.string(),
  kind: z.enum(['session', 'dataset', 'recording', 'folder']),
  reference: z.string(),
  /** ISO 8601. */
  openedAt: z.string(),
  pinned: z.boolean(),
  missing: z.boolean(),
});
export type Recent = z.infer<typeof recentSchema>;

export const folderEntrySchema = z.object({ name: z.string(), path: z.string(), folder: z.boolean() });

export const itemsContract = {
  /** What a path is and holds. Reads only: not a byte of it changes. */
  info: oc.input(z.object(sessionPlace)).output(itemInfoSchema),
  /** As `info`, and remembers the path among the recents. */
  open: oc.input(z.object({ path: pathSchema })).output(itemInfoSchema),
};

export const recentsContract = {
  list: oc.output(z.array(recentSchema)),
  pin: oc.input(z.object({ path: pathSchema, pinned: z.boolean() })).output(z.array(recentSchema)),
  remove: oc.input(z.object({ path: pathSchema })).output(z.array(recentSchema)),
};

export const foldersContract = {
  /** Folders (and files) of one folder, for the folder dialog where the system's own is out of reach. */
  list: oc.input(z.object({ path: pathSchema.optional(), files: z.boolean().default(false) })).output(
    z.object({
      path: z.string(),
      parent: z.string().nullable(),
      places: z.array(z.object({ name: z.string(), path: z.string() })),
      entries: z.array(folderEntrySchema),
    }),
  ),
  /**
   * Where a dropped file or folder lies: a browser gives its name and what is in it but not its path. Looks in the
   * known places for an entry of that name whose children have the same names and sizes.
   */
  locate: oc
    .input(
      z.object({
        name: z.string().min(1).max(1024),
        folder: z.boolean(),
        sizeBytes: z.number().nullable(),
        children: z.array(z.object({ name: z.string(), sizeBytes: z.number().nullable() })).max(200),
      }),
    )
    .output(z.object({ paths: z.array(z.string()) })),
};
