import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, sessionPlace } from './common.ts';
import { editResultSchema } from './edits.ts';

/** A term as documents hold it; both empty where nothing is known. */
const describedTermSchema = z.object({ name: z.string(), term: z.string() });

/** A term to be set: by `PREFIX:id` or `PREFIX:name`, looked up unless its name comes with it. */
const givenTermSchema = z.object({ term: z.string().max(1000), name: z.string().max(1000).optional() });

const sexSchema = z.enum(['male', 'female', 'hermaphrodite', 'notDetectable']);
export type BiologicalSex = z.infer<typeof sexSchema>;

export const describedSubjectSchema = z.object({
  id: z.string(),
  localIdentifier: z.string(),
  description: z.string(),
  species: describedTermSchema,
  strain: describedTermSchema,
  sex: describedTermSchema,
});
export type DescribedSubject = z.infer<typeof describedSubjectSchema>;

const subjectPlace = {
  ...sessionPlace,
  /** Local identifier (`ferret22@lab`), or the id of its document. */
  subject: z.string().min(1),
};

const treatmentRowSchema = z.object({
  name: z.string(),
  ontologyName: z.string(),
  numericValue: z.array(z.number()),
  stringValue: z.string(),
  /** Row of the manipulation that it belongs to, from 1; null for a manipulation itself. */
  manipulation: z.number().nullable(),
});

/** What subjects are, and what was done to them. Each change is one step that can be undone. */
export const subjectsContract = {
  describe: oc.input(z.object(subjectPlace)).output(describedSubjectSchema),
  /** What is left out stays, null takes away. */
  set: oc
    .input(
      z.object({
        ...subjectPlace,
        species: givenTermSchema.nullish(),
        strain: givenTermSchema.nullish(),
        sex: sexSchema.nullish(),
      }),
    )
    .output(editResultSchema),
  /** What a table of treatments would give; writes nothing. */
  previewTreatments: oc
    .input(z.object({ ...subjectPlace, file: pathSchema }))
    .output(z.object({ columns: z.array(z.string()), rows: z.array(treatmentRowSchema) })),
  /** Stores a table's rows as `treatment` documents of a subject. */
  importTreatments: oc.input(z.object({ ...subjectPlace, file: pathSchema })).output(editResultSchema),
};
