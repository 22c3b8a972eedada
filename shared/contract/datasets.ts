import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, sessionPlace } from './common.ts';
import { queryConditionSchema } from './documents.ts';
import { datasetInfoSchema } from './sessions.ts';

/** What goes with a session that a dataset holds; nothing for a linked one. */
export const memberContentSchema = z.object({
  id: z.string(),
  reference: z.string(),
  linked: z.boolean(),
  documents: z.number(),
  files: z.number(),
  sizeBytes: z.number(),
  /** Documents of other sessions that depend on its documents. */
  dependentsElsewhere: z.number(),
});
export type MemberContent = z.infer<typeof memberContentSchema>;

/** Copies documents whatever rules of NDI they break: NDI-python checks none, so others may not have either. */
const unchecked = z.boolean().default(false);

const memberSchema = z.object({ path: pathSchema, sessionId: z.string().min(1) });

export const datasetsContract = {
  /** Makes an empty dataset in a folder, which is made if need be. */
  create: oc.input(z.object({ path: pathSchema, reference: z.string() })).output(datasetInfoSchema),
  /** Makes a session a member: linked, or taken in with all documents and files. */
  add: oc
    .input(
      z.object({
        path: pathSchema,
        session: pathSchema,
        /** One of the sessions of the dataset at `session`. */
        sessionId: z.string().optional(),
        ingest: z.boolean().default(false),
        unchecked,
      }),
    )
    .output(datasetInfoSchema),
  /** What would go if the session were deleted from the dataset. */
  content: oc.input(memberSchema).output(memberContentSchema),
  /** Takes a linked session in. */
  convert: oc.input(memberSchema.extend({ unchecked })).output(datasetInfoSchema),
  /** Unlinks a linked session; deletes one that the dataset holds, only where `deleteDocuments` says so. */
  remove: oc.input(memberSchema.extend({ deleteDocuments: z.boolean().default(false) })).output(datasetInfoSchema),
};

export const copyResultSchema = z.object({
  /** Folder that was written to. */
  path: z.string(),
  kind: z.enum(['session', 'dataset']),
  /** Id of the session or dataset there. */
  id: z.string(),
  documents: z.number(),
  files: z.number(),
  sizeBytes: z.number(),
  /** Ids of the documents that were written. */
  ids: z.array(z.string()),
  /** Where nothing was checked: the rules that the copies break, at most 500. */
  problems: z.array(z.object({ id: z.string(), class: z.string(), field: z.string(), rule: z.string() })),
});
export type CopyResult = z.infer<typeof copyResultSchema>;

export const copiesContract = {
  /**
   * Copies a session or dataset, or some documents of a session, with all files. To a folder that holds none: whole,
   * with its id. Into a session: documents join it. Into a dataset: the session becomes a member.
   */
  copy: oc
    .input(
      z.object({
        ...sessionPlace,
        to: pathSchema,
        where: z.array(queryConditionSchema).optional(),
        newIds: z.boolean().default(false),
        /** Leaves the files behind. */
        withoutFiles: z.boolean().default(false),
        unchecked,
      }),
    )
    .output(copyResultSchema),
};
