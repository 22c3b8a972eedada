import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, sessionPlace } from './common.ts';
import { editHistorySchema, editResultSchema } from './edits.ts';

const text = z.string().max(100_000);
/** Left out, it is empty. */
const ifAny = text.default('');
const texts = z.array(z.string().max(1000)).max(1000);

export const datasetMetadataSchema = z.object({
  title: text,
  shortName: text,
  abstract: text,
  comments: text,
  authors: z
    .array(
      z.object({
        ...{ givenName: text, familyName: text, orcid: ifAny, email: ifAny },
        ...{ roles: texts.default([]), affiliations: texts.default([]) },
      }),
    )
    .max(1000),
  license: text,
  funding: z.array(z.object({ funder: text, awardTitle: ifAny, awardNumber: ifAny })).max(1000),
  publications: z.array(z.object({ title: text, doi: ifAny, pmid: ifAny, pmcid: ifAny })).max(1000),
  documentation: text,
  version: text,
  versionInnovation: text,
  releaseDate: text,
  dataTypes: texts,
  approaches: texts,
  techniques: texts,
});

export const metadataContract = {
  /** What describes a dataset or session, where that was found, and what is missing before it can be published. */
  get: oc.input(z.object({ path: pathSchema })).output(
    z.object({
      metadata: datasetMetadataSchema,
      source: z.enum(['metadata_editor', 'openminds', 'none']),
      problems: z.array(z.object({ field: z.string(), message: z.string(), grade: z.enum(['blocks', 'shouldFix']) })),
    }),
  ),
  /** Stores the description, as one step that can be undone. What is not given stays as it is. */
  set: oc
    .input(z.object({ path: pathSchema, change: datasetMetadataSchema.partial() }))
    .output(z.object({ ids: z.array(z.string()), history: editHistorySchema })),
  /** Writes the description as openMINDS documents, in place of those of an earlier description. */
  writeOpenMinds: oc.input(z.object({ path: pathSchema })).output(editResultSchema),
  /** Stores openMINDS objects, given as JSON-LD, as documents. */
  addOpenMinds: oc
    .input(
      z.object({
        ...sessionPlace,
        objects: z.unknown(),
        /** What they describe: a subject, an element, or the element that stimulated. */
        about: z.object({ kind: z.enum(['subject', 'element', 'stimulus']), id: z.string() }).optional(),
      }),
    )
    .output(editResultSchema),
};
