import { oc } from '@orpc/contract';
import { z } from 'zod';
import { problemSchema, sessionPlace } from './common.ts';
import { documentSummarySchema, queryConditionSchema } from './documents.ts';

/** What is done about a result that is there already: it is kept, made anew with what depends on it gone, or an error. */
const whenItExistsSchema = z.enum(['keep', 'replace', 'error']);

/** Computes documents from documents: NDI's calculators. */
export const calculatorsContract = {
  /** Runs over every input that fits, and writes all results as one step that can be undone. */
  run: oc
    .input(
      z.object({
        ...sessionPlace,
        /** `simple`, `stimulus-responses`, `tuningcurve`, or NDI's name of one. */
        calculator: z.string().min(1),
        parameters: z.record(z.string(), z.unknown()).default({}),
        /** Ids of documents that must be the input, by the name of the dependency. */
        inputs: z.record(z.string(), z.string()).default({}),
        /** Which documents may be the input; every one that fits without it. */
        query: z.array(queryConditionSchema).default([]),
        whenItExists: whenItExistsSchema.default('keep'),
      }),
    )
    .output(
      z.object({
        calculator: z.string(),
        /** What was written: results, and what they depend on that was not there. */
        documents: z.array(documentSummarySchema),
        ids: z.array(z.string()),
        /** Results of the same inputs and parameters that were there before. */
        kept: z.array(documentSummarySchema),
        problems: z.array(problemSchema),
      }),
    ),
};
