import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema } from './common.ts';

const path = z.object({ path: pathSchema });

export const publishStateSchema = z.object({
  cloudDatasetId: z.string(),
  name: z.string(),
  state: z.enum(['draft', 'submitted', 'publishing', 'published', 'unpublishing']),
  page: z.string(),
  doi: z.string(),
  checks: z.array(z.object({ code: z.string(), state: z.enum(['good', 'missing', 'advice']), message: z.string() })),
  /** Whether nothing that is needed is missing. */
  ready: z.boolean(),
  citation: z.object({ text: z.string(), bibtex: z.string(), ris: z.string() }),
});
export type PublishState = z.infer<typeof publishStateSchema>;

export const cloudPublishContract = {
  /** What publication asks for, item by item, and how the dataset is cited. */
  state: oc.input(path).output(publishStateSchema),
  /**
   * Asks NDI Cloud to publish (everybody), publishes or takes back (administrators).
   * @throws cloud.forbidden, usage.invalid while something is missing
   */
  act: oc.input(path.extend({ act: z.enum(['submit', 'publish', 'unpublish']) })).output(publishStateSchema),
  branch: oc.input(path.extend({ name: z.string().trim().min(1) })).output(z.object({ cloudDatasetId: z.string() })),
  /** The deposit of a new DOI for Crossref, to be looked at; nothing is sent. */
  depositXml: oc
    .input(path.extend({ email: z.string().min(3) }))
    .output(z.object({ doi: z.string(), xml: z.string() })),
};
