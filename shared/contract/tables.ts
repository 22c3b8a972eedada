import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, sessionPlace } from './common.ts';
import { queryConditionSchema } from './documents.ts';

/** What a table has a row for. */
export const tableSubjectSchema = z.enum([
  'subject',
  'probe',
  'epoch',
  'element',
  'treatment',
  'openminds',
  'ontologyTableRow',
]);
export type TableSubject = z.infer<typeof tableSubjectSchema>;

export const tableRequestSchema = z.object({
  path: pathSchema,
  /** Only this session of a dataset. */
  sessionId: z.string().optional(),
  by: tableSubjectSchema,
  /** `openminds`: one type; `ontologyTableRow`: the rows with these variables. All where it is left out. */
  kind: z.string().optional(),
  /** NDI's query as JSON: which subjects, probes or elements. */
  where: z.array(queryConditionSchema).optional(),
  /** Classes whose documents add their fields as columns where they depend on what a row is about. */
  classes: z.array(z.string().min(1).max(200)).max(20).default([]),
});

const tableCellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type TableCell = z.infer<typeof tableCellSchema>;

/** A row's values in the order of the columns, and the document that it is about. */
const tableRowSchema = z.object({ id: z.string().nullable(), cells: z.array(tableCellSchema) });
export type TableRow = z.infer<typeof tableRowSchema>;

const tableExportSchema = tableRequestSchema.extend({ to: z.enum(['csv', 'json', 'parquet']) });

/** Documents as tables by subject, probe, epoch, element or treatment, with the columns of NDI's own tables. */
export const tablesContract = {
  /** The kinds of openMINDS documents, and of tables that ontology table rows make, that there are. */
  kinds: oc.input(z.object(sessionPlace)).output(
    z.object({
      openminds: z.array(z.object({ type: z.string(), count: z.number() })),
      ontologyTableRow: z.array(
        z.object({ variableNames: z.string(), names: z.string(), ontologyNodes: z.string(), count: z.number() }),
      ),
    }),
  ),
  get: oc.input(tableRequestSchema).output(z.object({ columns: z.array(z.string()), rows: z.array(tableRowSchema) })),
  /** Writes a table to a file on this computer. */
  export: oc
    .input(tableExportSchema.extend({ out: pathSchema }))
    .output(z.object({ path: z.string(), rows: z.number(), columns: z.array(z.string()), sizeBytes: z.number() })),
  /** A table as the bytes of a file, for the page to save. */
  download: oc.input(tableExportSchema).output(z.object({ rows: z.number(), file: z.instanceof(Blob) })),
};
