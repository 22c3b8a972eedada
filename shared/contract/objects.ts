import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, sessionPlace } from './common.ts';
import { documentSummarySchema } from './documents.ts';
import { editResultSchema } from './edits.ts';

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
  /** Adds an epoch to an element that holds its own, with samples of a table (times first) if one is given. */
  addEpoch: oc
    .input(
      z.object({
        ...sessionPlace,
        element: z.string().min(1),
        epochId: z.string().min(1),
        clocks: z.array(z.object({ type: z.string(), t0: z.number(), t1: z.number() })).min(1),
        /** CSV or TSV: a header, seconds on the first clock, and a value or more for each. */
        table: pathSchema.optional(),
        /** Epochs of which it was made. */
        epochIds: z.array(z.string()).default([]),
      }),
    )
    .output(editResultSchema),
};
