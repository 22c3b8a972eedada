import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema } from './common.ts';

const path = z.object({ path: pathSchema });

export const publishCheckSchema = z.object({
  code: z.enum([
    'validator',
    'uploaded',
    'description',
    'title',
    'abstract',
    'licence',
    'authors',
    'orcid',
    'funding',
    'doi',
  ]),
  /** `missing` stops publishing, `advice` does not; `unknown` has not been looked at. */
  state: z.enum(['good', 'missing', 'advice', 'unknown']),
  message: z.string(),
  /** Where it is mended; null where there is nothing to mend. */
  mend: z
    .enum(['describe', 'sendDescription', 'validate', 'showProblems', 'sync', 'removePlaceholder', 'registerDoi'])
    .nullable(),
  /** Field of the description where it is mended. */
  field: z.string().nullable(),
});
export type PublishCheck = z.infer<typeof publishCheckSchema>;

export const publishStateSchema = z.object({
  /** Null before the first upload. */
  cloudDatasetId: z.string().nullable(),
  name: z.string(),
  state: z.enum(['notUploaded', 'draft', 'submitted', 'publishing', 'published', 'unpublishing']),
  page: z.string(),
  doi: z.string(),
  checks: z.array(publishCheckSchema),
  /** Whether nothing that is needed is missing, and all was looked at. */
  ready: z.boolean(),
  /** Fields of the record in the cloud that say something else than the description here. */
  differing: z.array(z.string()),
});
export type PublishState = z.infer<typeof publishStateSchema>;

export const registrationSchema = z.object({
  doi: z.string(),
  system: z.enum(['test', 'production']),
  /**
   * `prepared`: a DOI is chosen; `deposited`: Crossref has the deposit; `tested`: its test system took it; `registered`:
   * the DOI lives, but the dataset's record does not hold it yet; `written`: it does; `failed`: Crossref refused it.
   */
  state: z.enum(['prepared', 'deposited', 'tested', 'registered', 'written', 'failed']),
  /** Name under which Crossref keeps the deposit. */
  fileName: z.string(),
  /** ISO 8601; null before the first deposit. It grows with each. */
  depositedAt: z.string().nullable(),
  /** What Crossref says of it. */
  message: z.string(),
});
export type Registration = z.infer<typeof registrationSchema>;

export const doiStateSchema = z.object({
  /** The DOI in the dataset's record; empty where it has none. */
  doi: z.string(),
  /** What keeps a DOI from being registered. */
  obstacles: z.array(z.string()),
  /** The DOI that was chosen for the dataset, and how far its registration is. */
  registration: registrationSchema.nullable(),
});
export type DoiState = z.infer<typeof doiStateSchema>;

export const citationSchema = z.object({ text: z.string(), bibtex: z.string(), ris: z.string() });
export type Citation = z.infer<typeof citationSchema>;

const depositor = path.extend({
  /** Address of the depositor, to which Crossref writes. */
  email: z.email(),
});

export const cloudPublishContract = {
  /** What publication asks for, item by item; `validate` holds every document against its schema first, as a job. */
  state: oc.input(path.extend({ validate: z.boolean().default(false) })).output(publishStateSchema),
  /**
   * Asks NDI Cloud to publish (everybody), publishes or takes back (administrators).
   * @throws cloud.forbidden, usage.invalid while something is missing
   */
  act: oc.input(path.extend({ act: z.enum(['submit', 'publish', 'unpublish']) })).output(publishStateSchema),
  /** Puts the description of the dataset into its record in the cloud. */
  sendDescription: oc.input(path).output(publishStateSchema),
  /** Takes the placeholder that NDI-matlab writes out of the record. */
  removePlaceholder: oc.input(path).output(publishStateSchema),
  branch: oc.input(path.extend({ name: z.string().trim().min(1) })).output(z.object({ cloudDatasetId: z.string() })),
  branches: oc.input(path).output(z.array(z.object({ id: z.string(), name: z.string() }))),
  doi: oc.input(path).output(doiStateSchema),
  /** The deposit for Crossref, to be looked at; nothing is sent. */
  doiXml: oc.input(depositor).output(z.object({ doi: z.string(), xml: z.string() })),
  /** Hands the deposit to Crossref, to its test system unless told otherwise. */
  deposit: oc
    .input(depositor.extend({ system: z.enum(['test', 'production']).default('test') }))
    .output(doiStateSchema),
  /** Asks Crossref what became of the deposit; a DOI that lives is written into the record. */
  checkDeposit: oc.input(path).output(doiStateSchema),
  /** How a dataset is cited: one of this computer, or one in the cloud by its id. */
  cite: oc.input(z.union([path, z.object({ cloudDatasetId: z.string().min(1) })])).output(citationSchema),
};
