import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorReportSchema } from './errors.ts';

export const ontologyTermSchema = z.object({
  /** As NDI's look-up gives it: with its prefix, save for NDIC, NCIm and PubChem. */
  id: z.string(),
  /** As documents write it: `PREFIX:id`. */
  curie: z.string(),
  name: z.string(),
  /** `CL`, `Uberon`, `NCBITaxon` … */
  ontology: z.string(),
  /** Empty where none is known. */
  definition: z.string(),
  synonyms: z.array(z.string()),
  source: z.enum(['offline table', 'cache', 'provider']),
  /** Who answered; empty for the offline table. */
  provider: z.string(),
  /** When it was asked for (ISO 8601); null for the offline table. */
  retrievedAt: z.string().nullable(),
});
export type OntologyTerm = z.infer<typeof ontologyTermSchema>;

export const ontologyContract = {
  /** The one term that `PREFIX:id` or `PREFIX:name` means; `refresh` asks its server though it is known. */
  lookup: oc
    .input(z.object({ term: z.string().max(1000), refresh: z.boolean().default(false) }))
    .output(ontologyTermSchema),
  /** Terms whose name or synonym holds a text, the closest first. `problem` tells why servers gave nothing. */
  search: oc
    .input(
      z.object({
        text: z.string().max(400),
        /** Names of ontologies; all where it is left out. */
        among: z.array(z.string()).optional(),
        limit: z.number().int().min(1).max(200).default(20),
        /** Ask servers too, where the settings allow it. */
        online: z.boolean().default(true),
      }),
    )
    .output(z.object({ terms: z.array(ontologyTermSchema), problem: errorReportSchema.nullable() })),
  /** Forgets the terms that were looked up before. */
  clearCache: oc.output(z.object({ cleared: z.boolean() })),
};
