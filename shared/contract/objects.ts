import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, sessionPlace } from './common.ts';
import { documentSummarySchema } from './documents.ts';
import { editResultSchema } from './edits.ts';

/** Which of the tables of a file is meant, where it has several. */
const sheetChoice = { sheet: z.string().optional() };

/** What documents stand for, and whose files are. */
export const objectsContract = {
  /** The object of NDI that a document stands for: a probe, a DAQ system, a sync rule … */
  ofDocument: oc.input(z.object({ ...sessionPlace, id: z.string().min(1) })).output(
    z.object({
      kind: z.string(),
      className: z.string(),
      known: z.boolean(),
      name: z.string(),
      /** Values as JSON. */
      fields: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
  /** The document to which a stored file belongs; null where none has it. */
  ownerOfFile: oc.input(z.object({ ...sessionPlace, uid: z.string().min(1) })).output(
    z
      .object({
        document: documentSummarySchema,
        name: z.string(),
        sizeBytes: z.number().nullable(),
      })
      .nullable(),
  ),
  /** Files of documents and of epochs whose name, place or id holds a text, or that are those of an epoch with such an id. */
  findFiles: oc.input(z.object({ ...sessionPlace, text: z.string().trim().min(1).max(1000) })).output(
    z.object({
      matches: z.array(
        z.discriminatedUnion('kind', [
          z.object({
            kind: z.literal('document'),
            document: documentSummarySchema,
            name: z.string(),
            uid: z.string(),
            /** Null where the file is not on this computer. */
            path: z.string().nullable(),
            sizeBytes: z.number().nullable(),
          }),
          z.object({
            kind: z.literal('epoch'),
            epochId: z.string(),
            device: z.string(),
            path: z.string(),
            isThere: z.boolean(),
          }),
        ]),
      ),
      /** There are more than are told. */
      more: z.boolean(),
    }),
  ),
  /** A look at a file whose times and values are to become an epoch: a table, or a recording of any format. */
  readSamples: oc.input(z.object({ file: pathSchema, ...sheetChoice })).output(
    z.object({
      file: z.string(),
      kind: z.enum(['table', 'recording']),
      sheets: z.array(z.string()),
      sheet: z.string(),
      /** The first is the time. */
      columns: z.array(z.string()),
      /** The first ones. */
      rows: z.array(z.array(z.string())),
      total: z.number().int(),
      /** Times of the first and last sample, or the ends of a recording of events; null where there are none. */
      fromSec: z.number().nullable(),
      toSec: z.number().nullable(),
      sampleRate: z.number().nullable(),
    }),
  ),
  /** Adds an epoch to an element that holds its own, with the samples of a file (times first) if one is given. */
  addEpoch: oc
    .input(
      z.object({
        ...sessionPlace,
        element: z.string().min(1),
        epochId: z.string().min(1),
        clocks: z.array(z.object({ type: z.string(), t0: z.number(), t1: z.number() })).min(1),
        /** CSV, TSV, Excel or MAT: seconds on the first clock, and a value or more for each; or a recording. */
        table: pathSchema.optional(),
        ...sheetChoice,
        /** Epochs of which it was made. */
        epochIds: z.array(z.string()).default([]),
      }),
    )
    .output(editResultSchema),
};
