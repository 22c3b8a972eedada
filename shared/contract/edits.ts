import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { sessionPlace } from './common.ts';
import { documentBodySchema } from './documents.ts';

/** One change of one document; `shared/model/document-edits.ts` tells their meaning. */
export const documentEditSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set'), path: z.string().min(1), value: z.unknown() }),
  z.object({ kind: z.literal('unset'), path: z.string().min(1) }),
  z.object({ kind: z.literal('dependency'), name: z.string().min(1), value: z.string().nullable() }),
  z.object({
    kind: z.literal('addFile'),
    name: z.string().min(1),
    location: z.string().min(1),
    deleteOriginal: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('removeFile'), name: z.string().min(1), location: z.string().optional() }),
]);

/**
 * What places of a document (`subject.description`, `depends_on.element_id`) held when the change was decided; null
 * for nothing. The change is refused where one of them holds something else by now.
 */
const seenSchema = z.array(z.object({ path: z.string().min(1), value: z.unknown() }));

/** A document to make: every field at its default but those given by dotted path. */
export const newDocumentSchema = z.object({
  class: z.string().min(1),
  values: z.record(z.string(), z.unknown()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  files: z.array(z.object({ name: z.string().min(1), location: z.string().min(1) })).default([]),
});

/** One action of a person on a session or dataset, which can be undone. */
export const editStepSchema = z.object({
  id: z.string(),
  /** What it does, for people: `Set subject.description`. */
  title: z.string(),
  /** ISO 8601. */
  at: z.string(),
  /** How many documents it added, removed or changed. */
  documents: z.number().int(),
  undone: z.boolean(),
});
export type EditStep = z.infer<typeof editStepSchema>;

/** The actions of this process on one folder, oldest first; `undo` and `redo` are the next ones to go. */
export const editHistorySchema = z.object({
  path: z.string(),
  /** Grows with every change that this process makes to the folder's documents. */
  revision: z.number().int(),
  steps: z.array(editStepSchema),
  undo: editStepSchema.nullable(),
  redo: editStepSchema.nullable(),
});
export type EditHistory = z.infer<typeof editHistorySchema>;

/** What was done: the documents that it touched, and the history with it. */
export const editResultSchema = z.object({ ids: z.array(z.string()), history: editHistorySchema });

const turnSchema = z.object({ ...sessionPlace, step: z.string().optional() });

/** Name of the step; one that says what is done is made where it is left out. */
const title = z.string().min(1).max(200).optional();

/** Problem of a stored document, or of the folder's data. */
export const validationProblemSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** The document. */
  id: z.string(),
  /** What to do about it. */
  fix: z.string(),
  class: z.string(),
  name: z.string(),
  /** Dotted path of the field, as the form shows it. */
  field: z.string(),
  rule: z.string(),
  /** What was found, as JSON; empty where nothing was. */
  value: z.string(),
});

/** Changes of documents. Each call is one transaction and one step that can be undone, or nothing at all. */
export const editsContract = {
  /** Stores whole documents. An empty session id becomes that of the session. */
  add: oc
    .input(z.object({ ...sessionPlace, documents: z.array(documentBodySchema).min(1), title }))
    .output(editResultSchema),
  /** Makes documents of given classes and stores them. */
  create: oc
    .input(z.object({ ...sessionPlace, documents: z.array(newDocumentSchema).min(1), title }))
    .output(editResultSchema),
  /** Removes documents; those on which others depend only with `cascade`, which removes the others too. */
  remove: oc
    .input(z.object({ ...sessionPlace, ids: z.array(z.string()).min(1), cascade: z.boolean().default(false), title }))
    .output(editResultSchema),
  /** What `remove` with `cascade` would remove, dependents first. Changes nothing. */
  removal: oc
    .input(z.object({ ...sessionPlace, ids: z.array(z.string()).min(1) }))
    .output(z.object({ ids: z.array(z.string()), dependents: z.array(z.string()) })),
  edit: oc
    .input(
      z.object({
        ...sessionPlace,
        documents: z
          .array(z.object({ id: z.string(), edits: z.array(documentEditSchema).min(1), seen: seenSchema.optional() }))
          .min(1),
        title,
      }),
    )
    .output(editResultSchema),
  /** With `step` that step only: it is refused where another one is the next by now. */
  undo: oc.input(turnSchema).output(editResultSchema),
  redo: oc.input(turnSchema).output(editResultSchema),
  history: oc.input(z.object(sessionPlace)).output(editHistorySchema),
  /** The histories of all folders changed in this process, now and after every change: reload what you show of them. */
  changes: oc.output(eventIterator(z.array(editHistorySchema))),
  /** Rules that stored documents break. Reads only; a job that can be cancelled. */
  validate: oc.input(z.object({ ...sessionPlace, ids: z.array(z.string()).optional() })).output(
    z.object({
      ok: z.boolean(),
      documents: z.number(),
      problems: z.array(validationProblemSchema),
      /** How many there are; `problems` lists some 2,000 of them. */
      found: z.number(),
    }),
  ),
};
