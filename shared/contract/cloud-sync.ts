import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { copyStates, syncActions, syncModes, syncStates } from '../model/sync.ts';
import { pathSchema } from './common.ts';
import { documentBodySchema } from './documents.ts';
import { errorReportSchema } from './errors.ts';

const noteSchema = z.object({ code: z.string(), message: z.string() });
const path = z.object({ path: pathSchema });
const runId = z.object({ id: z.string() });
const done = z.object({ done: z.literal(true) });

export const syncStatusSchema = z.object({
  linked: z.boolean(),
  cloudDatasetId: z.string().nullable(),
  state: z.enum(copyStates),
  /** When both sides were last looked at; null for never. */
  checkedAt: z.string().nullable(),
  /** Documents here were written since: what the last look found may not be true any more. */
  changedHere: z.boolean(),
  localOnly: z.number(),
  remoteOnly: z.number(),
  common: z.number(),
  conflicts: z.number(),
});
export type SyncStatus = z.infer<typeof syncStatusSchema>;

export const syncOptionsSchema = z.object({
  mode: z.enum(syncModes).default('twoWay'),
  /** Two-way only: also carry deletions over. */
  deletions: z.boolean().default(false),
  /** Also fetch the bytes of files. */
  files: z.boolean().default(false),
  /** Also carry changed content over. */
  updateEdited: z.boolean().default(false),
});

export const planStepSchema = z.object({
  action: z.enum(syncActions),
  kind: z.enum(['document', 'file']),
  id: z.string(),
  cloudId: z.string().nullable(),
  bytes: z.number().nullable(),
  reason: z.string(),
  state: z.enum(syncStates),
  side: z.enum(['here', 'there', 'both']).nullable(),
  documentId: z.string(),
  className: z.string(),
  name: z.string(),
  refused: z.boolean(),
  /** The document was on both sides after the last sync. */
  wasCommon: z.boolean(),
});

const totalSchema = z.object({ documents: z.number(), files: z.number(), bytes: z.number() });

export const syncPlanSchema = z.object({
  /** Null where the upload will make the dataset. */
  cloudDatasetId: z.string().nullable(),
  mode: z.enum(syncModes),
  deletions: z.boolean(),
  files: z.boolean(),
  updateEdited: z.boolean(),
  /** As many as were asked for, of the kinds that were asked for; each document is followed by its files. */
  steps: z.array(planStepSchema),
  /** Steps of those kinds altogether. */
  stepCount: z.number(),
  totals: z.record(z.enum(syncActions), totalSchema),
  states: z.record(z.enum(syncStates), z.number()),
  warnings: z.array(noteSchema),
  blocked: noteSchema.nullable(),
  consent: z.enum(['none', 'yes', 'typed']),
  /** What has to be typed to agree to many deletions. */
  datasetName: z.string(),
});
export type SyncPlanView = z.infer<typeof syncPlanSchema>;

/** How a conflict is settled: a side, or a document put together from both. */
export const resolutionSchema = z.union([z.enum(['here', 'there']), z.object({ merged: documentBodySchema })]);

export const approvalSchema = z.object({
  yes: z.boolean().optional(),
  maxDeletions: z.number().int().min(0).optional(),
  /** The name of the dataset, as it was typed. */
  typedName: z.string().optional(),
  /** Everything but the deletions is carried out; the next plan names them again. */
  withoutDeletions: z.boolean().optional(),
});

/** Ingest what lies outside of the database first, and take linked sessions in: it cannot be sent as it lies. */
const takeIn = z.boolean().optional();

export const transferRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('upload'),
    path: pathSchema,
    /** Name of the dataset in the cloud, where it has to be made. */
    name: z.string().trim().min(1).max(500).optional(),
    takeIn,
  }),
  z.object({
    kind: z.literal('sync'),
    path: pathSchema,
    options: syncOptionsSchema,
    approval: approvalSchema.optional(),
    resolutions: z.record(z.string(), resolutionSchema).optional(),
    takeIn,
  }),
  z.object({
    kind: z.literal('download'),
    datasetId: z.string(),
    folder: pathSchema,
    files: z.boolean().default(false),
    ownSessionId: z.string().optional(),
  }),
]);
export type TransferRequest = z.infer<typeof transferRequestSchema>;

