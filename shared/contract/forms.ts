import { oc } from '@orpc/contract';
import { z } from 'zod';
import { sessionPlace } from './common.ts';
import { documentEditSchema, newDocumentSchema } from './edits.ts';

/** A class of documents, as a person chooses it. */
export const documentClassSchema = z.object({
  class: z.string(),
  family: z.string(),
  /** One sentence; empty where there is none. */
  help: z.string(),
  /** Among the first that a person would look for. */
  common: z.boolean(),
  /** Why no document of this class can be stored; empty where it can. */
  obstacle: z.string(),
});
export type DocumentClass = z.infer<typeof documentClassSchema>;

export const formFieldSchema = z.object({
  name: z.string(),
  /** Dotted path in the document. */
  path: z.string(),
  /** NDI's type: `string`, `char`, `integer`, `double`, `matrix`, `timestamp`, `did_uid`, `structure`, `cell`. */
  type: z.string(),
  help: z.string(),
  /** What a blank document holds. */
  default: z.unknown(),
  /** Limits of a number; null for none. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Longest text; null for none. */
  maxLength: z.number().nullable(),
  /** A term of an ontology, or several with commas between them. */
  term: z.enum(['one', 'list']).nullable(),
  /** Field that holds the term's name in words. */
  nameField: z.string().nullable(),
  /** Long texts get more room. */
  long: z.boolean(),
});
export type FormField = z.infer<typeof formFieldSchema>;

export const documentFormSchema = z.object({
  class: z.string(),
  help: z.string(),
  obstacle: z.string(),
  ancestors: z.array(z.string()),
  /** Property lists: the class's own first, `base` last. */
  groups: z.array(z.object({ name: z.string(), list: z.boolean(), fields: z.array(formFieldSchema) })),
  dependencies: z.array(
    z.object({
      name: z.string(),
      required: z.boolean(),
      /** Class of the documents that are meant; null for any. */
      class: z.string().nullable(),
      /** A numbered set: `name_1`, `name_2` … */
      many: z.boolean(),
    }),
  ),
  files: z.array(z.object({ name: z.string(), required: z.boolean() })),
});
export type DocumentForm = z.infer<typeof documentFormSchema>;

/** A document that is being written: a new one, or a stored one with changes. */
export const draftSchema = z.union([
  newDocumentSchema,
  z.object({ id: z.string().min(1), edits: z.array(documentEditSchema) }),
]);

export const draftProblemSchema = z.object({
  /** Place of the draft in the list. */
  draft: z.number().int(),
  /** Dotted path; `depends_on.NAME` and `files.NAME` for those. */
  field: z.string(),
  message: z.string(),
  /** `blocks`: NDI would not store it. `shouldFix`: it would, but something else in NDI would stumble. */
  grade: z.enum(['blocks', 'shouldFix']),
});
export type DraftProblem = z.infer<typeof draftProblemSchema>;

export const formsContract = {
  /** All classes of documents, the common ones first. */
  classes: oc.output(z.array(documentClassSchema)),
  form: oc.input(z.object({ class: z.string() })).output(documentFormSchema),
  /** What is wrong with documents that are being written. Writes nothing. */
  check: oc
    .input(z.object({ ...sessionPlace, drafts: z.array(draftSchema).max(20_000) }))
    .output(z.array(draftProblemSchema)),
};
