import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, sessionPlace } from './common.ts';
import { documentSummarySchema } from './documents.ts';

/** A time of an epoch node; null where it is not known. */
const timeSchema = z.number().nullable();

const epochNodeSchema = z.object({
  epoch_id: z.string(),
  epoch_session_id: z.string(),
  epochprobemap: z.array(
    z.object({
      name: z.string(),
      reference: z.number(),
      type: z.string(),
      devicestring: z.string(),
      subjectstring: z.string(),
    }),
  ),
  epoch_clock: z.string(),
  t0_t1: z.array(timeSchema),
  objectname: z.string(),
  objectclass: z.string(),
});
export type EpochNode = z.infer<typeof epochNodeSchema>;

/** What implementations of NDI compare their sessions by, with the names of fields that all of them use. */
export const sessionSummarySchema = z.object({
  reference: z.string(),
  sessionId: z.string(),
  files: z.array(z.string()),
  filesInDotNDI: z.array(z.string()),
  daqSystemNames: z.array(z.string()),
  daqSystemDetails: z.array(
    z.object({
      filenavigator_class: z.string(),
      daqreader_class: z.string(),
      epochNodes_filenavigator: z.array(epochNodeSchema),
      epochNodes_daqsystem: z.array(epochNodeSchema),
    }),
  ),
  probes: z.array(z.object({ name: z.string(), reference: z.number(), type: z.string(), subject_id: z.string() })),
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;

export const datasetSummarySchema = z.object({
  numSessions: z.number(),
  references: z.array(z.string()),
  sessionIds: z.array(z.string()),
  sessionSummaries: z.array(sessionSummarySchema),
  documentCounts: z.array(z.object({ sessionId: z.string(), count: z.number() })),
});

/** A session or dataset, or one session of a dataset. */
const placeSchema = z.object(sessionPlace);

const differenceSchema = z.object({
  field: z.string(),
  /** As JSON, shortened; null where that document does not have the field. */
  a: z.string().nullable(),
  b: z.string().nullable(),
});

const differingBytesSchema = z.object({ offset: z.number(), a: z.string(), b: z.string() });

export const fileComparisonSchema = z.object({
  equal: z.boolean(),
  sizeA: z.number(),
  sizeB: z.number(),
  /** Places in which they differ, with those that only the longer one has. */
  differingBytes: z.number(),
  /** Sixteen bytes a row as hexadecimal digits: the first rows that differ. */
  rows: z.array(differingBytesSchema),
});
export type FileComparison = z.infer<typeof fileComparisonSchema>;

const comparedFileSchema = z.object({
  uid: z.string(),
  sizeBytes: z.number().nullable(),
  /** Why its bytes could not be read; empty where they could. */
  problem: z.string(),
});

/** How two sessions or datasets differ; each list holds at most 500, the counts tell of all. */
export const itemComparisonSchema = z.object({
  equal: z.boolean(),
  counts: z.object({
    onlyInA: z.number(),
    onlyInB: z.number(),
    inBoth: z.number(),
    mismatched: z.number(),
    files: z.number(),
  }),
  onlyInA: z.array(documentSummarySchema),
  onlyInB: z.array(documentSummarySchema),
  mismatched: z.array(documentSummarySchema.extend({ differences: z.array(differenceSchema) })),
  files: z.array(
    z.object({
      document: documentSummarySchema,
      name: z.string(),
      a: comparedFileSchema.nullable(),
      b: comparedFileSchema.nullable(),
      /** Null where one of them could not be read, or only one document has it. */
      comparison: fileComparisonSchema.nullable(),
    }),
  ),
});
export type ItemComparison = z.infer<typeof itemComparisonSchema>;

const documentPlaceSchema = placeSchema.extend({ id: z.string().min(1) });

/** How fields of a document that was computed anew are compared with those of the expected one. */
export const recipeSchema = z.array(
  z.object({
    /** Dotted path; elements of lists of objects are counted from 1: `list(2).name`. */
    name: z.string(),
    comparisonMethod: z.string(),
    toleranceAmount: z.union([z.number(), z.array(z.number())]),
  }),
);

/** Comparisons of sessions, datasets, documents and files. All only read. */
export const comparisonsContract = {
  /** The summary of a session, or of a dataset with all its sessions. */
  summary: oc
    .input(placeSchema)
    .output(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('session'), summary: sessionSummarySchema }),
        z.object({ kind: z.literal('dataset'), summary: datasetSummarySchema }),
      ]),
    ),
  /** Compares a summary with that of another item, or with one that some implementation has written as JSON. */
  summaries: oc
    .input(placeSchema.extend({ other: pathSchema, excludeFiles: z.array(z.string()).default([]) }))
    .output(z.object({ equal: z.boolean(), differences: z.array(z.string()) })),
  /** Writes the summary and every document as JSON into a new folder, as implementations of NDI exchange them. */
  writeExchange: oc
    .input(placeSchema.extend({ out: pathSchema }))
    .output(z.object({ path: z.string(), documents: z.number() })),
  items: oc
    .input(
      z.object({
        a: placeSchema,
        b: placeSchema,
        /** Whether the bytes of files are compared too. */
        files: z.boolean().default(true),
        /** Dotted paths that do not count; `base.session_id` where it is left out. */
        ignore: z.array(z.string()).optional(),
      }),
    )
    .output(itemComparisonSchema),
  documents: oc
    .input(z.object({ a: documentPlaceSchema, b: documentPlaceSchema, ignore: z.array(z.string()).optional() }))
    .output(z.object({ equal: z.boolean(), differences: z.array(differenceSchema) })),
  /** The recipe that compares nothing yet, for a document to be filled in. */
  recipe: oc.input(documentPlaceSchema).output(recipeSchema),
  /** Compares field by field as a recipe says. */
  byRecipe: oc
    .input(z.object({ actual: documentPlaceSchema, expected: documentPlaceSchema, recipe: recipeSchema }))
    .output(
      z.object({
        equal: z.boolean(),
        failures: z.array(
          z.object({
            name: z.string(),
            actual: z.string().nullable(),
            expected: z.string().nullable(),
            why: z.string(),
          }),
        ),
      }),
    ),
  /** Compares two files byte by byte. */
  files: oc
    .input(z.object({ a: pathSchema, b: pathSchema, rows: z.number().int().min(0).max(10_000).default(16) }))
    .output(fileComparisonSchema),
};
