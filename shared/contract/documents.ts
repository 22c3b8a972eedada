import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, sessionPlace } from './common.ts';

export const documentSummarySchema = z.object({
  id: z.string(),
  class: z.string(),
  name: z.string(),
  sessionId: z.string(),
  datestamp: z.string(),
});
export type DocumentSummary = z.infer<typeof documentSummarySchema>;

/** The whole document as NDI stores it, lists normalised; numbers that are not finite become null. */
export const documentBodySchema = z.record(z.string(), z.unknown());
export type DocumentBody = z.infer<typeof documentBodySchema>;

/** NDI's query: a conjunction of conditions (`shared/model/query.ts` tells their meaning). */
export const queryConditionSchema = z.object({
  field: z.string(),
  operation: z.string(),
  param1: z.unknown(),
  param2: z.unknown(),
});

export const documentListRequestSchema = z.object({
  path: pathSchema,
  /** Only documents of this session (a dataset holds several). */
  sessionId: z.string().optional(),
  class: z.string().optional(),
  /** Class or any of its ancestors. */
  isa: z.string().optional(),
  /** NDI's query as JSON. */
  where: z.array(queryConditionSchema).optional(),
  dependsOn: z.object({ name: z.string(), id: z.string() }).optional(),
  id: z.string().optional(),
  /** Free text: every word must stand in the document, in its class, a text, or at the beginning of an id or date. */
  text: z.string().optional(),
  /** `name`, `class`, `datestamp`, `id`, or a field such as `element.type`; documents without it come last. */
  sort: z.string().max(500).default('datestamp'),
  descending: z.boolean().default(false),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(0).max(100_000).default(500),
  /** Fields whose values come with each document of a list, for tables. */
  columns: z.array(z.string().max(500)).max(100).optional(),
  /** Wait until a large database is wholly indexed, instead of answering for what has been seen so far. */
  wait: z.boolean().default(false),
});

/** A value in a table: lists and objects as JSON, shortened. */
const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type DocumentCell = z.infer<typeof cellSchema>;

export const documentRowSchema = documentSummarySchema.extend({
  /** Values of the columns that were asked for, in their order. */
  cells: z.array(cellSchema).optional(),
});
export type DocumentRow = z.infer<typeof documentRowSchema>;

/** How many documents of a large database an answer is for; null where it is for all. */
const indexingSchema = z.object({ done: z.number(), of: z.number() }).nullable();
export type Indexing = z.infer<typeof indexingSchema>;

const exportFormatSchema = z.enum(['csv', 'json', 'parquet']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

const exportRequestSchema = documentListRequestSchema.omit({ offset: true, limit: true, wait: true }).extend({
  to: exportFormatSchema,
  /** Names the job, so that it can be cancelled. */
  jobId: z.string().optional(),
});

export const documentFileSchema = z.object({
  name: z.string(),
  uid: z.string(),
  /** `file`, `url` or `ndicloud`. */
  locationType: z.string(),
  location: z.string(),
  /** Null where the bytes are not on this computer. */
  sizeBytes: z.number().nullable(),
  /** It was fetched from NDI Cloud and is kept for a while. */
  fetched: z.boolean(),
});

export const documentDetailSchema = z.object({
  document: documentBodySchema,
  summary: documentSummarySchema,
  superclasses: z.array(z.string()),
  dependencies: z.array(z.object({ name: z.string(), id: z.string(), document: documentSummarySchema.nullable() })),
  dependents: z.array(documentSummarySchema),
  files: z.array(documentFileSchema),
  /** Lists, objects and texts of a huge document that are not there whole, by dotted path; the first thousand. */
  cut: z.array(z.object({ path: z.string(), shown: z.number(), total: z.number() })),
});
export type DocumentDetail = z.infer<typeof documentDetailSchema>;

export const documentsContract = {
  /** Classes with their counts, in alphabetical order. */
  classes: oc.input(z.object(sessionPlace)).output(z.array(z.object({ class: z.string(), count: z.number() }))),
  /** What a list would hold, before it is asked for: documents by class, and the fields that they have. */
  shape: oc.input(documentListRequestSchema.omit({ offset: true, limit: true, columns: true })).output(
    z.object({
      total: z.number(),
      classes: z.array(z.object({ class: z.string(), count: z.number() })),
      fields: z.array(z.string()),
    }),
  ),
  list: oc
    .input(documentListRequestSchema)
    .output(z.object({ total: z.number(), documents: z.array(documentRowSchema), indexing: indexingSchema })),
  /** Names of documents: their own, else what tells them apart in their class; empty where nothing does. */
  names: oc
    .input(z.object({ path: pathSchema, ids: z.array(z.string()).max(500) }))
    .output(z.array(z.object({ id: z.string(), name: z.string() }))),
  /** As `list`, with the documents whole. */
  full: oc
    .input(documentListRequestSchema)
    .output(z.object({ total: z.number(), documents: z.array(documentBodySchema), indexing: indexingSchema })),
  /** Writes what was found to a file on this computer. */
  export: oc
    .input(exportRequestSchema.extend({ out: pathSchema }))
    .output(z.object({ path: z.string(), documents: z.number(), columns: z.array(z.string()), sizeBytes: z.number() })),
  /** What was found as the bytes of a file, for the page to save. */
  download: oc.input(exportRequestSchema).output(z.object({ documents: z.number(), file: z.instanceof(Blob) })),
  /** Fields to ask for: those that documents have, most first, then those of the schemas. */
  fields: oc
    .input(z.object({ path: pathSchema, class: z.string().optional() }))
    .output(z.array(z.object({ field: z.string(), documents: z.number() }))),
  /** Texts that a field has and that hold what was typed. */
  values: oc
    .input(
      z.object({
        path: pathSchema,
        field: z.string().max(500),
        typed: z.string().max(500).default(''),
        limit: z.number().int().min(1).max(200).default(20),
      }),
    )
    .output(z.array(z.string())),
  /** A huge document is cut; one that is to be edited is refused instead (range.tooLarge). */
  get: oc
    .input(z.object({ path: pathSchema, id: z.string(), toEdit: z.boolean().optional() }))
    .output(documentDetailSchema),
  /** The first bytes of one of a document's files. */
  file: oc
    .input(
      z.object({
        path: pathSchema,
        id: z.string(),
        name: z.string(),
        maxBytes: z.number().int().min(1).max(3_000_000).default(65_536),
      }),
    )
    .output(z.object({ sizeBytes: z.number(), head: z.instanceof(Blob) })),
};