export const transferReportSchema = z.object({
  cloudDatasetId: z.string(),
  path: z.string(),
  /** Documents. */
  sent: z.number(),
  fetched: z.number(),
  updated: z.number(),
  deletedHere: z.number(),
  deletedThere: z.number(),
  /** Documents and files that were left alone, with a reason in the plan. */
  skipped: z.number(),
  failed: z.array(z.object({ id: z.string(), reason: z.string() })),
  /** Documents and files that were found whole on the other side. */
  verified: z.number(),
  /** Parts that an earlier run had brought over. */
  resumed: z.number(),
  elapsedMs: z.number(),
  sentFiles: z.number(),
  fetchedFiles: z.number(),
  sentBytes: z.number(),
  fetchedBytes: z.number(),
  /** Documents that had to be posted one by one because the archive did not arrive. */
  resentSingly: z.number(),
  conflicts: z.array(z.string()),
  warnings: z.array(noteSchema),
});
export type TransferReport = z.infer<typeof transferReportSchema>;

export const transferStates = [
  'running',
  'paused',
  'offline',
  'needsSignIn',
  'interrupted',
  'done',
  'partly',
  'failed',
  'cancelled',
] as const;

export const transferSchema = z.object({
  id: z.string(),
  kind: z.enum(['upload', 'sync', 'download']),
  title: z.string(),
  path: z.string(),
  cloudDatasetId: z.string(),
  state: z.enum(transferStates),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  phase: z.string(),
  documents: z.number(),
  documentsDone: z.number(),
  files: z.number(),
  filesDone: z.number(),
  bytes: z.number(),
  bytesDone: z.number(),
  /** Bytes a second. */
  rate: z.number(),
  moving: z.array(
    z.object({
      uid: z.string(),
      name: z.string(),
      bytes: z.number(),
      done: z.number(),
      direction: z.enum(['send', 'fetch']),
    }),
  ),
  report: transferReportSchema.nullable(),
  error: errorReportSchema.nullable(),
});
export type TransferView = z.infer<typeof transferSchema>;

export const transferListSchema = z.object({
  transfers: z.array(transferSchema),
  /** Bytes a second that all together may use; null for no limit. */
  limit: z.number().nullable(),
  /** They are kept to one network, and wait while another is in use. */
  keptToNetwork: z.boolean(),
});
export type TransferList = z.infer<typeof transferListSchema>;

export const cloudSyncContract = {
  /** How far a copy and its dataset are apart: as last seen, or looked at now. */
  status: oc.input(path.extend({ check: z.boolean().default(false) })).output(syncStatusSchema),
  /** As last seen, in a moment however large the copy: for lists. */
  glance: oc.input(path).output(syncStatusSchema.pick({ state: true, checkedAt: true, changedHere: true })),
  /** What a sync would do. Changes nothing. An upload of a copy that is not linked yet is planned too. */
  plan: oc
    .input(
      path.extend({
        options: syncOptionsSchema,
        /** Null for all of them. */
        limit: z.number().int().min(0).nullable().default(500),
        actions: z.array(z.enum(syncActions)).optional(),
        acceptEmptyRemote: z.boolean().default(false),
      }),
    )
    .output(syncPlanSchema),
  /** Both versions of a document that was changed on both sides; null where a side has none. */
  versions: oc
    .input(path.extend({ id: z.string() }))
    .output(z.object({ here: documentBodySchema.nullable(), there: documentBodySchema.nullable() })),
  /** What this copy lost by overwriting and deleting: earlier versions of a document. */
  history: oc
    .input(path.extend({ id: z.string() }))
    .output(z.array(z.object({ side: z.string(), json: z.string(), why: z.string(), at: z.string() }))),
  /** What this copy and its dataset lost by overwriting and deleting, the latest first. */
  lost: oc
    .input(path)
    .output(z.array(z.object({ id: z.string(), side: z.string(), why: z.string(), at: z.string(), name: z.string() }))),
  /** Documents that came and could not be stored. */
  quarantine: oc.input(path).output(z.array(z.object({ id: z.string(), cloudId: z.string(), reason: z.string() }))),
  /** Begins an upload, sync or download; it goes on by itself. */
  start: oc.input(z.object({ request: transferRequestSchema })).output(runId),
  /** Waits for its end. @throws what it ended with, where nothing could be done */
  finish: oc.input(runId).output(transferReportSchema),
  /** All transfers now, and again whenever something changes (a few times a second). */
  watch: oc.output(eventIterator(transferListSchema)),
  pause: oc.input(runId).output(done),
  resume: oc.input(runId).output(done),
  cancel: oc.input(runId).output(done),
  /** Begins again, for what failed. */
  retry: oc.input(runId).output(runId),
  forget: oc.input(runId).output(done),
  /** Keeps all transfers to the network in use now, or lets them use any; until the process ends. */
  keepToNetwork: oc.input(z.object({ on: z.boolean() })).output(done),
  limit: oc.input(z.object({ bytesASecond: z.number().min(1024).nullable() })).output(done),
};
