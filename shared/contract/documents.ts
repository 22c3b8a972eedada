import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema } from './common.ts';

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
  /** Free text: found in name, class, id or any value of the document, whatever its case. */
  text: z.string().optional(),
  sort: z.enum(['name', 'class', 'datestamp', 'id']).default('datestamp'),
  descending: z.boolean().default(false),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(100_000).default(500),
});

export const documentFileSchema = z.object({
  name: z.string(),
  uid: z.string(),
  /** `file`, `url` or `ndicloud`. */
  locationType: z.string(),
  location: z.string(),
  /** Null where the bytes are not in the session's file store. */
  sizeBytes: z.number().nullable(),
});

export const documentDetailSchema = z.object({
  document: documentBodySchema,
  summary: documentSummarySchema,
  superclasses: z.array(z.string()),
  dependencies: z.array(z.object({ name: z.string(), id: z.string(), document: documentSummarySchema.nullable() })),
  dependents: z.array(documentSummarySchema),
  files: z.array(documentFileSchema),
});
export type DocumentDetail = z.infer<typeof documentDetailSchema>;

export const documentsContract = {
  /** Classes with their counts, in alphabetical order. */
  classes: oc
    .input(z.object({ path: pathSchema, sessionId: z.string().optional() }))
    .output(z.array(z.object({ class: z.string(), count: z.number() }))),
  list: oc
    .input(documentListRequestSchema)
    .output(z.object({ total: z.number(), documents: z.array(documentSummarySchema) })),
  /** As `list`, with the documents whole. */
  full: oc
    .input(documentListRequestSchema)
    .output(z.object({ total: z.number(), documents: z.array(documentBodySchema) })),
  get: oc.input(z.object({ path: pathSchema, id: z.string() })).output(documentDetailSchema),
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
